import { AppRecord } from '../domain/app-record.ts';
import type { JournalEntry } from '../domain/journal.ts';
import { toldData } from '../domain/journal-matcher.ts';
import { severityOfEntry } from '../domain/journal-severity.ts';
import { subjectText } from '../domain/journal-subject.ts';
import type { LogLine, LogOrigin } from '../domain/log-line.ts';
import { shortIds } from '../domain/short-ids.ts';
import { wordEvent } from './event-words.ts';
import { wordJournal } from './word-journal.ts';

const ORIGINS: Readonly<Record<JournalEntry['source'], LogOrigin>> = {
  fsd: 'fsd',
  engine: 'engine',
  silo: 'engine',
  host: 'siloscope',
  launch: 'siloscope',
  inspection: 'siloscope',
  user: 'siloscope',
  other: 'siloscope',
};

/** A line of the journal among the others. */
export function journalLine(entry: JournalEntry): LogLine {
  const { at, source, what, subject, data, sequence } = entry;
  const name = shortIds(subjectText(entry));
  return {
    at,
    origin: ORIGINS[source],
    severity: severityOfEntry(entry),
    subject,
    ...(name === subject ? {} : { name }),
    text: wordJournal(entry),
    what,
    ...(data === undefined ? {} : { data: toldData(data) }),
    sequence,
  };
}

/** A line of the app's own log; undefined for one that is damaged. Total. */
export function appLine(text: string): LogLine | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  const read = AppRecord.safeParse(parsed);
  if (!read.success) return undefined;
  const { at, level, ...event } = read.data;
  const { what, ...data } = event;
  return { at, origin: 'app', severity: level, text: wordEvent(event), what, data };
}
