import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { JournalEntry, JournalFilter, JournalPage } from '../../shared/domain/journal.ts';
import type { JournalMoment } from '../../shared/domain/journal-moment.ts';
import { RENUMBERED } from '../../shared/domain/renumbered.ts';
import { createLinePages, type LinePages } from './line-pages.ts';

/** What there is of the journal; its lines are read as they come into sight. */
export type Journal =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'known';
      readonly first: number;
      readonly last: number;
      /** Where it is kept, if it is. */
      readonly folder?: string;
      readonly fault?: Fault;
    }
  | { readonly kind: 'faulted'; readonly fault: Fault };

/** Lines that fit a filter, the newest ones first found. */
export interface JournalSearch {
  readonly filter: JournalFilter;
  /** In the order of their sequence. */
  readonly entries: readonly JournalEntry[];
  /** Lines below this one have not been looked through; undefined: all have. */
  readonly next: number | undefined;
  readonly searching: boolean;
  readonly fault?: Fault;
}

/** A moment that is looked at. `sequence` is where the slider stands; the answer follows. */
export interface JournalLook {
  readonly sequence: number;
  readonly moment?: JournalMoment;
  readonly fault?: Fault;
}

/** Makes the question of a filter. */
export type Matcher = (filter: JournalFilter) => (entry: JournalEntry) => boolean;

export interface JournalStore {
  readonly store: StoreApi<Journal>;
  readonly pages: LinePages;
  readonly search: StoreApi<{ readonly found: JournalSearch | undefined }>;
  readonly look: StoreApi<{ readonly look: JournalLook | undefined }>;
  want(): void;
  /** Reads what is missing. */
  freshen(): void;
  /** Another host has another journal: it is read from the beginning. */
  forget(): void;
  /**
   * Looks for lines from the newest back; undefined ends the search. Begun anew it forgets what it had found. `matcher`
   * judges lines that come while it is shown: as the host does, words included.
   */
  find(filter: JournalFilter | undefined, matcher: Matcher): void;
  /** Goes on where the search stopped. */
  findMore(): void;
  /** Shows what was there after a line, or at a time; undefined: now. */
  lookAt(place: { readonly sequence: number } | { readonly at: string } | undefined): void;
  /** Every line that fits, page by page, for a file. */
  readAll(
    filter: JournalFilter | undefined,
    until: number,
    signal: AbortSignal,
  ): AsyncGenerator<readonly JournalEntry[]>;
  end(): void;
}

/** One search finds so many before it waits to be asked for more. */
const FOUND_AT_ONCE = 500;
const EXPORT_PAGE = 5_000;

