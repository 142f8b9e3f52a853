import type { Page } from '@playwright/test';

export interface TabWalk {
  /** Controls in the main part that Tab never came to. */
  readonly missed: readonly string[];
  /** Controls that did not show that they had the focus. */
  readonly unmarked: readonly string[];
  /** Tab came round to where it began. */
  readonly round: boolean;
}

const MOST_STOPS = 400;

/** Goes through the page by Tab alone, once around. */
export async function walkByTab(page: Page): Promise<TabWalk> {
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    for (const element of document.querySelectorAll('[data-seen]')) element.removeAttribute('data-seen');
  });
  const unmarked: string[] = [];
  let round = false;
  for (let stop = 0; stop < MOST_STOPS && !round; stop++) {
    await page.keyboard.press('Tab');
    const told = await page.evaluate(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return { round: false };
      // A date has several stops of its own.
      if (at.getAttribute('data-seen') === 'last') return { round: false };
      if (at.hasAttribute('data-seen')) return { round: true };
      document.querySelector('[data-seen=last]')?.setAttribute('data-seen', '');
      at.setAttribute('data-seen', 'last');
      const shows = (element: Element, pseudo?: string): boolean => {
        const { outlineStyle, outlineWidth, boxShadow, borderBottomWidth, content } = getComputedStyle(element, pseudo);
        if (pseudo !== undefined && content === 'none') return false;
        return (
          (outlineStyle !== 'none' && outlineWidth !== '0px') ||
          boxShadow !== 'none' ||
          (pseudo !== undefined && borderBottomWidth !== '0px')
        );
      };
      // A field shows it by its frame, a card by the label around its radio button.
      const around = [at, at.parentElement, at.parentElement?.parentElement].filter(
        element => element instanceof Element,
      );
      const isMarked = around.some(
        element => shows(element) || shows(element, '::after') || shows(element, '::before'),
      );
      return isMarked ? { round: false } : { round: false, unmarked: at.outerHTML.slice(0, 160) };
    });
    if (told.unmarked !== undefined) unmarked.push(told.unmarked);
    round = told.round;
  }
  const missed = await page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'main :is(a[href], button, input, select, textarea, summary, [tabindex="0"])',
    );
    return [...controls]
      .filter(control => {
        if (control.hasAttribute('data-seen') || control.tabIndex < 0 || control.matches(':disabled')) return false;
        // Fluent's own focus traps are no controls, and of tabs the chosen one is the stop; arrows do the rest.
        if (control.matches('[data-tabster-dummy], [role=tab][aria-selected=false]')) return false;
        // A group of radio buttons is one stop; its arrows do the rest.
        if (control instanceof HTMLInputElement && control.type === 'radio') {
          const group = document.querySelectorAll(`input[type=radio][name="${CSS.escape(control.name)}"]`);
          if ([...group].some(other => other.hasAttribute('data-seen'))) return false;
        }
        return control.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
      })
      .map(control => control.outerHTML.slice(0, 160));
  });
  return { missed, unmarked, round };
}
