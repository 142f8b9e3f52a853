import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { wordJournal } from '../../../shared/wording/word-journal.ts';

/** What the export writes: one JSON object a line, as the journal's own file. */
export function jsonLines(entries: readonly JournalEntry[]): string {
  return entries.map(entry => `${JSON.stringify(entry)}\n`).join('');
}

export const CSV_HEAD = 'sequence,at,source,what,words,subject,data\r\n';

/** Entries as RFC 4180 has it. What a spreadsheet would take for a formula is quoted as text. */
export function csvLines(entries: readonly JournalEntry[]): string {
  return entries
    .map(entry => {
      const { sequence, at, source, what, subject, data } = entry;
      const rest = [subject, data === undefined ? '' : JSON.stringify(data)];
      return [String(sequence), at, source, what, wordJournal(entry), ...rest].map(csvCell).join(',');
    })
    .map(line => `${line}\r\n`)
    .join('');
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
