import type { Page } from '@playwright/test';

/** What is wrong with what the page shows now, one line for each; empty when nothing is. */
export function faultsOnShow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const said = (text: string): string =>
      text.slice(0, 120).replace(/[^\x20-\x7e]/gu, character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
    const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
    // Lines and their indents are the page's own.
    const isUnsafe = (text: string): boolean => unsafe.test(text.replace(/[\n\t]/g, ''));

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      // A console is a screen of its own: what a program paints there is for its interpreter.
      if (node.parentElement?.closest('.xterm') === null && isUnsafe(node.nodeValue ?? '')) {
        faults.push(`raw character in text: ${said(node.nodeValue ?? '')}`);
      }
    }
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['title', 'aria-label', 'aria-description', 'placeholder', 'alt', 'download', 'href']) {
        const value = element.getAttribute(name);
        if (value !== null && isUnsafe(value)) faults.push(`raw character in ${name}: ${said(value)}`);
      }
    }
    if (isUnsafe(document.title)) faults.push(`raw character in the page's title: ${said(document.title)}`);
    for (const element of document.querySelectorAll('img[src="x"], script:not([src]), iframe')) {
      faults.push(`an element that the page did not make: ${said(element.outerHTML)}`);
    }

    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`the page scrolls sideways: ${scrollWidth} > ${clientWidth}`);
    // Where text may end early, and where a picture or a table scrolls by itself, nothing gives way.
    const holds = (element: Element): boolean => {
      const { overflowX, textOverflow, webkitLineClamp } = getComputedStyle(element);
      if (overflowX === 'visible' || element.getBoundingClientRect().right > window.innerWidth + 1) return false;
      const isCut = textOverflow === 'ellipsis' || webkitLineClamp !== 'none';
      return isCut || element.matches('.react-flow, pre, :has(> table, > [role=grid])');
    };
    for (const element of document.querySelectorAll('nav *, main *, dialog *, section[aria-label="Host"] *')) {
      const { width, height, right } = element.getBoundingClientRect();
      if (width < 2 || height < 2 || right <= window.innerWidth + 1) continue;
      let outer: Element | null = element;
      while (outer !== null && !holds(outer)) outer = outer.parentElement;
      if (outer !== null) continue;
      faults.push(`reaches out of the page: ${said(element.outerHTML)}`);
      break;
    }
    return faults;
  });
}
