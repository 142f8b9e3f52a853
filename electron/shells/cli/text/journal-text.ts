import type { JournalEntry } from '../../../../shared/domain/journal.ts';
import { faint, type Text } from './style.ts';

/** The cells of one journal line: number, time of day, source, what happened, to whom, and its data. */
export function journalRow({ sequence, at, source, what, subject, data }: JournalEntry): Text[] {
  return [String(sequence), faint(at), source, what, subject, data === undefined ? '' : faint(JSON.stringify(data))];
}

export const JOURNAL_COLUMNS = ['#', 'AT', 'SOURCE', 'WHAT', 'SUBJECT', 'DATA'] as const;
