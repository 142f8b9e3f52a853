import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { type Judged as Breaches, judgeFindings, judgeSights } from '../../../shared/domain/judge-policy.ts';
import type { Policy, Violation } from '../../../shared/domain/policy.ts';
import { countExpected } from '../../../shared/wording/violation-count.ts';
import { breachWords } from '../../../shared/wording/word-violation.ts';

/** So many volumes are judged at a time, and so many violations counted at most: a thousand leaking silos have millions. */
const SLICE = 25;
export const MOST_COUNTED = 199;

export interface Judged {
  /** The first few, in words. */
  readonly shown: readonly Violation[];
  readonly count: number;
  /** Of these a rule alone says so: nobody has seen them. */
  readonly expected: number;
  /** So many more would be, were they not accepted. */
  readonly accepted: number;
  /** Counting was given up. */
  readonly atLeast: boolean;
}

/** Holds the policy against one volume, or against all until there are more violations than anybody reads. */
export function judgeInSight(
  policy: Policy,
  inspection: Inspection,
  volume: InspectedVolume | undefined,
  most: number,
): Judged {
  const { takenAt, namespaces } = inspection;
  const volumes = volume === undefined ? inspection.volumes : [volume];
  const word = breachWords(policy, inspection);
  const shown: Violation[] = [];
  let count = 0;
  let expected = 0;
  let accepted = 0;
  const take = (judged: Breaches): void => {
    count += judged.violations.length;
    expected += countExpected(judged.violations);
    accepted += judged.accepted.length;
    for (const breach of judged.violations.slice(0, most - shown.length)) shown.push(word(breach));
  };
  for (let first = 0; first < volumes.length; first += SLICE) {
    take(judgeSights(policy, { takenAt, namespaces, volumes: volumes.slice(first, first + SLICE) }));
    if (count > MOST_COUNTED)
      return { shown, count: MOST_COUNTED, expected: Math.min(expected, MOST_COUNTED), accepted, atLeast: true };
  }
  if (volume === undefined) take(judgeFindings(policy, inspection));
  return { shown, count, expected, accepted, atLeast: false };
}
