import { assertNever } from '../base/assert-never.ts';
import type { Evidence, EvidenceRank, EvidenceStep, Ground } from '../domain/evidence.ts';

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
      return 'opened, and recognised as WinFsp';
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

/** How sure a claim is, in a few words. A rule is never more than an expectation. */
export function wordEvidence({ rank, ground }: Evidence): string {
  switch (rank) {
    case 'not-tested':
      return 'not tested';
    case 'rule':
      return ground === 'inferred'
        ? 'expected, not proven: inferred, no vendor documents it'
        : 'expected, not proven: by a documented rule';
    case 'inventory':
      return 'listed in the silo, not yet opened';
    case 'namespace':
      return 'seen in the object namespace, not yet opened';
    case 'probe':
      return 'opened and recognised as WinFsp';
    case 'canary':
      return 'proven by a canary';
    default:
      return assertNever(rank, 'evidence rank');
  }
}

/** What one step of the chain says. */
export function wordEvidenceStep(code: EvidenceStep['code']): string {
  switch (code) {
    case 'mup-is-shared':
      return "The container has no UNC switchboard (MUP) of its own: its \\Device\\Mup is a link to the host's.";
    case 'device-is-private':
      return "The volume is a device in its own namespace's \\Device, not a link that leads out of it.";
    case 'provider-carries-guid':
      return "The volume leads to a MUP provider whose name carries this container's GUID.";
    case 'listed-in-silo-only':
      return 'WinFsp lists the volume inside the container, and not on the host.';
    case 'opened-through-provider':
      return 'Opened from outside by naming that provider, the volume answers as WinFsp.';
    case 'canary-read-back':
      return 'A random token written inside was read back from outside.';
    default:
      return assertNever(code, 'evidence step');
  }
}

/** Whether a step holds. */
export function wordHolds(holds: EvidenceStep['holds']): string {
  switch (holds) {
    case 'yes':
      return 'yes';
    case 'no':
      return 'no';
    case 'not-tested':
      return 'not tested';
    default:
      return assertNever(holds, 'answer');
  }
}
