import { HOST_NAMESPACE } from './namespace.ts';
import { childPath, type ListedObject } from './object-entry.ts';

/**
 * How an object stands to the one of its name in another directory. `linked`: one of the two is a symbolic link that
 * leads to the other, as a silo's `\Device\Mup` does: they share one object.
 */
export type DiffMark = 'same' | 'linked' | 'only-here' | 'other-type' | 'other-target';

export interface MarkedEntry extends ListedObject {
  /** Absent while the other side has no answer. */
  readonly mark?: DiffMark;
}

/** A directory and what is in it. */
export interface Directory {
  readonly path: string;
  /** A namespace's id, where it is known. */
  readonly namespace?: string;
  readonly entries: readonly ListedObject[];
}

/** Sorts a listing by name and marks each object against the other side; names compare without case, as objects do. */
export function markEntries(here: Directory, there: Directory | undefined): MarkedEntry[] {
  const sorted = [...here.entries].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  if (there === undefined) return sorted;
  const byName = new Map(there.entries.map(entry => [entry.name.toLowerCase(), entry]));
  return sorted.map(entry => {
    const other = byName.get(entry.name.toLowerCase());
    if (other === undefined) return { ...entry, mark: 'only-here' };
    const isLinked = leadsTo(entry, there, other) || leadsTo(other, here, entry);
    return { ...entry, mark: isLinked ? 'linked' : markOf(entry, other) };
  });
}

function leadsTo(link: ListedObject, { path, namespace }: Directory, { name, target }: ListedObject): boolean {
  const end = childPath(path, name).toLowerCase();
  if (namespace === HOST_NAMESPACE && link.leads?.root === 'host' && link.leads.path?.toLowerCase() === end) {
    // The host's own link of that name leads on; that it names itself is not enough.
    return link.target !== target;
  }
  return target === undefined && link.target?.toLowerCase() === end;
}

function markOf(entry: ListedObject, other: ListedObject): DiffMark {
  if (other.type !== entry.type) return 'other-type';
  return other.target?.toLowerCase() === entry.target?.toLowerCase() ? 'same' : 'other-target';
}

/** Does the mark tell of something that the other side does not have? */
export function isDifference(mark: DiffMark | undefined): boolean {
  return mark !== undefined && mark !== 'same' && mark !== 'linked';
}

/** What tells two directories apart: what only one has, and what is another thing there. */
export interface ListingDiff {
  readonly onlyHere: readonly ListedObject[];
  readonly onlyThere: readonly ListedObject[];
  readonly changed: readonly { readonly here: ListedObject; readonly there: ListedObject }[];
  /** Objects that are the same, or that the two share by a link. */
  readonly alike: number;
}

/** Compares two directories, of two namespaces or of one at two moments. */
export function diffListings(here: Directory, there: Directory): ListingDiff {
  const marked = markEntries(here, there);
  const byName = new Map(there.entries.map(entry => [entry.name.toLowerCase(), entry]));
  const plain = ({ mark: _mark, ...entry }: MarkedEntry): ListedObject => entry;
  return {
    onlyHere: marked.filter(({ mark }) => mark === 'only-here').map(plain),
    onlyThere: markEntries(there, here)
      .filter(({ mark }) => mark === 'only-here')
      .map(plain),
    changed: marked.flatMap(entry => {
      const other = byName.get(entry.name.toLowerCase());
      const isOther = entry.mark === 'other-type' || entry.mark === 'other-target';
      return isOther && other !== undefined ? [{ here: plain(entry), there: other }] : [];
    }),
    alike: marked.filter(({ mark }) => !isDifference(mark)).length,
  };
}
