import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVIDENCE_RANKS } from '../domain/evidence-ranks.ts';
import type { JournalEntry } from '../domain/journal.ts';
import { filterWords } from '../domain/journal-matcher.ts';
import { JOURNAL_WEIGHTS } from '../domain/journal-severity.ts';
import { FAULT_CODE_WORDS } from './fault-code-words.ts';
import { mayBeWorded } from './journal-vocabulary.ts';
import { wordJournal } from './word-journal.ts';

const name = fc.string({ unit: fc.constantFrom(...Array.from('abz019-_.')), minLength: 1, maxLength: 12 });
const names = fc.array(name, { maxLength: 4 });
const data = fc.record(
  {
    exitCode: fc.constantFrom(0, 1, 0xc0000005, 0xc000013a, -1073741515),
    image: name,
    code: fc.constantFrom(...Object.keys(FAULT_CODE_WORDS)),
    home: fc.constantFrom('host', 'billing'),
    proof: fc.constantFrom(...EVIDENCE_RANKS),
    rank: fc.constantFrom(...EVIDENCE_RANKS),
    mountPoints: fc.constantFrom([], ['Y:'], ['Y:', 'Z:']),
    volumes: names,
    gone: fc.oneof(fc.boolean(), names),
    lost: names,
    launched: names,
    notes: names,
    changed: names,
    depth: fc.subarray(['probe', 'canary', 'plainUnc']),
    bytes: fc.nat(5_000_000_000),
    images: fc.nat(9),
    because: fc.constantFrom('ran-before', 'failed'),
    state: fc.constantFrom('kept', 'session'),
    summary: name,
    policy: name,
    more: fc.nat(9),
    unwatched: fc.constant(true),
    unwritten: fc.constantFrom([], [{ what: 'upload', count: 2 }]),
  },
  { requiredKeys: [] },
);
const entry: fc.Arbitrary<JournalEntry> = fc.record({
  sequence: fc.constant(7),
  at: fc.constant('2026-11-22T14:02:10.000Z'),
  source: fc.constantFrom('engine' as const, 'user' as const),
  what: fc.constantFrom(...Object.keys(JOURNAL_WEIGHTS)),
  subject: fc.oneof(name, fc.constantFrom('unc-leak', '\\Device\\Volume{1}', 'unload-fsd')),
  data,
});

describe('a word that is searched for', () => {
  it('is looked for in the words of a line wherever they may hold it', () => {
    fc.assert(
      fc.property(entry, fc.nat(), fc.nat(), fc.nat(), (given, which, from, length) => {
        const said = filterWords(wordJournal(given));
        const whole = said[which % said.length] ?? '';
        const start = from % whole.length;
        const word = whole.slice(start, start + 1 + (length % (whole.length - start)));
        const kept = JSON.stringify(given).toLowerCase();
        // The reader passes over a line by its bytes only for words of these signs.
        fc.pre(/^[a-z0-9._:{}-]+$/.test(word));
        const names = mayBeWorded(word);
        expect(kept.includes(word) || names === 'all' || names.has(given.what)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is none of ours where it is a name', () => {
    for (const word of ['billing', 'ltsc2025', 'web137', 'launch.done']) expect(mayBeWorded(word)).toEqual(new Set());
    expect(mayBeWorded('c137')).toEqual(new Set(['container.ended']));
    expect(mayBeWorded('driver')).not.toContain('container.started');
  });
});
