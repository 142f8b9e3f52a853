const SIZES = { clientWidth: 1_000, clientHeight: 600, offsetWidth: 1_000, offsetHeight: 600 } as const;
const ROW_HEIGHT = 46;

/**
 * Gives every element a size, and table rows their height: a document without a layout has none, and what draws only
 * what is in sight would draw nothing. Answers the undo.
 */
export function giveSize(): () => void {
  const before = Object.keys(SIZES).map(
    name => [name, Object.getOwnPropertyDescriptor(HTMLElement.prototype, name)] as const,
  );
  for (const [name, size] of Object.entries(SIZES)) {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get(this: HTMLElement) {
        return name === 'offsetHeight' && this.tagName === 'TR' ? ROW_HEIGHT : size;
      },
    });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(HTMLElement.prototype, name);
      else Object.defineProperty(HTMLElement.prototype, name, descriptor);
    }
  };
}
