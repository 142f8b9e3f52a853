import { isSecretName } from './secrets.ts';

/** What is shorter stands in many a text by chance: masked, it would spoil what is said, and tell itself by doing so. */
export const SHORTEST_MASKED = 8;

/** So many parts of one value are looked for; a configuration file may have thousands of lines. */
const MOST_PARTS = 400;

/** Head and foot of a key are no secret, and stand in many a message. */
const ARMOUR = /^-----(?:BEGIN|END) [A-Z0-9 ]+-----$/;
const NAMED_LINE = /^["']?([A-Za-z][\w.-]*)["']?\s*[:=]\s*(.+?),?$/;
const NAMED_IN_JSON = /"([A-Za-z][\w.-]*)"\s*:\s*("(?:[^"\\]|\\.)*")/g;
const IN_URL = /[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:([^\s@]+)@/gi;

/**
 * What of a secret's value is looked for in texts: itself, or, where it has several lines (a key, a configuration file),
 * each line, and each value in it that has a secret's name. The latter come first, then the longest.
 */
export function secretParts(value: string, shortest = SHORTEST_MASKED): readonly string[] {
  const lines = value
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .filter(line => !ARMOUR.test(line));
  const named = lines.flatMap(line => [...namedIn(line)]);
  const whole = lines.toSorted((one, other) => other.length - one.length);
  return [...new Set([...named, ...whole])].filter(part => part.length >= shortest).slice(0, MOST_PARTS);
}

/** Whether nothing of a value is long enough to be looked for. */
export const isTooShort = (value: string): boolean => secretParts(value).length === 0;

function* namedIn(line: string): Generator<string> {
  const [, name = '', told = ''] = NAMED_LINE.exec(line) ?? [];
  if (name !== '' && isSecretName(name)) yield told.replace(/^(["'])(.*)\1$/, '$2');
  for (const [, key = '', text = ''] of line.matchAll(NAMED_IN_JSON)) if (isSecretName(key)) yield unquoted(text);
  for (const [, password = ''] of line.matchAll(IN_URL)) {
    yield password;
    yield decoded(password);
  }
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
