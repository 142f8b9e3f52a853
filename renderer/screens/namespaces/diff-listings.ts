import type { Listing } from '../../stores/namespaces-store.ts';

export type ObjectEntry = Listing['entries'][number];

/** How an object stands to the one of its name in the other pane. */
export type DiffMark = 'same' | 'only-here' | 'other-type' | 'other-target';

export interface MarkedEntry extends ObjectEntry {
  /** Absent while the other pane has no answer. */
  readonly mark?: DiffMark;
}

/** Sorts a listing by name and marks each object against the other pane; names compare without case, as objects do. */
export function markEntries(
  entries: readonly ObjectEntry[],
  others: readonly ObjectEntry[] | undefined,
): MarkedEntry[] {
  const sorted = [...entries].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  if (others === undefined) return sorted;
  const byName = new Map(others.map(entry => [entry.name.toLowerCase(), entry]));
  return sorted.map(entry => ({ ...entry, mark: markOf(entry, byName.get(entry.name.toLowerCase())) }));
}

function markOf(entry: ObjectEntry, other: ObjectEntry | undefined): DiffMark {
  if (other === undefined) return 'only-here';
  if (other.type !== entry.type) return 'other-type';
  return other.target?.toLowerCase() === entry.target?.toLowerCase() ? 'same' : 'other-target';
}

/** The directory above: `\Device\Http` gives `\Device`, and `\` itself. */
export function parentPath(path: string): string {
  const cut = path.replace(/\\+$/, '').lastIndexOf('\\');
  return cut <= 0 ? '\\' : path.slice(0, cut);
}

/** The path of an object in a directory. */
export function childPath(path: string, name: string): string {
  return path.endsWith('\\') ? `${path}${name}` : `${path}\\${name}`;
}
