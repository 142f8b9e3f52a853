import { isPredicted } from './evidence-ranks.ts';
import type { InspectedVolume } from './inspection.ts';
import { alikeIn } from './visibility-row.ts';

/** What a verdict and its proof are read from. */
export type Judged = Pick<InspectedVolume, 'verdict' | 'proof' | 'home' | 'visibility'>;

/** Whether a verdict rests on rules alone: nobody has looked from outside, so it is expected, not found. */
export function isOnlyExpected({ verdict, proof, home, visibility }: Judged): boolean {
  if (verdict === 'leaked') return isPredicted(proof);
  if (verdict === 'unknown') return false;
  const outside = [...alikeIn(visibility, home)];
  return outside.length > 0 && outside.every(({ look }) => isPredicted(look.evidence));
}

/** How many volumes were found to leak, and of how many others a rule alone expects it. */
export function countLeaks(volumes: readonly Judged[]): { readonly leaked: number; readonly expected: number } {
  const all = volumes.filter(({ verdict }) => verdict === 'leaked');
  const expected = all.filter(isOnlyExpected).length;
  return { leaked: all.length - expected, expected };
}
