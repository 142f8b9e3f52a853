import type { Look } from './inspection.ts';
import { hideSecrets } from './secrets.ts';
import { VisibilityRow } from './visibility-row.ts';

/** Takes out of a report what says who and where, and keeps what explains: devices, prefixes, versions, programs. */
export interface Redactor {
  readonly text: (text: string) => string;
  /** Any JSON value, every text in it redacted; labels and environments go altogether. */
  readonly json: (value: unknown) => unknown;
}

const DROPPED = new Set(['labels', 'environment']);

/** What always goes: Windows profiles, accounts at hosts, IPv4 addresses. Secrets go before them, by the rule of all. */
const ALWAYS: readonly (readonly [RegExp, string])[] = [
  // Account names may hold blanks, but none of these.
  [/(\\Users\\)[^\\"'/[\]:;|=,+*?<>\r\n]+/gi, '$1<user>'],
  [/\b(ssh:\/\/)\S+/gi, '$1<host>'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)*/g, '<account>'],
  [/(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/g, '<address>'],
];

/** `names` are the host's and the user's own: every occurrence goes, in any case. */
export function redactor(names: readonly string[]): Redactor {
  const own = names
    .filter(name => name.length > 1)
    .map(
      name =>
        [new RegExp(`(?<![\\w-])${name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}(?![\\w-])`, 'gi'), '<machine>'] as const,
    );
  const text = (raw: string): string =>
    [...ALWAYS, ...own].reduce((kept, [pattern, put]) => kept.replace(pattern, put), hideSecrets(raw, '<secret>'));
  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (typeof value !== 'object' || value === null) return value;
    // A row of the matrix stays as short as it is.
    if (value instanceof VisibilityRow) {
      const exceptions = Array.from(value.exceptions, ([id, look]) => [id, json(look) as Look] as const);
      return new VisibilityRow(
        value.viewers,
        value.looks.map(look => json(look) as Look),
        new Map(exceptions),
      );
    }
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !DROPPED.has(key))
        .map(([key, inner]) => [key, json(inner)]),
    );
  };
  return { text, json };
}
