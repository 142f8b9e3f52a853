import { isOnlyExpected, type Judged } from '../domain/expected-verdict.ts';
import type { VolumeVerdict } from '../domain/inspection.ts';
import { visibilityWords } from './screen-visibility.ts';

/** The verdict in a word or three: what only a rule says is expected. */
export function wordVerdict(volume: Judged): string {
  return visibilityWords[isOnlyExpected(volume) ? 'expectedVerdicts' : 'verdicts'][volume.verdict];
}

/** The same within a sentence. */
export function wordVerdictOf(verdict: VolumeVerdict, isExpected: boolean): string {
  return visibilityWords[isExpected ? 'expectedVerdicts' : 'verdicts'][verdict].toLowerCase();
}
