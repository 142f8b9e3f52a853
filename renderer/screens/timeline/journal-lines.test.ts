import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { filterEntries, jsonLines } from './journal-lines.ts';

const line = (sequence: number, what: string, subject: string, data?: Record<string, unknown>): JournalEntry => ({
  sequence,
  at: '2026-11-22T10:00:00.000Z',
  source: 'engine',
  what,
  subject,
  ...(data === undefined ? {} : { data }),
});
const entries = [
  line(1, 'container.started', 'billing'),
  line(2, 'volume.leaked', '\\Device\\Volume{1}', { prefix: '\\memfs\\share' }),
];

describe('the timeline', () => {
  it.each([
    ['', [1, 2]],
    ['BILLING', [1]],
    ['memfs leaked', [2]],
    ['engine', [1, 2]],
    ['nowhere', []],
  ])('filtered by %j keeps %j', (filter, kept) => {
    expect(filterEntries(entries, filter).map(({ sequence }) => sequence)).toEqual(kept);
  });

  it('exports lines that read back as they were', () => {
    expect(
      jsonLines(entries)
        .trimEnd()
        .split('\n')
        .map(text => JSON.parse(text)),
    ).toEqual(entries);
  });
});
