import { isJsonRecord } from '../../../shared/domain/json-path.ts';
import { type JsonPath, keyOf } from './read-tolerantly.ts';

/**
 * What is to be saved (`next`), with all that a person or a newer version wrote and this version does not know. Unknown is
 * what stands in the file (`raw`) and is gone from what was read of it (`read`): what was known and was taken out stays
 * out. What did not change is as it stood. `left`: entries of lists that were not read, by `keyOf` their place.
 * `renamed`: what an entry of a new mark was called before.
 */
export function keepUnknown(
  raw: unknown,
  read: unknown,
  next: unknown,
  left: ReadonlySet<string> = new Set(),
  renamed: ReadonlyMap<string, string> = new Map(),
  path: JsonPath = [],
): unknown {
  if (isSame(read, next)) return raw;
  if (Array.isArray(raw) && Array.isArray(read) && Array.isArray(next)) {
    return keepInList({ raw, read, next, left, renamed, path });
  }
  if (!isJsonRecord(raw) || !isJsonRecord(read) || !isJsonRecord(next)) return next;
  const known = Object.entries(next).map(([key, value]): [string, unknown] => [
    key,
    Object.hasOwn(raw, key) && Object.hasOwn(read, key)
      ? keepUnknown(raw[key], read[key], value, left, renamed, [...path, key])
      : value,
  ]);
  const unknown = Object.entries(raw).filter(([key]) => !Object.hasOwn(read, key) && !Object.hasOwn(next, key));
  return Object.fromEntries([...known, ...unknown]);
}

interface Lists {
  readonly raw: readonly unknown[];
  readonly read: readonly unknown[];
  readonly next: readonly unknown[];
  readonly left: ReadonlySet<string>;
  readonly renamed: ReadonlyMap<string, string>;
  readonly path: JsonPath;
}

interface Entry {
  readonly raw: unknown;
  readonly read: unknown;
  /** Its index in the file. */
  readonly at: number;
}

/**
 * Entries are followed by their `id` or `name`, else by what they say, else by their place while their number is the same.
 * One that was not read stays where it stood, unless another of its name is saved.
 */
function keepInList({ raw, read, next, left, renamed, path }: Lists): unknown[] {
  const isLeft = (at: number): boolean => left.has(keyOf([...path, at]));
  const before = raw
    .map((entry, at) => ({ raw: entry, at }))
    .filter(({ at }) => !isLeft(at))
    .map((entry, index): Entry => ({ ...entry, read: read[index] }));
  const found = pairUp(before, next, read.length, renamed);
  const kept = next.map((entry, index) => {
    const old = found.get(index);
    return old === undefined ? entry : keepUnknown(old.raw, old.read, entry, left, renamed, [...path, old.at]);
  });
  const marks = new Set(next.map(markOf));
  for (const [at, entry] of raw.entries()) {
    const mark = markOf(entry);
    if (isLeft(at) && (mark === undefined || !marks.has(mark))) kept.splice(Math.min(at, kept.length), 0, entry);
  }
  return kept;
}

/** By index of `next`: the entry that it was. None is taken twice. */
function pairUp(
  before: readonly Entry[],
  next: readonly unknown[],
  count: number,
  renamed: ReadonlyMap<string, string>,
): ReadonlyMap<number, Entry> {
  const free = new Set(before);
  const found = new Map<number, Entry>();
  const take = (fits: (old: Entry, entry: unknown, index: number) => boolean): void => {
    for (const [index, entry] of next.entries()) {
      if (found.has(index)) continue;
      const old = [...free].find(one => fits(one, entry, index));
      if (old === undefined) continue;
      found.set(index, old);
      free.delete(old);
    }
  };
  // One that takes the name of another is still the one that it was.
  take((old, entry) => {
    const before = renamed.get(markOf(entry) ?? '');
    return before !== undefined && markOf(old.raw) === before;
  });
  take((old, entry) => isSame(old.read, entry));
  take((old, entry) => markOf(entry) !== undefined && markOf(old.raw) === markOf(entry));
  if (next.length === count) {
    take((old, entry, index) => old === before[index] && markOf(entry) === undefined && markOf(old.raw) === undefined);
  }
  return found;
}

function markOf(entry: unknown): string | undefined {
  if (!isJsonRecord(entry)) return undefined;
  const mark = entry['id'] ?? entry['name'];
  return typeof mark === 'string' ? mark : undefined;
}

/** Whether two JSON values say the same, whatever the order of their keys. */
function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((entry, at) => isSame(entry, other[at]));
  }
  if (!isJsonRecord(one) || !isJsonRecord(other)) return Object.is(one, other);
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(key => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  );
}
