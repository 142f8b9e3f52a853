import type { ObjectListing } from '../../../shared/domain/object-entry.ts';

/** So many different listings of one directory are kept, of so many directories, with so many objects together. */
const LISTINGS = 20;
const DIRECTORIES = 100;
const OBJECTS = 100_000;

type Kept = Omit<ObjectListing, 'earlier'>;

/** Where a directory is. Ids of silos are used again: whose silo it was tells one from the next. */
export interface PastPlace {
  readonly namespace: string;
  readonly path: string;
  /** Docker's id of the container; absent: the host, or nobody's. */
  readonly container?: string | undefined;
}

/** Earlier looks at directories, to tell what changed since: those asked for longest ago go first. */
export class PastListings {
  /** By namespace and path, the directory asked for last at the end. */
  readonly #kept = new Map<string, Kept[]>();
  #objects = 0;

  /** Takes in a listing. One that is as the last one was is not kept again. Answers the times of the earlier ones. */
  keep(listing: Kept, container?: string): string[] {
    const key = keyOf({ ...listing, container });
    const before = this.#kept.get(key) ?? [];
    this.#kept.delete(key);
    this.#kept.set(key, before);
    const last = before.at(-1);
    const isNew = last === undefined || JSON.stringify(last.entries) !== JSON.stringify(listing.entries);
    if (isNew) {
      before.push(listing);
      this.#objects += listing.entries.length;
    }
    while (before.length > LISTINGS) this.#objects -= before.shift()?.entries.length ?? 0;
    for (const [oldest, listings] of this.#kept) {
      if (oldest === key || (this.#kept.size <= DIRECTORIES && this.#objects <= OBJECTS)) break;
      this.#kept.delete(oldest);
      for (const { entries } of listings) this.#objects -= entries.length;
    }
    return before.slice(0, -1).map(({ takenAt }) => takenAt);
  }

  /** The times of all listings of a directory that are kept, oldest first. */
  times(place: PastPlace): string[] {
    return (this.#kept.get(keyOf(place)) ?? []).map(({ takenAt }) => takenAt);
  }

  /** How it was last seen at a time (ISO 8601): the listing of then, or the last one before it, if it is still kept. */
  at(place: PastPlace, time: string): ObjectListing | undefined {
    const listings = this.#kept.get(keyOf(place)) ?? [];
    const wanted = Date.parse(time);
    const found = listings.findLast(({ takenAt }) => Date.parse(takenAt) <= wanted);
    return (
      found && {
        ...found,
        earlier: listings.map(({ takenAt }) => takenAt).filter(takenAt => takenAt < found.takenAt),
      }
    );
  }
}

const keyOf = ({ namespace, path, container = '' }: PastPlace): string =>
  `${namespace} ${container} ${path.toLowerCase()}`;
