import type { Evidence } from './evidence.ts';
import { isFirmer, rankOf } from './evidence-ranks.ts';
import type { Cells, Way } from './inspection.ts';
import type { NamespaceId } from './namespace.ts';
import { alikeIn } from './visibility-row.ts';

/** Whether a volume's plain UNC name leads to it from outside, and how that is known. */
export interface UncName {
  /** `unclear`: several claim its class, and nobody looked whose it is, or who looked could not tell: then with the time. */
  readonly leads: 'here' | 'elsewhere' | 'unclear';
  readonly evidence: Evidence;
}

const UNCLEAR: UncName = { leads: 'unclear', evidence: { rank: 'not-tested', ground: 'inferred' } };

/** What the cells outside its home say of the UNC name: what was tried before what is expected, success before refusal. */
export function uncNameOf(home: NamespaceId, cells: Cells): UncName {
  const outside = [...alikeIn(cells, home)].map(({ look }) => look);
  const here = firmest(outside.flatMap(({ through }) => through));
  if (here !== undefined && rankOf(here) > rankOf({ rank: 'rule', ground: 'documented' })) {
    return { leads: 'here', evidence: here };
  }
  const elsewhere = firmest(outside.flatMap(({ refuted = [] }) => refuted));
  if (elsewhere !== undefined) return { leads: 'elsewhere', evidence: elsewhere };
  if (here !== undefined) return { leads: 'here', evidence: here };
  const tried = firmest(outside.flatMap(({ unanswered = [] }) => unanswered));
  return tried === undefined ? UNCLEAR : { leads: 'unclear', evidence: tried };
}

function firmest(ways: readonly Way[]): Evidence | undefined {
  return ways
    .filter(({ kind }) => kind === 'unc')
    .map(({ evidence }) => evidence)
    .reduce<Evidence | undefined>((one, other) => (one === undefined || isFirmer(other, one) ? other : one), undefined);
}
