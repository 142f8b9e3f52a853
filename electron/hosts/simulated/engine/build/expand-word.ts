import { badRequest } from '../api-error.ts';

/** What a variable stands for, by name; undefined when there is none. */
export type Variables = (name: string) => string | undefined;

/**
 * Expands variables and takes quotes and escapes off, as the classic builder does with the words of most instructions.
 * `$name`, `${name}`, `${name:-word}`, `${name:+word}`. Ground: buildkit frontend/dockerfile/shell/lex.go.
 */
export function expandWord(text: string, variables: Variables, mark: string): string {
  return new Expander(text, variables, mark).all();
}

/** The same, cut at blanks outside quotes: EXPOSE alone may make several words of one. */
export function expandWords(text: string, variables: Variables, mark: string): string[] {
  return expandWord(text, variables, mark)
    .split(/[ \t]+/)
    .filter(word => word !== '');
}

class Expander {
  readonly #text: string;
  readonly #variables: Variables;
  readonly #mark: string;
  #at = 0;

  constructor(text: string, variables: Variables, mark: string) {
    this.#text = text;
    this.#variables = variables;
    this.#mark = mark;
  }

  all(): string {
    return this.#until('');
  }

  #next(): string {
    const char = this.#text.charAt(this.#at);
    this.#at += 1;
    return char;
  }

  /** Up to `stop`, which is taken; to the end of the text without one. */
  #until(stop: string): string {
    let said = '';
    while (this.#at < this.#text.length) {
      const char = this.#next();
      if (char === stop && stop !== '') return said;
      if (char === "'") said += this.#singleQuoted();
      else if (char === '"') said += this.#doubleQuoted();
      else if (char === '$') said += this.#variable();
      // At the end of the text an escape is nothing.
      else if (char === this.#mark) said += this.#next();
      else said += char;
    }
    if (stop !== '') throw badRequest('unexpected end of statement while looking for matching }');
    return said;
  }

  #singleQuoted(): string {
    const end = this.#text.indexOf("'", this.#at);
    if (end === -1) throw badRequest('unexpected end of statement while looking for matching single-quote');
    const inside = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return inside;
  }

  #doubleQuoted(): string {
    let said = '';
    while (this.#at < this.#text.length) {
      const char = this.#next();
      if (char === '"') return said;
      if (char === '$') said += this.#variable();
      else if (char === this.#mark) {
        const escaped = this.#next();
        said += escaped === '"' || escaped === '$' || escaped === this.#mark ? escaped : char + escaped;
      } else said += char;
    }
    throw badRequest('unexpected end of statement while looking for matching double-quote');
  }

  #variable(): string {
    if (this.#text.charAt(this.#at) !== '{') {
      const [name = ''] = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(this.#text.slice(this.#at)) ?? [];
      this.#at += name.length;
      return name === '' ? '$' : (this.#variables(name) ?? '');
    }
    this.#at += 1;
    const [name = ''] = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += name.length;
    const value = this.#variables(name);
    const after = this.#next();
    if (name === '' || after === '') throw badRequest('syntax error: bad substitution');
    if (after === '}') return value ?? '';
    const sign = after === ':' ? this.#next() : after;
    const isSet = after === ':' ? value !== undefined && value !== '' : value !== undefined;
    const word = this.#until('}');
    if (sign === '-') return isSet ? (value ?? '') : word;
    if (sign === '+') return isSet ? word : '';
    if (sign === '?' && isSet) return value ?? '';
    if (sign === '?') throw badRequest(`${name}: ${word === '' ? 'is not allowed to be unset' : word}`);
    throw badRequest(`unsupported modifier (${after === ':' ? ':' : ''}${sign}) in substitution`);
  }
}
