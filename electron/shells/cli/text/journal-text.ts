import type { JournalEntry } from '../../../../shared/domain/journal.ts';
import { severityOfEntry } from '../../../../shared/domain/journal-severity.ts';
import { wordJournal } from '../../../../shared/wording/word-journal.ts';
import { bad, doubtful, faint, type Text } from './style.ts';

/** The cells of one journal line: number, time, source, its raw name (as `--kind` takes it), and what it says. All data is in the JSON. */
export function journalRow(entry: JournalEntry): Text[] {
  const { sequence, at, source, what } = entry;
  return [String(sequence), faint(at), source, faint(what), PAINTS[severityOfEntry(entry)](wordJournal(entry))];
}

const PAINTS = { info: (text: string): Text => text, warning: doubtful, error: bad } as const;

export const JOURNAL_COLUMNS = ['#', 'AT', 'SOURCE', 'KIND', 'WHAT HAPPENED'] as const;
