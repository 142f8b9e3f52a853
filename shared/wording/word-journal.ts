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

/** What a line of the journal says, as one safe line: in plain words, or by its raw name where another version wrote it. */
export function wordJournal(entry: JournalEntry): string {
  const { what, data } = entry;
  if (!isJournalName(what)) {
    return escapeUntrusted(shortIds(`${what}: ${subjectText(entry)} ${dataText(entry, MOST_DATA)}`.trimEnd()), 400);
  }
  // In one go: what is filled in may look like a fact itself.
  const told = JOURNAL_WORDS[what].replace(PART, (_, optional: string | undefined, name = '') =>
    optional === undefined ? (journalFact(entry, name) ?? '?') : (filled(optional, entry) ?? ''),
  );
  return data?.['unwatched'] === true ? `${told}${UNWATCHED_WORDS}` : told;
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
