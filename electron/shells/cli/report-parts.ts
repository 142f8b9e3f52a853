import type { Contract } from '../../../shared/contract/contract.ts';
import type { Fault } from '../../../shared/contract/fault.ts';
import type { OutputOf } from '../../../shared/contract/operation.ts';

/** A part of the report, or why it is missing: a host that is broken is what reports are for. */
export type Part<T> = { readonly is: T } | { readonly fault: Fault };

export interface ReportParts {
  readonly siloscope: string;
  readonly snapshot: Part<OutputOf<Contract, 'snapshot.take'>>;
  readonly readiness: Part<OutputOf<Contract, 'readiness.check'>>;
  readonly inspection: Part<OutputOf<Contract, 'inspection.take'>>;
  readonly journal: Part<OutputOf<Contract, 'journal.read'>>;
}
