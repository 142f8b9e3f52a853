import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';

/** Entries in the order of their sequence, without holes once `known`. */
export type Journal =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'known'; readonly entries: readonly JournalEntry[]; readonly fault?: Fault }
  | { readonly kind: 'faulted'; readonly fault: Fault };

/** The entries with those of `more` that come after; `gap` when some in between are missing. */
export function appendEntries(
  entries: readonly JournalEntry[],
  more: readonly JournalEntry[],
): readonly JournalEntry[] | 'gap' {
  const last = entries.at(-1)?.sequence ?? 0;
  const fresh = more.filter(entry => entry.sequence > last);
  if (fresh.length === 0) return entries;
  return fresh[0]?.sequence === last + 1 ? [...entries, ...fresh] : 'gap';
}

export interface JournalStore {
  readonly store: StoreApi<Journal>;
  want(): void;
  /** Reads what is missing. A server with a younger journal (it was started anew) is read from the beginning. */
  freshen(): void;
  /** Another host has another journal: it is read from the beginning. */
  forget(): void;
  end(): void;
}

const PAGE = 5_000;

export function createJournalStore(client: Client<Contract>): JournalStore {
  const store = createStore<Journal>(() => ({ kind: 'waiting' }));
  let wanted = false;
  let reading = false;
  let again = false;

  const known = (): readonly JournalEntry[] => {
    const state = store.getState();
    return state.kind === 'known' ? state.entries : [];
  };

  const readRest = async (): Promise<void> => {
    const last = known().at(-1);
    if (last !== undefined) {
      const { entries } = await client.call('journal.read', { after: last.sequence - 1, limit: 1 });
      const [same] = entries;
      if (same?.at !== last.at || same.what !== last.what) store.setState({ kind: 'known', entries: [] }, true);
    }
    for (;;) {
      const before = known();
      const { entries } = await client.call('journal.read', { after: before.at(-1)?.sequence ?? 0, limit: PAGE });
      const joined = appendEntries(before, entries);
      // The oldest lines may have been rotated away: then the page itself is the beginning.
      store.setState({ kind: 'known', entries: joined === 'gap' ? entries : joined }, true);
      if (entries.length < PAGE) return;
    }
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
        await readRest();
      } while (again);
    } catch (caught) {
      const state = store.getState();
      const fault = faultOf(caught);
      store.setState(state.kind === 'known' ? { ...state, fault } : { kind: 'faulted', fault }, true);
    } finally {
      reading = false;
    }
  };

  const end = client.on('journal.appended', entry => {
    if (!wanted) return;
    const state = store.getState();
    const joined = state.kind === 'known' && !reading ? appendEntries(state.entries, [entry]) : 'gap';
    if (joined === 'gap') void read();
    else store.setState({ kind: 'known', entries: joined }, true);
  });

  return {
    store,
    end,
    want: () => {
      if (wanted) return;
      wanted = true;
      void read();
    },
    freshen: () => {
      if (wanted) void read();
    },
    forget: () => {
      store.setState({ kind: 'waiting' }, true);
      if (wanted) void read();
    },
  };
}
