import type { Acceptance } from './policy.ts';
import { matchesWildcard } from './wildcard.ts';

/** The moment (ms since the epoch) from which an acceptance holds no longer: the end of a day given as a date, in UTC. */
export function endOf({ until }: Pick<Acceptance, 'until'>): number {
  const at = Date.parse(until);
  return /^\d{4}-\d{2}-\d{2}$/.test(until) ? at + 86_400_000 : at;
}

/** What an acceptance may name. */
export interface Acceptable {
  readonly code: Acceptance['code'];
  /** A text that is absent is not fitted by any pattern. */
  readonly uncPrefix?: string | undefined;
  readonly container?: string | undefined;
  readonly device?: string | undefined;
  /** Absent: from nowhere in particular. */
  readonly seenFrom?: 'host' | 'silo' | 'vm' | undefined;
}

/** Whether it speaks of this. Its end is another question. */
export function isAbout(acceptance: Acceptance, thing: Acceptable): boolean {
  const fits = (pattern: string | undefined, text: string | undefined): boolean =>
    pattern === undefined || (text !== undefined && matchesWildcard(pattern, text));
  return (
    acceptance.code === thing.code &&
    fits(acceptance.uncPrefix, thing.uncPrefix) &&
    fits(acceptance.container, thing.container) &&
    fits(acceptance.device, thing.device) &&
    (acceptance.seenFrom === 'anywhere' || acceptance.seenFrom === thing.seenFrom)
  );
}

/** Of several that fit, the one that holds longest; of equals the one whose text comes first, so that their order never matters. */
export function longest(fitting: readonly Acceptance[]): Acceptance | undefined {
  return fitting.reduce<Acceptance | undefined>((best, one) => {
    if (best === undefined || endOf(one) > endOf(best)) return one;
    return endOf(one) === endOf(best) && textOf(one) < textOf(best) ? one : best;
  }, undefined);
}

const textOf = ({ reason, until }: Acceptance): string => `${until} ${reason}`;
