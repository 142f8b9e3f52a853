/** A form in which a program may print a value. */
export interface ValueForm {
  /** Of a regular expression. */
  readonly source: string;
  /** How it can begin: some characters of it, one of which always stands there. */
  readonly starts: readonly string[];
  readonly isPiece: boolean;
  /** UTF-16 units of the longest text that it fits, at most. */
  readonly most: number;
}

/**
 * The forms of a value: as it is, with any of its signs escaped as URLs, JSON, Go, HTML and shells do, mixed as they
 * come; in UTF-16 read as bytes; in hexadecimal; and in base64 (both alphabets, of UTF-8 and UTF-16) by itself or behind
 * anything, such as a user's name.
 */
export function valueForms(value: string): readonly ValueForm[] {
  const bytes = [Buffer.from(value, 'utf8'), Buffer.from(value, 'utf16le')];
  const base64 = bytes.flatMap(base64Forms);
  const hex = bytes[0]?.toString('hex') ?? '';
  return [
    escapedForm(value),
    ...[...new Set([...base64, ...base64.map(urlSafe)])].map(text => literal(text, true)),
    literal(hex, false),
    literal(hex.toUpperCase(), false),
    literal(Array.from({ length: value.length }, (_, at) => value[at]).join('\0'), false),
  ];
}

const literal = (text: string, isPiece: boolean): ValueForm => ({
  source: quoted(text),
  starts: [text.slice(0, START)],
  isPiece,
  most: text.length,
});
const START = 4;

const quoted = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');

/** What base64 makes of the bytes whatever stands before and behind them, for each of the three ways they may lie. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].map(before => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&(?:quot|#34);',
  "'": '&(?:apos|#39);',
};
/** The longest of one sign's forms: four bytes as `%F0%9F%98%80`, or a pair as two `\u`. */
const LONGEST_SIGN = 12;

function escapedForm(value: string): ValueForm {
  // A run of backslashes is one thing: read one by one they could be told in too many ways.
  const signs = value.match(/\\+|./gsu) ?? [];
  const source = signs.map(signSource).join('');
  const run = /^[A-Za-z0-9]{1,4}/.exec(value)?.[0];
  const [first = ''] = signs;
  const starts = run === undefined ? [first[0] ?? '', '\\', '%', '&', '+'] : [run];
  return { source, starts: [...new Set(starts)], isPiece: false, most: value.length * LONGEST_SIGN };
}

function signSource(sign: string): string {
  if (/^[A-Za-z0-9]$/.test(sign)) return sign;
  const bytes = [...Buffer.from(sign, 'utf8')].map(byte => byte.toString(16).padStart(2, '0'));
  const percent = bytes.map(byte => `%${eitherCase(byte)}`).join('');
  const units = Array.from({ length: sign.length }, (_, at) => sign.charCodeAt(at).toString(16).padStart(4, '0'));
  const json = units.map(unit => `\\\\{1,2}u${eitherCase(unit)}`).join('');
  // A backslash may have been doubled, more than once.
  const plain = sign.startsWith('\\') ? `\\\\{${sign.length},${8 * sign.length}}` : `\\\\{0,4}${quoted(sign)}`;
  const others = [ENTITIES[sign], sign === ' ' ? '\\+' : undefined, sign === '\t' ? '\\\\{1,2}t' : undefined];
  return `(?:${[plain, percent, json, ...others].filter(form => form !== undefined).join('|')})`;
}

const eitherCase = (hex: string): string => hex.replace(/[a-f]/g, letter => `[${letter}${letter.toUpperCase()}]`);
