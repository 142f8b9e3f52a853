import { describe, expect, it } from 'vitest';
import type { JournalNote } from './journal.ts';
import { JournalState } from './journal-state.ts';

const at = '2026-11-22T14:02:10.000Z';
const BILLING = { namespace: 'silo:8', what: 'volumes of billing', reason: 'access denied' };
const WEB = { namespace: 'silo:9', what: 'volumes of web', reason: 'access denied' };

const told = (by: string | undefined, ...first: readonly object[]): JournalNote => ({
  source: 'inspection',
  what: 'inspection.gaps-changed',
  subject: 'volume lists',
  data: { ...(by === undefined ? {} : { by }), first, more: 0 },
});
const begins = (subject: string, ...first: readonly object[]): JournalNote => ({
  source: 'host',
  what: 'watch.started',
  subject,
  data: { first, more: 0 },
});
const ends = (subject: string, what = 'watch.ended'): JournalNote => ({ source: 'host', what, subject });

/** Written as a journal writes: what says nothing new is left out. Answers how many lines there are. */
function written(state: JournalState, notes: readonly JournalNote[]): number {
  let sequence = 0;
  for (const note of notes) if (!state.isRepeat(note)) state.apply({ sequence: ++sequence, at, ...note });
  return sequence;
}

describe('what could not be listed, where several processes write one journal', () => {
  it.each<[string, readonly JournalNote[], readonly object[] | undefined, number]>([
    ['nobody has told', [ends('a')], undefined, 1],
    ['an older Siloscope told', [told(undefined, BILLING)], [BILLING], 1],
    ['who looked once told', [told('a', BILLING)], [BILLING], 1],
    ['who looks once after the other', [told('a', BILLING), told('b', BILLING)], [BILLING], 1],
    ['who may look beside who may not', [begins('a'), told('b', BILLING)], [], 2],
    ['who may not beside who may', [begins('a', BILLING), told('b')], [BILLING], 2],
    ['both watch, and one may', [begins('a', BILLING), begins('b')], [], 2],
    ['both watch, and each may look elsewhere', [begins('a', BILLING), begins('b', WEB)], [], 2],
    ['both watch, and neither may', [begins('a', BILLING, WEB), begins('b', BILLING)], [BILLING], 2],
    ['the one who may ends', [begins('a', BILLING), begins('b'), ends('b')], [BILLING], 3],
    ['the one who may is cut off', [begins('a', BILLING), begins('b'), ends('b', 'watch.lost')], [BILLING], 3],
    ['the one who may not ends', [begins('a', BILLING), begins('b'), ends('a')], [], 3],
    ['the last one ends', [begins('a'), told('b', BILLING), ends('a')], [], 3],
    ['one who watches loses a right', [begins('a'), begins('b'), told('a', BILLING), told('a', BILLING)], [], 3],
    ['both lose it', [begins('a'), begins('b'), told('a', BILLING), told('b', BILLING)], [BILLING], 4],
    ['who stays says the same as the other', [begins('a', BILLING), begins('b'), told('b', BILLING)], [BILLING], 3],
  ])('%s', (_, notes, missing, lines) => {
    const state = new JournalState();
    expect(written(state, notes)).toBe(lines);
    expect(state.data().gaps?.first).toEqual(missing);
    expect(JournalState.from(state.data()).data()).toEqual(state.data());
  });

  it('is told with more than was named: then nobody knows what is among it', () => {
    const state = new JournalState();
    written(state, [begins('a', BILLING), { ...begins('b', WEB), data: { first: [WEB], more: 7 } }]);
    expect(state.data().gaps).toMatchObject({ first: [BILLING], more: 0 });
  });
});
