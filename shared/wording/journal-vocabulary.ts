import { KNOWN_ERRORS } from '../domain/error-catalogue.ts';
import { EVIDENCE_RANKS } from '../domain/evidence-ranks.ts';
import { isJournalName, JOURNAL_WEIGHTS, type JournalName } from '../domain/journal-severity.ts';
import { FAULT_CODE_WORDS } from './fault-code-words.ts';
import { FACT_PHRASES } from './journal-facts.ts';
import { JOURNAL_WORDS } from './journal-words.ts';
import { FSD_WORDS } from './screen-timeline.ts';
import { PURPOSE_WORDS } from './word-elevation.ts';
import { wordRank } from './word-evidence.ts';
import { findingKindWords } from './word-finding-code.ts';
import { NOT_STOPPED_WORDS } from './word-guard.ts';
import { LATE_WORDS, UNWATCHED_WORDS } from './word-journal.ts';

/** Texts of any nesting, as one. */
const textsOf = (words: unknown): string =>
  typeof words === 'string'
    ? words
    : typeof words === 'object' && words !== null
      ? Object.values(words).map(textsOf).join('\n')
      : '';

const FINDINGS = Object.values(findingKindWords).map(({ title }) => title);
const RANKS = EVIDENCE_RANKS.map(wordRank);

/** The texts that facts are taken from, by the fact's name. Other facts say what the line itself holds. */
const FACT_TEXTS: Readonly<Record<string, unknown>> = {
  meaning: KNOWN_ERRORS.flatMap(({ values, cause }) => (values === undefined ? [] : [cause])),
  fault: FAULT_CODE_WORDS,
  stateBefore: FSD_WORDS,
  finding: FINDINGS,
  offender: FINDINGS,
  leaks: RANKS,
  violated: RANKS,
  because: NOT_STOPPED_WORDS,
  purpose: PURPOSE_WORDS,
  windows: ', build',
};
/** Short enough to be looked through for every line: what facts are joined by, and phrases of their own. */
const OF_ALL = [FACT_PHRASES, UNWATCHED_WORDS, LATE_WORDS, 'no more and volumes namespaces gaps rules images the host'];

/** All that the words of a line of that name can hold beside what the line itself holds, in lower case. */
const VOCABULARIES = new Map(
  Object.keys(JOURNAL_WEIGHTS)
    .filter(isJournalName)
    .map((name): [JournalName, string] => {
      const words = JOURNAL_WORDS[name];
      const facts = [...words.matchAll(/\{(\w+)\}/g)].map(([, fact = '']) => FACT_TEXTS[fact]);
      return [name, textsOf([words, facts, OF_ALL]).toLowerCase()];
    }),
);

/** What is counted, measured or written in another form than the line has it: numbers, `0xC0000005`, `1.2 GB`. */
const REWORDED = /^(?:[\d.]{1,5}|0x[0-9a-f]*|x[0-9a-f]+|[bkmgtp]b?)$/;

/** Facts that write a value of the line in another form: a piece of its hexadecimal, its plural. */
const FORMS: readonly (readonly [fact: string, written: RegExp])[] = [
  ['{exit}', /^[0-9a-f]{1,8}$/],
  ['{unwritten}', /s$/],
];

/**
 * The names of lines whose words may hold this word of a search (lower case) though the line's own bytes do not: none is
 * missing. `all`: it may be any line.
 */
export function mayBeWorded(word: string): ReadonlySet<string> | 'all' {
  const bare = word.replace(/^[.:{}-]+|[.:{}-]+$/g, '');
  if (bare === '' || REWORDED.test(bare)) return 'all';
  // A colon or a full stop may stand between what the words say and what the line holds.
  if (bare !== word) return 'all';
  const forms = FORMS.flatMap(([fact, written]) => (written.test(bare) ? [fact] : []));
  const isHeldBy = (name: JournalName, vocabulary: string): boolean =>
    vocabulary.includes(bare) || forms.some(fact => JOURNAL_WORDS[name].includes(fact));
  return new Set([...VOCABULARIES].flatMap(([name, vocabulary]) => (isHeldBy(name, vocabulary) ? [name] : [])));
}
