import type { JournalEntry } from '../../../../shared/domain/journal.ts';
import { dataText } from '../../../../shared/domain/journal-matcher.ts';
import { faint, type Text } from './style.ts';

/** The cells of one journal line: number, time, source, what happened, to whom, and its data (ids are in the JSON). */
export function journalRow({ sequence, at, source, what, subject, data = {} }: JournalEntry): Text[] {
  const { id: _, ...told } = data;
  return [String(sequence), faint(at), source, what, subject, faint(dataText({ data: told }, LONGEST))];
}

const LONGEST = 400;

export const JOURNAL_COLUMNS = ['#', 'AT', 'SOURCE', 'WHAT', 'SUBJECT', 'DATA'] as const;
