import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';

/** Lines of a journal that may be too long to be held: those in sight are read, those long out of sight are let go. */
export interface LinePages {
  /** Counts up whenever lines have come. */
  readonly store: StoreApi<{ readonly version: number }>;
  line(sequence: number): JournalEntry | undefined;
  /** These are in sight: what is missing of them is read. */
  need(from: number, until: number): void;
  /** One that was just written, after all that are there. */
  add(entry: JournalEntry): void;
  forget(): void;
}

const PAGE = 250;
const KEPT_PAGES = 80;

export function createLinePages(client: Client<Contract>): LinePages {
  const store = createStore(() => ({ version: 0 }));
  /** By number; the ones used last come last. */
  const pages = new Map<number, Map<number, JournalEntry>>();
  const asked = new Set<number>();
  let era = 0;

  const pageOf = (sequence: number): number => Math.floor((sequence - 1) / PAGE);
  const changed = (): void => store.setState(({ version }) => ({ version: version + 1 }));
  const keep = (number: number, entries: readonly JournalEntry[]): void => {
    const page = pages.get(number) ?? new Map<number, JournalEntry>();
    for (const entry of entries) page.set(entry.sequence, entry);
    pages.delete(number);
    pages.set(number, page);
    for (const oldest of pages.keys()) {
      if (pages.size <= KEPT_PAGES) break;
      pages.delete(oldest);
    }
  };
  const read = async (number: number): Promise<void> => {
    if (asked.has(number)) return;
    asked.add(number);
    const own = era;
    try {
      const { entries } = await client.call('journal.read', { after: number * PAGE, limit: PAGE });
      if (own !== era) return;
      keep(
        number,
        entries.filter(({ sequence }) => pageOf(sequence) === number),
      );
      changed();
    } catch (caught) {
      // The rows stay blank until they are scrolled to again; a lost link is told elsewhere.
      if (faultOf(caught).code === 'bug') throw caught;
    } finally {
      asked.delete(number);
    }
  };

  return {
    store,
    line: sequence => pages.get(pageOf(sequence))?.get(sequence),
    need: (from, until) => {
      for (let number = pageOf(Math.max(1, from)); number <= pageOf(Math.max(1, until)); number++) {
        const page = pages.get(number);
        const low = Math.max(from, number * PAGE + 1);
        const high = Math.min(until, (number + 1) * PAGE);
        let whole = page !== undefined;
        for (let sequence = low; whole && sequence <= high; sequence++) whole = page?.has(sequence) === true;
        if (!whole) void read(number);
      }
    },
    add: entry => {
      const number = pageOf(entry.sequence);
      // Of a page that was never read only its end would be there; `need` sees what is missing.
      keep(number, [entry]);
      changed();
    },
    forget: () => {
      era += 1;
      pages.clear();
      asked.clear();
      changed();
    },
  };
}
