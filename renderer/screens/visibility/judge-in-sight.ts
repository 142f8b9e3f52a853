import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { judgePolicy } from '../../../shared/domain/judge-policy.ts';
import type { Policy, Violation } from '../../../shared/domain/policy.ts';
import { policyViolations } from '../../../shared/wording/word-violation.ts';

/** So many volumes are judged at a time, and so many violations counted at most: a thousand leaking silos have millions. */
const SLICE = 25;
export const MOST_COUNTED = 999;

export interface Judged {
  /** The first few, in words. */
  readonly shown: readonly Violation[];
  readonly count: number;
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
  const { namespaces } = inspection;
  // What is private with every cell tested or ruled out breaks no rule; it is most of them.
  const volumes =
    volume === undefined
      ? inspection.volumes.filter(({ home, visibility }) =>
          visibility.some(({ namespace, visible }) => namespace !== home && visible !== 'no'),
        )
      : [volume];
  let count = 0;
  const shown: Violation[] = [];
  for (let first = 0; first < volumes.length; first += SLICE) {
    const slice = volumes.slice(first, first + SLICE);
    count += judgePolicy(policy, { namespaces, volumes: slice }).length;
    for (const one of slice) {
      if (shown.length >= most) break;
      shown.push(...policyViolations(policy, { namespaces, volumes: [one] }).slice(0, most - shown.length));
    }
    if (count > MOST_COUNTED) return { shown, count: MOST_COUNTED, atLeast: true };
  }
  return { shown, count, atLeast: false };
}
