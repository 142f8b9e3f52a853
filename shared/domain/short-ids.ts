/** Docker's long ids: 64 hexadecimal digits, of images behind `sha256:`. */
const LONG_ID = /(?<![0-9a-f])([0-9a-f]{12})[0-9a-f]{52}(?![0-9a-f])/gi;

/** A text with each of Docker's long ids cut to the twelve digits that docker shows. */
export function shortIds(text: string): string {
  return text.replace(LONG_ID, '$1');
}
