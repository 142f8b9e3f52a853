import type { JournalEntry } from '../journal.ts';

/** A line of the journal as words and screens meet it: only what it says matters. */
export const journalLine = (what: string, subject: string, data?: JournalEntry['data']): JournalEntry => ({
  sequence: 7,
  at: '2026-11-22T14:02:10.000Z',
  source: 'engine',
  what,
  subject,
  ...(data === undefined ? {} : { data }),
});
