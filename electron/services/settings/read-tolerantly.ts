import type { z } from 'zod';
import { isJsonRecord } from '../../../shared/domain/json-path.ts';
import { type SchemaIssue, schemaIssues, unknownKey } from '../../../shared/domain/schema-issue.ts';

export type JsonPath = readonly PropertyKey[];

/** A part of a file that this version does not take up. */
export interface NotTaken {
  /**
   * `key`: unknown here; what holds it is read without it. `entry`: a whole profile, workspace or setting, since a part of
   * it says something that this version cannot follow.
   */
  readonly what: 'key' | 'entry';
  /** Of the key, or of the entry. */
  readonly path: JsonPath;
  /** What was expected, where: of an entry, at some place in it. */
  readonly issue: SchemaIssue;
}

export type TolerantReading<T> =
  | { readonly value: T; readonly notTaken: readonly NotTaken[] }
  /** Nothing can be made of the whole. */
  | { readonly issue: SchemaIssue };

/**
 * Reads what a schema knows of a JSON value. Unknown keys are left out; so is an entry of a list, or a setting, in which
 * anything else is wrong: half of it might do what nobody asked for. Total, for any JSON value.
 */
export function readTolerantly<S extends z.ZodType>(schema: S, raw: unknown): TolerantReading<z.output<S>> {
  const left = new Map<string, NotTaken>();
  for (;;) {
    const known = without(raw, left, []);
    const parsed = schema.safeParse(known);
    if (parsed.success) {
      for (const path of droppedKeys(known, parsed.data, [])) {
        const at = placeInWhole(raw, left, path);
        left.set(keyOf(at), { what: 'key', path: at, issue: unknownKey(at, raw, schema) });
      }
      return { value: parsed.data, notTaken: [...left.values()] };
    }
    const found = parsed.error.issues.flatMap(one => {
      const isKey = one.code === 'unrecognized_keys';
      return schemaIssues(one, known, schema).map((issue): NotTaken => {
        const at = placeInWhole(raw, left, issue.path);
        const path = isKey ? at : entryOf(at);
        return { what: isKey ? 'key' : 'entry', path, issue: { ...issue, path: at } };
      });
    });
    const hopeless = found.find(({ path }) => path.length === 0 || left.has(keyOf(path)));
    if (hopeless !== undefined) return { issue: hopeless.issue };
    for (const one of found) if (!left.has(keyOf(one.path))) left.set(keyOf(one.path), one);
  }
}

/** Tells places apart. */
export const keyOf = (path: JsonPath): string => JSON.stringify(path);

/** What stands or falls as a whole: an entry of the first list on the way, else what stands under the first key. */
function entryOf(path: JsonPath): JsonPath {
  const index = path.findIndex(key => typeof key === 'number');
  return path.slice(0, index < 0 ? 1 : index + 1);
}

function without(raw: unknown, left: ReadonlyMap<string, NotTaken>, path: JsonPath): unknown {
  if (Array.isArray(raw)) {
    return raw.flatMap((entry: unknown, at) =>
      left.has(keyOf([...path, at])) ? [] : [without(entry, left, [...path, at])],
    );
  }
  if (!isJsonRecord(raw)) return raw;
  return Object.fromEntries(
    Object.entries(raw).flatMap(([key, value]): [string, unknown][] =>
      left.has(keyOf([...path, key])) ? [] : [[key, without(value, left, [...path, key])]],
    ),
  );
}

/** Where something of the part that is read stands in the whole: entries that were left out count there. */
function placeInWhole(raw: unknown, left: ReadonlyMap<string, NotTaken>, path: JsonPath): JsonPath {
  let value = raw;
  const place: PropertyKey[] = [];
  for (const key of path) {
    if (Array.isArray(value) && typeof key === 'number') {
      const kept = value.map((_, at) => at).filter(at => !left.has(keyOf([...place, at])));
      const at = kept[key] ?? key;
      value = value[at];
      place.push(at);
    } else {
      value = isJsonRecord(value) && Object.hasOwn(value, key) ? value[String(key)] : undefined;
      place.push(key);
    }
  }
  return place;
}

/** Keys that were there and are gone from what was read, where the schema drops what it does not know. */
function droppedKeys(known: unknown, read: unknown, path: JsonPath): JsonPath[] {
  if (Array.isArray(known) && Array.isArray(read)) {
    return known.flatMap((entry: unknown, at) => droppedKeys(entry, read[at], [...path, at]));
  }
  if (!isJsonRecord(known) || !isJsonRecord(read)) return [];
  return Object.entries(known).flatMap(([key, value]) =>
    Object.hasOwn(read, key) ? droppedKeys(value, read[key], [...path, key]) : [[...path, key]],
  );
}
