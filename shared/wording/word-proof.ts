import { assertNever } from '../base/assert-never.ts';
import { isOpened, isPredicted } from '../domain/evidence-ranks.ts';
import { isOnlyExpected, type Judged } from '../domain/expected-verdict.ts';
import { alikeIn, countOf } from '../domain/visibility-row.ts';

/** How well a verdict is founded, to stand by itself: `expected, not tested`, `proven by canary`. */
export function wordProof(volume: Judged): string {
  const footing = wordFooting(volume);
  if (!isOnlyExpected(volume)) return footing;
  return `expected${footing.startsWith('not') ? ',' : ';'} ${footing}`;
}

/** The same in a few words behind a verdict that says itself what is only expected: `LEAKED  proven by canary`. */
export function wordFooting(volume: Judged): string {
  const { verdict, proof, home, visibility } = volume;
  if (isOnlyExpected(volume)) return proof.at === undefined ? 'not tested' : 'tried, without a clear answer';
  const outside = [...alikeIn(visibility, home)];
  switch (verdict) {
    case 'leaked':
      if (proof.rank === 'canary') return 'proven by canary';
      if (proof.rank === 'probe') return 'opened from outside';
      return `seen (${proof.rank})`;
    case 'private': {
      if (outside.length === 0) return 'nobody else is known to be there';
      const untested = outside.filter(({ look }) => isPredicted(look.evidence));
      const isTried = outside.every(({ look }) => isPredicted(look.evidence) || isOpened(look.evidence));
      const how = isTried ? 'as far as tested' : 'looked for elsewhere, not there';
      return untested.length === 0 ? how : `${how}; ${countOf(untested)} of ${countOf(outside)} not tested`;
    }
    case 'unknown':
      if (outside.length === 0) return 'nobody else is known to be there';
      if (proof.rank === 'rule' && proof.at === undefined) return 'not tested, and no rule says';
      return proof.rank === 'not-tested' ? 'not tested' : 'no clear answer';
    default:
      return assertNever(verdict, 'verdict');
  }
}
