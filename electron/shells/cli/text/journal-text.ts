import type { JournalEntry } from '../../../../shared/domain/journal.ts';
import { faint, type Text } from './style.ts';

/** The cells of one journal line: number, time of day, source, what happened, to whom, and its data. */
export function journalRow({ sequence, at, source, what, subject, data }: JournalEntry): Text[] {
  return [String(sequence), faint(at), source, what, subject, faint(dataText(data))];
}

/** `image=... exitCode=0`: ids are left out, they are in the JSON. */
function dataText(data: JournalEntry['data'] = {}): string {
  return Object.entries(data)
    .filter(([key, value]) => key !== 'id' && value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}

export const JOURNAL_COLUMNS = ['#', 'AT', 'SOURCE', 'WHAT', 'SUBJECT', 'DATA'] as const;
