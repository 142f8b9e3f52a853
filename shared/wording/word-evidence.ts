import { assertNever } from '../base/assert-never.ts';
import type { Evidence, EvidenceRank, EvidenceStep, Ground } from '../domain/evidence.ts';
import { isPredicted } from '../domain/evidence-ranks.ts';
import type { Visibility } from '../domain/inspection.ts';
import { wordVisible } from './word-visibility.ts';

/** What a rank of evidence means. */
export function wordRank(rank: EvidenceRank): string {
  switch (rank) {
    case 'not-tested':
      return 'nothing is claimed';
    case 'rule':
      return 'predicted by a rule; nobody looked';
    case 'inventory':
      return "found in the silo's own list of file systems (fsptool lsvol)";
    case 'namespace':
      return 'seen in the object namespace';
    case 'probe':
      return "opened; that it is WinFsp shows in its answer, or in the provider's name";
    case 'canary':
      return 'a random token written inside was read back from outside: the same volume, proven';
    default:
      return assertNever(rank, 'evidence rank');
  }
}

/** Where a claim comes from. */
export function wordGround(ground: Ground): string {
  switch (ground) {
    case 'documented':
      return 'documented by Microsoft or WinFsp';
    case 'inferred':
      return 'inferred from sources; no vendor documents it';
    case 'observed':
      return 'observed on this host';
    default:
      return assertNever(ground, 'ground');
  }
}

/**
 * How sure a claim is, in a few words: that a volume is visible, or with `no` that it is not. A rule is never more than
 * an expectation.
 */
export function wordEvidence({ rank, ground, at }: Evidence, visible: Visibility['visible'] = 'yes'): string {
  if (visible === 'unknown') return wordDoubt(rank, at);
  switch (rank) {
    case 'not-tested':
      return 'not tested';
    case 'rule':
      if (at !== undefined) return 'expected; tried, without a clear answer';
      return ground === 'inferred'
        ? 'expected, not tested: inferred, no vendor documents it'
        : 'expected, not tested: by a documented rule';
    case 'inventory':
      return visible === 'yes' ? 'listed in the silo, not opened' : 'not in the list of file systems';
    case 'namespace':
      return visible === 'yes'
        ? 'seen in the object namespace, not opened'
        : 'looked for in the object namespace, not there';
    case 'probe':
      return visible === 'yes' ? 'opened by a probe' : 'tried by a probe, does not open';
    case 'canary':
      return visible === 'yes' ? 'proven by a canary' : 'tried with a canary, which was not found there';
    default:
      return assertNever(rank, 'evidence rank');
  }
}

/** Nobody knows: who tried got no answer, who did not has no rule either. */
function wordDoubt(rank: EvidenceRank, at: string | undefined): string {
  if (rank === 'not-tested') return 'not tested';
  return rank === 'rule' && at === undefined ? 'not tested, and no rule says' : 'tried, without a clear answer';
}

/** What a claim says, no more than it is founded: `visible (proven by a canary)`, `expected to be visible (not tested: ...)`. */
export function wordClaim(visible: Visibility['visible'], evidence: Evidence): string {
  const isExpected = isPredicted(evidence) && visible !== 'unknown';
  const said = isExpected ? EXPECTED[visible] : wordVisible(visible);
  return `${said} (${wordGrounds(evidence, visible)})`;
}

/** `wordEvidence` behind words that say themselves what is only expected. */
export function wordGrounds(evidence: Evidence, visible?: Visibility['visible']): string {
  return wordEvidence(evidence, visible).replace(/^expected[,;] /, '');
}

const EXPECTED = { yes: 'expected to be visible', no: 'expected not to be visible' } as const;

/** The same of a cell: that names were tried and led nowhere is no longer "not tested", though it decides nothing. */
export function wordCellEvidence({ evidence, visible, refuted = [] }: Omit<Visibility, 'namespace'>): string {
  if (evidence.rank !== 'rule' || refuted.length === 0) return wordEvidence(evidence, visible);
  if (visible === 'unknown') return 'no rule says; the names that were tried do not lead to it';
  return visible === 'no'
    ? 'expected; the names that were tried do not lead to it'
    : 'expected by another name; those that were tried do not lead to it';
}

/** Whether a step holds. */
export function wordHolds(holds: EvidenceStep['holds']): string {
  switch (holds) {
    case 'yes':
      return 'yes';
    case 'no':
      return 'no';
    case 'consistent':
      return 'consistent, not proven';
    case 'not-tested':
      return 'not tested';
    default:
      return assertNever(holds, 'answer');
  }
}
