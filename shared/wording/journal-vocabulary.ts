import { KNOWN_ERRORS } from '../domain/error-catalogue.ts';
import { EVIDENCE_RANKS } from '../domain/evidence-ranks.ts';
import { FAULT_CODE_WORDS } from './fault-code-words.ts';
import { FACT_PHRASES } from './journal-facts.ts';
import { JOURNAL_WORDS } from './journal-words.ts';
import { FSD_WORDS } from './screen-timeline.ts';
import { PURPOSE_WORDS } from './word-elevation.ts';
import { wordRank } from './word-evidence.ts';
import { findingKindWords } from './word-finding-code.ts';
import { NOT_STOPPED_WORDS } from './word-guard.ts';
import { UNWATCHED_WORDS } from './word-journal.ts';

/** Every text that a line's words can have beside what the line itself holds, in lower case. */
const VOCABULARY = [
  JOURNAL_WORDS,
  FAULT_CODE_WORDS,
  FACT_PHRASES,
  FACT_PHRASES.depths,
  FACT_PHRASES.secretStates,
  FACT_PHRASES.ways,
  FACT_PHRASES.verdicts,
  FACT_PHRASES.mups,
  FSD_WORDS,
  PURPOSE_WORDS,
  NOT_STOPPED_WORDS,
  Object.values(findingKindWords).map(({ title }) => title),
  EVIDENCE_RANKS.map(wordRank),
  KNOWN_ERRORS.flatMap(({ values, cause }) => (values === undefined ? [] : [cause])),
  [UNWATCHED_WORDS, 'no more and volumes namespaces gaps rules images the host'],
]
  .flatMap(words => Object.values(words))
  .filter(words => typeof words === 'string')
  .join('\n')
  .toLowerCase();

/** What is counted, measured or written in another form than the line has it: numbers, `0xC0000005`, `1.2 GB`. */
const REWORDED = /^(?:[\d.]{1,5}|0x[0-9a-f]*|x[0-9a-f]+|[bkmgtp]b?)$/;

/**
 * Whether a line's words may hold this word of a search (lower case) though the line's own bytes do not. Never false where
 * they do.
 */
export function mayBeWorded(word: string): boolean {
  const bare = word.replace(/^[.:{}-]+|[.:{}-]+$/g, '');
  return bare !== word || bare === '' || REWORDED.test(bare) || VOCABULARY.includes(bare);
}
