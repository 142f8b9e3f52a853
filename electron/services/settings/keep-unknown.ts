type Json = Readonly<Record<string, unknown>>;

/**
 * What is to be saved, with all that a person or a newer version wrote and this version does not know. Unknown is what
 * stands in the file (`raw`) and is gone from what was read of it (`read`): what was known and was taken out stays out.
 * In lists, entries are followed by their `id` or `name`.
 */
export function keepUnknown(raw: unknown, read: unknown, next: unknown): unknown {
  if (Array.isArray(raw) && Array.isArray(read) && Array.isArray(next)) {
    const before = new Map(
      raw.flatMap((entry: unknown, at): [string, readonly [unknown, unknown]][] => {
        const mark = markOf(entry);
        return mark === undefined ? [] : [[mark, [entry, read[at]]]];
      }),
    );
    return next.map((entry: unknown) => {
      const mark = markOf(entry);
      const found = mark === undefined ? undefined : before.get(mark);
      return found === undefined ? entry : keepUnknown(...found, entry);
    });
  }
  if (!isRecord(raw) || !isRecord(read) || !isRecord(next)) return next;
  const known = Object.entries(next).map(([key, value]): [string, unknown] => [
    key,
    Object.hasOwn(raw, key) && Object.hasOwn(read, key) ? keepUnknown(raw[key], read[key], value) : value,
  ]);
  const unknown = Object.entries(raw).filter(([key]) => !Object.hasOwn(read, key) && !Object.hasOwn(next, key));
  return Object.fromEntries([...known, ...unknown]);
}

function markOf(entry: unknown): string | undefined {
  if (!isRecord(entry)) return undefined;
  const mark = entry['id'] ?? entry['name'];
  return typeof mark === 'string' ? mark : undefined;
}

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
