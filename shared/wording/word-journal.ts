import type { JournalEntry, JournalFilter } from '../domain/journal.ts';
import { dataText, journalMatcher } from '../domain/journal-matcher.ts';
import { isJournalName } from '../domain/journal-severity.ts';
import { subjectText } from '../domain/journal-subject.ts';
import { shortIds } from '../domain/short-ids.ts';
import { journalFact } from './journal-facts.ts';
import { JOURNAL_WORDS } from './journal-words.ts';
import { escapeUntrusted } from './plain-text.ts';

/** Behind what was found changed when the watch began: it did not happen at the time of its line. */
export const UNWATCHED_WORDS = ' (since when is not known: nobody watched)';
/** Behind what was kept aside while the disk took nothing, and is otherwise by now. */
export const LATE_WORDS = ' (written down late: what is newer stands before it)';
/** Behind what this version has no words for. */
const OTHER_VERSION_WORDS = ' (written by another version of Siloscope)';

/** What a line of the journal says, as one safe line: in plain words, or by its raw name where another version wrote it. */
export function wordJournal(entry: JournalEntry): string {
  const { what, data } = entry;
  if (!isJournalName(what)) {
    const raw = `${what}: ${subjectText(entry)} ${dataText(entry, MOST_DATA)}`.trimEnd();
    return `${escapeUntrusted(shortIds(raw), 400)}${OTHER_VERSION_WORDS}`;
  }
  // In one go: what is filled in may look like a fact itself.
  const told = JOURNAL_WORDS[what].replace(PART, (_, optional: string | undefined, name = '') =>
    optional === undefined ? (journalFact(entry, name) ?? '?') : (filled(optional, entry) ?? ''),
  );
  const since = data?.['unwatched'] === true ? UNWATCHED_WORDS : '';
  return `${told}${since}${data?.['late'] === true ? LATE_WORDS : ''}`;
}

const MOST_DATA = 200;
const FACT = /\{(\w+)\}/g;
const PART = /\[([^\]]*)\]|\{(\w+)\}/g;

/** A part with its facts; undefined where one of them is unknown. */
function filled(part: string, entry: JournalEntry): string | undefined {
  let isWhole = true;
  const text = part.replace(FACT, (_, name: string) => {
    const fact = journalFact(entry, name);
    if (fact === undefined) isWhole = false;
    return fact ?? '';
  });
  return isWhole ? text : undefined;
}

/** Makes the question of a filter, once for many lines: its words are looked for in what the line says, too. */
export function wordedMatcher(filter: JournalFilter): (entry: JournalEntry) => boolean {
  return journalMatcher(filter, wordJournal);
}
