import type { Listing } from '../../stores/namespaces-store.ts';

export type ObjectEntry = Listing['entries'][number];

/**
 * How an object stands to the one of its name in the other pane. `linked`: one of the two is a symbolic link that names
 * the other's very path, as a silo's `\\Device\\Mup` does.
 */
export type DiffMark = 'same' | 'linked' | 'only-here' | 'other-type' | 'other-target';

export interface MarkedEntry extends ObjectEntry {
  /** Absent while the other pane has no answer. */
  readonly mark?: DiffMark;
}

/** A directory and what is in it. */
export interface Directory {
  readonly path: string;
  readonly entries: readonly ObjectEntry[];
}

/** Sorts a listing by name and marks each object against the other pane; names compare without case, as objects do. */
export function markEntries(here: Directory, there: Directory | undefined): MarkedEntry[] {
  const sorted = [...here.entries].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  if (there === undefined) return sorted;
  const byName = new Map(there.entries.map(entry => [entry.name.toLowerCase(), entry]));
  return sorted.map(entry => {
    const other = byName.get(entry.name.toLowerCase());
    if (other === undefined) return { ...entry, mark: 'only-here' };
    const isLinked = leadsTo(entry, there.path, other) || leadsTo(other, here.path, entry);
    return { ...entry, mark: isLinked ? 'linked' : markOf(entry, other) };
  });
}

function leadsTo(link: ObjectEntry, path: string, { name, target }: ObjectEntry): boolean {
  return target === undefined && link.target?.toLowerCase() === childPath(path, name).toLowerCase();
}

function markOf(entry: ObjectEntry, other: ObjectEntry): DiffMark {
  if (other.type !== entry.type) return 'other-type';
  return other.target?.toLowerCase() === entry.target?.toLowerCase() ? 'same' : 'other-target';
}

/** Does the mark tell of something that the other side does not have? */
export function isDifference(mark: DiffMark | undefined): boolean {
  return mark !== undefined && mark !== 'same' && mark !== 'linked';
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