export function createJournalStore(client: Client<Contract>): JournalStore {
  const store = createStore<Journal>(() => ({ kind: 'waiting' }));
  const search = createStore<{ found: JournalSearch | undefined }>(() => ({ found: undefined }));
  const look = createStore<{ look: JournalLook | undefined }>(() => ({ look: undefined }));
  const pages = createLinePages(client);
  let wanted = false;
  let reading = false;
  let again = false;
  let era = 0;
  let searchNumber = 0;
  /** Of the search that is under way: whoever types on wants none of the earlier ones. */
  let searching = new AbortController();
  let looked: { readonly sequence: number } | { readonly at: string } | undefined;
  let looking = false;
  let fits: ((entry: JournalEntry) => boolean) | undefined;

  const readEnds = async (): Promise<void> => {
    const own = era;
    const { first, last, folder } = await client.call('journal.read', { after: Number.MAX_SAFE_INTEGER, limit: 1 });
    if (own !== era) return;
    const before = store.getState();
    // A server with a younger journal was started anew.
    if (before.kind === 'known' && last < before.last) pages.forget();
    store.setState({ kind: 'known', first, last, ...(folder === undefined ? {} : { folder }) }, true);
  };

  const read = async (): Promise<void> => {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    try {
      do {
        again = false;
        await readEnds();
      } while (again);
    } catch (caught) {
      const state = store.getState();
      const fault = faultOf(caught);
      store.setState(state.kind === 'known' ? { ...state, fault } : { kind: 'faulted', fault }, true);
    } finally {
      reading = false;
    }
  };

  const undo = client.on('journal.appended', entry => {
    if (!wanted) return;
    const state = store.getState();
    // Lines that were kept in memory for a while have got other numbers on the disk.
    if (entry.what === RENUMBERED) pages.forget();
    if (state.kind !== 'known' || reading || entry.sequence !== state.last + 1) {
      void read();
      return;
    }
    pages.add(entry);
    store.setState({ ...state, first: Math.max(1, state.first), last: entry.sequence }, true);
    const { found } = search.getState();
    if (found !== undefined && fits?.(entry) === true) {
      search.setState({ found: { ...found, entries: [...found.entries, entry] } });
    }
  });

  const searchOn = async (own: number): Promise<void> => {
    const begun = search.getState().found;
    if (begun === undefined || begun.next === undefined) return;
    search.setState({ found: { ...begun, searching: true } });
    const wantedCount = begun.entries.length + FOUND_AT_ONCE;
    for (;;) {
      const { found } = search.getState();
      if (own !== searchNumber || found?.next === undefined) return;
      try {
        const asked = { before: found.next, limit: wantedCount - found.entries.length, filter: found.filter };
        const { entries, next } = await client.call('journal.read', asked, { signal: searching.signal });
        const now = search.getState().found;
        if (own !== searchNumber || now === undefined) return;
        const all = [...entries, ...now.entries];
        const isOver = next === undefined || all.length >= wantedCount;
        search.setState({ found: { ...now, entries: all, next, searching: !isOver } });
        if (isOver) return;
      } catch (caught) {
        if (own === searchNumber) search.setState({ found: { ...found, searching: false, fault: faultOf(caught) } });
        return;
      }
    }
  };

  /** One question at a time: while the slider moves, only its last place is asked for. */
  const askMoment = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      for (let asked = looked; asked !== undefined; asked = looked === asked ? undefined : looked) {
        try {
          const moment = await client.call('journal.moment', asked);
          if (looked === asked) look.setState({ look: { sequence: moment.sequence, moment } });
        } catch (caught) {
          const before = look.getState().look;
          if (looked === asked && before !== undefined) look.setState({ look: { ...before, fault: faultOf(caught) } });
        }
      }
    } finally {
      looking = false;
    }
  };

  return {
    store,
    pages,
    search,
    look,
    want: () => {
      if (wanted) return;
      wanted = true;
      void read();
    },
    freshen: () => {
      if (wanted) void read();
    },
    forget: () => {
      era += 1;
      searchNumber += 1;
      looked = undefined;
      pages.forget();
      store.setState({ kind: 'waiting' }, true);
      search.setState({ found: undefined });
      look.setState({ look: undefined });
      if (wanted) void read();
    },
    find: (filter, matcher) => {
      searchNumber += 1;
      searching.abort();
      searching = new AbortController();
      fits = filter && matcher(filter);
      const state = store.getState();
      const next = state.kind === 'known' ? state.last + 1 : undefined;
      search.setState({ found: filter && { filter, entries: [], next, searching: false } });
      void searchOn(searchNumber);
    },
    findMore: () => void searchOn(searchNumber),
    lookAt: place => {
      looked = place;
      if (place === undefined) {
        look.setState({ look: undefined });
        return;
      }
      const before = look.getState().look;
      const state = store.getState();
      const sequence =
        'sequence' in place ? place.sequence : (before?.sequence ?? (state.kind === 'known' ? state.last : 0));
      // What is shown stays until the answer is there: the picture does not flicker.
      look.setState({ look: { ...(before?.moment === undefined ? {} : { moment: before.moment }), sequence } });
      void askMoment();
    },
    async *readAll(filter, until, signal) {
      const read = (after: number): Promise<JournalPage> =>
        client.call(
          'journal.read',
          { after, limit: EXPORT_PAGE, ...(filter === undefined ? {} : { filter }) },
          { signal },
        );
      for (let after: number | undefined = 0; after !== undefined; ) {
        const page = await read(after);
        yield page.entries.filter(({ sequence }) => sequence <= until);
        after = page.next === undefined || page.next >= until ? undefined : page.next;
      }
    },
    end: undo,
  };
}
