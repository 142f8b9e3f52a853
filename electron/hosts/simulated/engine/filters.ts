import { badRequest } from './api-error.ts';

/** The `filters` of a list, prune or events call: values by key. An absent key matches all. */
export class Filters {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]> = new Map()) {
    this.#values = values;
  }

  values(key: string): readonly string[] {
    return this.#values.get(key) ?? [];
  }

  has(key: string): boolean {
    return this.values(key).length > 0;
  }

  /** Absent, or one of the values is it. */
  exact(key: string, value: string): boolean {
    return !this.has(key) || this.values(key).includes(value);
  }

  /** Absent, or one of the values is a prefix of it. */
  prefix(key: string, ...candidates: readonly string[]): boolean {
    return !this.has(key) || this.values(key).some(value => candidates.some(candidate => candidate.startsWith(value)));
  }

  /** Absent, or any value satisfies the test. */
  some(key: string, test: (value: string) => boolean): boolean {
    return !this.has(key) || this.values(key).some(test);
  }

  /** Every `key` or `key=value` holds. */
  labels(key: string, labels: Readonly<Record<string, string>>): boolean {
    return this.values(key).every(wanted => {
      const [name = '', ...rest] = wanted.split('=');
      return Object.hasOwn(labels, name) && (!wanted.includes('=') || labels[name] === rest.join('='));
    });
  }

  /** A yes-or-no filter such as `dangling`. */
  flag(key: string): boolean | undefined {
    const [value] = this.values(key);
    if (value === undefined) return undefined;
    if (['true', '1'].includes(value.toLowerCase())) return true;
    if (['false', '0'].includes(value.toLowerCase())) return false;
    throw badRequest(`invalid filter '${key}=${value}'`);
  }

  /** The entries, for those who send them on. */
  entries(): readonly (readonly [string, readonly string[]])[] {
    return [...this.#values];
  }
}

function valuesOf(entry: unknown): readonly string[] {
  if (Array.isArray(entry) && entry.every(value => typeof value === 'string')) return entry;
  if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) {
    if (Object.values(entry).every(flag => typeof flag === 'boolean')) return Object.keys(entry);
  }
  throw badRequest('invalid filter');
}

/** Reads both shapes, `{"type":{"container":true}}` and `{"type":["container"]}`; keys outside `accepted` are refused. */
export function parseFilters(text: string | undefined, accepted: readonly string[]): Filters {
  if (text === undefined || text === '') return new Filters();
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw badRequest('invalid filter');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw badRequest('invalid filter');
  const values = new Map<string, readonly string[]>();
  for (const [key, entry] of Object.entries(parsed)) values.set(key, valuesOf(entry));
  for (const key of values.keys()) {
    if (!accepted.includes(key)) throw badRequest(`invalid filter '${key}'`);
  }
  return new Filters(values);
}
