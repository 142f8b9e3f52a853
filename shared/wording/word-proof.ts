import { assertNever } from '../base/assert-never.ts';
import type { InspectedVolume } from '../domain/inspection.ts';
import { alikeIn, countOf } from '../domain/visibility-row.ts';

/** How well a verdict is founded, in a few words to stand behind it: `LEAKED  proven by canary`. */
export function wordProof({
  verdict,
  proof,
  home,
  visibility,
}: Pick<InspectedVolume, 'verdict' | 'proof' | 'home' | 'visibility'>): string {
  const outside = [...alikeIn(visibility, home)];
  switch (verdict) {
    case 'leaked':
      if (proof.rank === 'canary') return 'proven by canary';
      if (proof.rank === 'probe') return 'opened from outside';
      return proof.rank === 'rule' || proof.rank === 'not-tested' ? 'expected, not tested' : `seen (${proof.rank})`;
    case 'private': {
      if (outside.length === 0) return 'nobody else is there to look';
      const untested = outside.filter(
        ({ look: { evidence } }) => evidence.rank === 'rule' || evidence.rank === 'not-tested',
      );
      if (untested.length === 0) return 'as far as tested';
      return untested.length === outside.length
        ? 'expected, not tested'
        : `as far as tested; ${countOf(untested)} of ${countOf(outside)} not tested`;
    }
    case 'unknown':
      return proof.rank === 'not-tested' ? 'not tested' : 'no clear answer';
    default:
      return assertNever(verdict, 'verdict');
  }
}
