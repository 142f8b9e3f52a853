import { visibilityWords } from './screen-visibility.ts';
import { isOnlyExpected, type Judged } from './word-proof.ts';

/** The verdict in a word or three: what only a rule says is expected. */
export function wordVerdict(volume: Judged): string {
  return visibilityWords[isOnlyExpected(volume) ? 'expectedVerdicts' : 'verdicts'][volume.verdict];
}
