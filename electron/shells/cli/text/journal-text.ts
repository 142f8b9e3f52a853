import type { JournalEntry } from '../../../../shared/domain/journal.ts';
import { severityOfEntry } from '../../../../shared/domain/journal-severity.ts';
import { wordJournal } from '../../../../shared/wording/word-journal.ts';
import type { Page } from './page.ts';
import { bad, doubtful, faint, spansOf, type Text } from './style.ts';
import { naturalWidth, type TableOptions } from './table.ts';

/** Columns that a sentence needs: with fewer, it gives up the column of the raw names beside it. */
const LEAST_WORDS = 48;

/** Lines of the journal as a table. All data is in the JSON: a narrow terminal gets the date once, and no column of sources. */
export function writeJournal(page: Page, entries: readonly JournalEntry[]): void {
  const whole = wholeJournal(entries);
  const { tableWidth } = page.style;
  page.table(naturalWidth(whole) <= tableWidth ? whole : briefJournal(entries, tableWidth));
}

/** Every column: number, time, source, its raw name (as `--kind` takes it), and what it says. */
export function wholeJournal(entries: readonly JournalEntry[]): TableOptions {
  return { columns: ['#', 'AT', 'SOURCE', 'KIND', 'WHAT HAPPENED'], rows: entries.map(journalRow) };
}

/** One line for whoever follows: no table, since nobody knows how wide the next one is. */
export function writeJournalLine(page: Page, entry: JournalEntry): void {
  page.text(
    journalRow(entry).flatMap(cell => [...spansOf(cell), '  ']),
    { hang: 4 },
  );
}

function journalRow(entry: JournalEntry): Text[] {
  const { sequence, at, source, what } = entry;
  return [String(sequence), faint(at), source, faint(what), said(entry)];
}

function briefJournal(entries: readonly JournalEntry[], width: number): TableOptions {
  const lead = (entry: JournalEntry): Text[] => [String(entry.sequence), faint(timeOf(entry)), faint(entry.what)];
  const leads = { columns: ['#', 'AT', 'KIND'], rows: withDates(entries, lead) };
  if (width - naturalWidth({ columns: [...leads.columns, ''], rows: leads.rows }) >= LEAST_WORDS)
    return {
      columns: [...leads.columns, 'WHAT HAPPENED'],
      rows: withDates(entries, entry => [...lead(entry), said(entry)]),
    };
  return {
    columns: ['#', 'AT', 'WHAT HAPPENED'],
    rows: withDates(entries, entry => [
      String(entry.sequence),
      faint(timeOf(entry)),
      [...spansOf(said(entry)), '  ', faint(entry.what)],
    ]),
  };
}

/** Above the first line of each day its date. */
function withDates(entries: readonly JournalEntry[], row: (entry: JournalEntry) => Text[]): Text[][] {
  return entries.flatMap((entry, index) =>
    dateOf(entry) === dateOf(entries[index - 1]) ? [row(entry)] : [['', faint(dateOf(entry))], row(entry)],
  );
}

const dateOf = (entry: JournalEntry | undefined): string => entry?.at.slice(0, 10) ?? '';

/** As `--at` takes it: `14:02:10.588Z`. */
const timeOf = ({ at }: JournalEntry): string => at.slice(11);

const said = (entry: JournalEntry): Text => PAINTS[severityOfEntry(entry)](wordJournal(entry));

const PAINTS = { info: (text: string): Text => text, warning: doubtful, error: bad } as const;
