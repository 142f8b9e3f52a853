import { assertNever } from '../base/assert-never.ts';
import type { Evidence, EvidenceRank, EvidenceStep, Ground } from '../domain/evidence.ts';
import type { Visibility } from '../domain/inspection.ts';

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
  if (visible === 'unknown' && rank !== 'rule' && rank !== 'not-tested') return 'tried, without a clear answer';
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

/** The same of a cell: that names were tried and led nowhere is no longer "not tested", though it decides nothing. */
export function wordCellEvidence({ evidence, visible, refuted = [] }: Omit<Visibility, 'namespace'>): string {
  if (evidence.rank !== 'rule' || refuted.length === 0) return wordEvidence(evidence, visible);
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
