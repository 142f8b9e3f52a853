import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry, JournalFilter, JournalNote } from '../../../shared/domain/journal.ts';
import { JournalState } from '../../../shared/domain/journal-state.ts';
import { wordedMatcher } from '../../../shared/wording/word-journal.ts';
import { Journal } from './journal.ts';

const LINES = 9_000;
const START = Date.UTC(2026, 10, 22, 14);
/** The clock is set back once, as clocks are. */
const timeOf = (count: number): number => START + count * 1_000 - (count > 5_000 ? 600_000 : 0);

/** A story without repeats, so that each note is a line. */
function noteOf(count: number): JournalNote {
  const device = `\\Device\\Volume{${count % 40}}`;
  const data = { kind: 'network', namespace: `silo:${4 * (1 + (count % 20))}`, home: `c${count % 20}`, turn: count };
  const what = ['volume.appeared', 'volume.leaked', 'container.started', 'volume.gone'][Math.floor(count / 40) % 4];
  return { source: what === 'container.started' ? 'engine' : 'inspection', what: what ?? '', subject: device, data };
}

let journal: Journal;
let all: readonly JournalEntry[];
beforeAll(async () => {
  let now = START;
  const clock = { now: () => now, after: () => ({ dispose: () => undefined }) };
  journal = new Journal(clock, { limits: { segmentBytes: 300_000, keptBytes: 100_000_000 } });
  for (let count = 0; count < LINES; count++) {
    now = timeOf(count);
    journal.note(noteOf(count));
    if (count % 500 === 0) await journal.follow();
  }
  const first = await journal.read({ after: 0, limit: 10_000 });
  all = first.entries;
});
afterAll(() => journal.close());

const filters: fc.Arbitrary<JournalFilter> = fc.record(
  {
    kinds: fc.subarray(['volume.leaked', 'volume', 'container', 'nothing']),
    sources: fc.subarray(['engine', 'inspection', 'user'] as const),
    text: fc.constantFrom('', 'VOLUME{7}', 'c3 leaked', 'turn=17', '\\Device', 'nowhere'),
    container: fc.constantFrom('c4', 'C11', 'zz'),
    since: fc.integer({ min: -100, max: LINES }).map(count => new Date(timeOf(count)).toISOString()),
    until: fc.integer({ min: -100, max: LINES }).map(count => new Date(timeOf(count)).toISOString()),
  },
  { requiredKeys: [] },
);

describe('a page of the journal', () => {
  it('was filled with every line once', () => {
    expect(all.map(({ sequence }) => sequence)).toEqual(Array.from({ length: LINES }, (_, place) => place + 1));
  });

  it('by page, in both directions, holds what a filter keeps of all lines', async () => {
    const backward = async (filter: JournalFilter, limit: number): Promise<JournalEntry[]> => {
      const found: JournalEntry[] = [];
      for (let before: number | undefined = LINES + 1; before !== undefined; ) {
        const page = await journal.read({ after: 0, before, limit, filter });
        found.unshift(...page.entries);
        before = page.next;
      }
      return found;
    };
    const forward = async (filter: JournalFilter, limit: number): Promise<JournalEntry[]> => {
      const found: JournalEntry[] = [];
      for (let after: number | undefined = 0; after !== undefined; ) {
        const page = await journal.read({ after, limit, filter });
        found.push(...page.entries);
        after = page.next;
      }
      return found;
    };
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 300, max: 2_000 }), async (filter, limit) => {
        const kept = all.filter(wordedMatcher(filter));
        expect(await forward(filter, limit)).toEqual(kept);
        expect(await backward(filter, limit)).toEqual(kept);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a moment of the journal', () => {
  const stateAfter = (count: number): JournalState => {
    const state = new JournalState();
    for (const entry of all.slice(0, count)) state.apply(entry);
    return state;
  };

  it('is the state that its lines lead to, from whichever checkpoint it is read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: LINES }), async sequence => {
        const { volumes, namespaces, findings } = stateAfter(sequence).data();
        expect(await journal.moment({ sequence })).toMatchObject({ sequence, volumes, namespaces, findings });
      }),
      { numRuns: 40 },
    );
  });

  it('at a time ends before the first line that is later, though the clock was set back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -10, max: LINES + 10 }), async count => {
        const time = START + count * 1_000 + 1;
        const later = all.findIndex(({ at }) => Date.parse(at) > time);
        const moment = await journal.moment({ at: new Date(time).toISOString() });
        expect(moment.sequence).toBe(later === -1 ? LINES : later);
      }),
      { numRuns: 40 },
    );
  });
});
