import { EVIDENCE_RANKS, isPredicted } from '../domain/evidence-ranks.ts';
import { formatCount } from './amounts.ts';

/** As much of a violation as tells whether anybody saw it; findings have no rank. */
interface Ranked {
  readonly kind: 'sight' | 'finding';
  readonly visible?: 'yes' | 'unknown';
  readonly rank?: string;
}

/** Ranks are plain text once they have travelled. */
const PREDICTED: ReadonlySet<string> = new Set(EVIDENCE_RANKS.filter(rank => isPredicted({ rank })));

/** How many of them a rule alone expects: nobody has seen them. */
export function countExpected(violations: readonly Ranked[]): number {
  return violations.filter(
    ({ kind, visible, rank }) => kind === 'sight' && visible === 'yes' && rank !== undefined && PREDICTED.has(rank),
  ).length;
}

/** `3 violations`, `1 violation expected by rule`, `2 violations, 1 more expected by rule`; `expected` are among the count. */
export function wordViolations(count: number, expected: number): string {
  const seen = count - expected;
  if (expected === 0) return formatCount(count, 'violation');
  return seen === 0
    ? `${formatCount(expected, 'violation')} expected by rule`
    : `${formatCount(seen, 'violation')}, ${expected} more expected by rule`;
}
