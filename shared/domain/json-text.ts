/** Where a JSON text goes wrong: line and column count from 1. */
export interface JsonMistake {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly found: string;
}

export type JsonReading = { readonly value: unknown } | { readonly mistake: JsonMistake };

/** Deeper texts are refused, so that no input can exhaust the stack. */
const DEEPEST = 200;

class Stop {
  readonly at: number;
  readonly expected: string;
  readonly found: string | undefined;
  constructor(at: number, expected: string, found?: string) {
    this.at = at;
    this.expected = expected;
    this.found = found;
  }
}

/**
 * Reads a JSON text (RFC 8259) and, unlike JSON.parse, says where it went wrong, what was expected there and what
 * was found; a key given twice in one object is a mistake too. A byte order mark is allowed: PowerShell writes one.
 */
export function readJsonText(text: string): JsonReading {
  const reader = new JsonReader(text);
  try {
    return { value: reader.document() };
  } catch (stopped) {
    if (!(stopped instanceof Stop)) throw stopped;
    const before = text.slice(0, stopped.at);
    const lineStart = before.lastIndexOf('\n') + 1;
    return {
      mistake: {
        line: before.split('\n').length,
        column: stopped.at - lineStart + 1,
        expected: stopped.expected,
        found: stopped.found ?? foundAt(text, stopped.at),
      },
    };
  }
}

function foundAt(text: string, at: number): string {
  const word = /^[\w.+-]{1,20}/.exec(text.slice(at, at + 20))?.[0];
  if (word !== undefined) return word;
  const code = text.codePointAt(at);
  if (code === undefined) return 'the end of the text';
  if (code === 0x0a || code === 0x0d) return 'the end of the line';
  return code < 0x20 ? `the control character U+${code.toString(16).padStart(4, '0')}` : String.fromCodePoint(code);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const WORDS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    if (this.#text.startsWith('\uFEFF')) this.#at = 1;
    const value = this.#value(0);
    if (this.#at < this.#text.length) throw new Stop(this.#at, 'the end of the text');
    return value;
  }

  /** Spaces, a value, spaces. */
  #value(depth: number): unknown {
    this.#spaces();
    if (depth > DEEPEST) throw new Stop(this.#at, `at most ${DEEPEST} levels`, 'a deeper one');
    const value = this.#bareValue(depth);
    this.#spaces();
    return value;
  }

  #bareValue(depth: number): unknown {
    const first = this.#text[this.#at];
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    return first === '"' ? this.#string() : this.#numberOrWord();
  }

  #object(depth: number): unknown {
    const entries = new Map<string, unknown>();
    this.#at++;
    this.#spaces();
    if (this.#take('}')) return {};
    for (;;) {
      this.#spaces();
      const keyAt = this.#at;
      if (this.#text[keyAt] !== '"') throw new Stop(keyAt, 'a key in double quotes');
      const key = this.#string();
      if (entries.has(key)) throw new Stop(keyAt, 'each key once', `${JSON.stringify(key)} again`);
      this.#spaces();
      if (!this.#take(':')) throw new Stop(this.#at, `":" after the key ${JSON.stringify(key)}`);
      entries.set(key, this.#value(depth + 1));
      // fromEntries defines, where an assignment to __proto__ would not.
      if (this.#take('}')) return Object.fromEntries(entries);
      if (!this.#take(',')) throw new Stop(this.#at, '"," or "}"');
    }
  }

  #array(depth: number): unknown {
    const items: unknown[] = [];
    this.#at++;
    this.#spaces();
    if (this.#take(']')) return items;
    for (;;) {
      items.push(this.#value(depth + 1));
      if (this.#take(']')) return items;
      if (!this.#take(',')) throw new Stop(this.#at, '"," or "]"');
    }
  }

  #string(): string {
    let value = '';
    this.#at++;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || char < ' ') throw new Stop(this.#at, 'a closing double quote');
      if (char === '"') {
        this.#at++;
        return value;
      }
      value += char === '\\' ? this.#escape() : char;
      this.#at++;
    }
  }

  /** Leaves the position on the last character of the escape. */
  #escape(): string {
    const letter = this.#text[++this.#at] ?? '';
    if (letter === 'u') {
      const digits = this.#text.slice(this.#at + 1, this.#at + 5);
      if (!/^[\da-f]{4}$/i.test(digits)) throw new Stop(this.#at + 1, 'four hexadecimal digits');
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const meant = ESCAPES[letter];
    if (meant === undefined) throw new Stop(this.#at, 'an escape; one backslash is written as two', `\\${letter}`);
    return meant;
  }

  #numberOrWord(): unknown {
    const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    number.lastIndex = this.#at;
    const digits = number.exec(this.#text)?.[0];
    if (digits !== undefined) {
      this.#at += digits.length;
      return Number(digits);
    }
    for (const [word, value] of WORDS) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    throw new Stop(this.#at, 'a value');
  }

  #spaces(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? '.')) this.#at++;
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }
}
