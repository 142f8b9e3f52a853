import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { ObjectListing } from '../../../shared/domain/object-entry.ts';

/** So many different listings of one directory are kept, of so many directories, with so many objects together. */
const LISTINGS = 20;
const DIRECTORIES = 100;
const OBJECTS = 100_000;

type Kept = Omit<ObjectListing, 'earlier'>;

/** Whose directory it is. Ids of silos and names of containers are used again: Docker's id tells one from the next. */
interface Owner {
  readonly label: string;
  /** Docker's id of the container; absent: the host, or nobody's. */
  readonly container?: string | undefined;
}

interface Directory extends Owner {
  readonly namespace: string;
  readonly path: string;
  readonly listings: Kept[];
}

/** Earlier looks at directories, to tell what changed since: those asked for longest ago go first. */
export class PastListings {
  /** By namespace, container and path, the directory asked for last at the end. */
  readonly #kept = new Map<string, Directory>();
  #objects = 0;

  /** Takes in a listing. One that is as the last one was is not kept again. Answers the times of the earlier ones. */
  keep(listing: Kept, { label, container }: Owner): string[] {
    const key = `${listing.namespace} ${container ?? ''} ${listing.path.toLowerCase()}`;
    const listings = this.#kept.get(key)?.listings ?? [];
    this.#kept.delete(key);
    this.#kept.set(key, { namespace: listing.namespace, path: listing.path, label, container, listings });
    const last = listings.at(-1);
    const isNew = last === undefined || JSON.stringify(last.entries) !== JSON.stringify(listing.entries);
    if (isNew) {
      listings.push(listing);
      this.#objects += listing.entries.length;
    }
    while (listings.length > LISTINGS) this.#objects -= listings.shift()?.entries.length ?? 0;
    for (const [oldest, directory] of this.#kept) {
      if (oldest === key || (this.#kept.size <= DIRECTORIES && this.#objects <= OBJECTS)) break;
      this.#kept.delete(oldest);
      for (const { entries } of directory.listings) this.#objects -= entries.length;
    }
    return listings.slice(0, -1).map(({ takenAt }) => takenAt);
  }

  /** The times of all listings of a directory that are kept, oldest first. `within`: as for `at`. */
  times(within: string | undefined, path: string): string[] {
    return this.#directories(within, path)
      .flatMap(({ listings }) => listings.map(({ takenAt }) => takenAt))
      .sort();
  }

  /**
   * How it was last seen at a time (ISO 8601): the listing of then, or the last one before it, if it is still kept. `within`:
   * a container's name, its id or its namespace's, as it was then; absent: the host.
   */
  at(within: string | undefined, path: string, time: string): ObjectListing | undefined {
    const wanted = Date.parse(time);
    const found = this.#directories(within, path).flatMap(({ listings }) => {
      const listing = listings.findLast(({ takenAt }) => Date.parse(takenAt) <= wanted);
      return listing === undefined ? [] : [{ listing, listings }];
    });
    const latest = found.toSorted((one, other) => (one.listing.takenAt < other.listing.takenAt ? -1 : 1)).at(-1);
    if (latest === undefined) return undefined;
    const { listing, listings } = latest;
    const earlier = listings.map(({ takenAt }) => takenAt).filter(takenAt => takenAt < listing.takenAt);
    return { ...listing, earlier };
  }

  #directories(within: string | undefined, path: string): Directory[] {
    const isOf = ({ namespace, label, container = '' }: Directory): boolean =>
      within === undefined
        ? namespace === HOST_NAMESPACE
        : namespace === within || label === within || (within.length >= 4 && container.startsWith(within));
    return [...this.#kept.values()].filter(one => one.path.toLowerCase() === path.toLowerCase() && isOf(one));
  }
}
