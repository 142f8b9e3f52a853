import { assertNever } from '../base/assert-never.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { InspectedVolume } from '../domain/inspection.ts';
import { alikeIn, countOf } from '../domain/visibility-row.ts';

/** What a verdict and its proof are read from. */
export type Judged = Pick<InspectedVolume, 'verdict' | 'proof' | 'home' | 'visibility'>;

const isPredicted = ({ rank }: Pick<Evidence, 'rank'>): boolean => rank === 'rule' || rank === 'not-tested';

/** Whether a verdict rests on rules alone: nobody has looked from outside, so it is expected, not found. */
export function isOnlyExpected({ verdict, proof, home, visibility }: Judged): boolean {
  if (verdict === 'leaked') return isPredicted(proof);
  if (verdict === 'unknown') return false;
  const outside = [...alikeIn(visibility, home)];
  return outside.length > 0 && outside.every(({ look }) => isPredicted(look.evidence));
}

/** How many volumes leak, and of how many others a rule alone expects it. */
export function countLeaks(volumes: readonly Judged[]): { readonly leaked: number; readonly expected: number } {
  const all = volumes.filter(({ verdict }) => verdict === 'leaked');
  const expected = all.filter(isOnlyExpected).length;
  return { leaked: all.length - expected, expected };
}

/** How well a verdict is founded, in a few words to stand behind it: `LEAKED  proven by canary`. */
export function wordProof(volume: Judged): string {
  if (isOnlyExpected(volume)) return 'expected, not tested';
  const { verdict, proof, home, visibility } = volume;
  const outside = [...alikeIn(visibility, home)];
  switch (verdict) {
    case 'leaked':
      if (proof.rank === 'canary') return 'proven by canary';
      if (proof.rank === 'probe') return 'opened from outside';
      return `seen (${proof.rank})`;
    case 'private': {
      if (outside.length === 0) return 'nobody else is there to look';
      const untested = outside.filter(({ look }) => isPredicted(look.evidence));
      return untested.length === 0
        ? 'as far as tested'
        : `as far as tested; ${countOf(untested)} of ${countOf(outside)} not tested`;
    }
    case 'unknown':
      if (proof.rank === 'rule' && proof.at === undefined) return 'not tested, and no rule says';
      return proof.rank === 'not-tested' ? 'not tested' : 'no clear answer';
    default:
      return assertNever(verdict, 'verdict');
  }
}
