import type { Redirection } from './syntax.ts';

/** What separates words: cmd's delimiters. */
export const isDelimiter = (char: string | undefined): boolean =>
  char !== undefined && char !== '' && ' \t,;=\v\f\u00a0'.includes(char);

/**
 * Reads one line from left to right, minding quotes and carets. A caret outside quotes is taken out and protects the
 * next character; quotes stay in the text. An unterminated quote runs to the end of the line.
 */
export class Cursor {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  get ended(): boolean {
    return this.#at >= this.#line.length;
  }

  get char(): string {
    return this.#line[this.#at] ?? '';
  }

  /** What is left, unread. */
  get rest(): string {
    return this.#line.slice(this.#at);
  }

  skip(count = 1): void {
    this.#at += count;
  }

  skipDelimiters(): void {
    while (isDelimiter(this.char)) this.#at++;
  }

  /** Takes `text` (any case) if it stands here. */
  take(text: string): boolean {
    if (this.#line.slice(this.#at, this.#at + text.length).toLowerCase() !== text) return false;
    this.#at += text.length;
    return true;
  }

  /** Takes a whole word if it stands here, with the delimiters after it. */
  takeWord(word: string): boolean {
    const after = this.#line[this.#at + word.length];
    const same = this.#line.slice(this.#at, this.#at + word.length).toLowerCase() === word;
    if (!same || (after !== undefined && !isDelimiter(after) && !'(/"'.includes(after))) return false;
    this.#at += word.length;
    this.skipDelimiters();
    return true;
  }

  /** Reads until `ends` says so outside quotes. */
  readUntil(ends: (char: string) => boolean): string {
    let text = '';
    let inQuotes = false;
    for (; this.#at < this.#line.length; this.#at++) {
      const char = this.char;
      if (inQuotes) {
        inQuotes = char !== '"';
        text += char;
      } else if (char === '^') {
        this.#at++;
        text += this.char;
      } else if (ends(char)) break;
      else {
        inQuotes = char === '"';
        text += char;
      }
    }
    return text;
  }

  /** `>f`, `2>>f`, `<f`, `2>&1`, if one stands here. A digit counts only where a word may start. */
  takeRedirection(digitAllowed: boolean): Redirection | undefined {
    const match = /^([0-9]?)(>>|>|<)(?:&([0-9]))?/.exec(this.rest);
    if (match === null) return undefined;
    const [whole, digit = '', arrow, of] = match;
    if (digit !== '' && !digitAllowed) return undefined;
    this.#at += whole.length;
    const handle = digit === '' ? (arrow === '<' ? 0 : 1) : Number(digit);
    if (of !== undefined) return { kind: 'duplicate', handle, of: Number(of) };
    this.skipDelimiters();
    const target = this.readUntil(char => isDelimiter(char) || '&|<>()\n'.includes(char)).replaceAll('"', '');
    return { kind: 'file', handle, how: arrow === '<' ? 'read' : arrow === '>>' ? 'append' : 'replace', target };
  }
}
