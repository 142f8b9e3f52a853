import { redactor } from '../domain/report-redaction.ts';
import type { Contract } from './contract.ts';
import { type Fault, faultOf } from './fault.ts';
import type { CallName, InputOf, OutputOf } from './operation.ts';

/** A part of the report, or why it is missing: a host that is broken is what reports are for. */
export type Part<T> = { readonly is: T } | { readonly fault: Fault };

/** What somebody who is asked for help needs to know. */
export interface ReportParts {
  readonly siloscope: string;
  readonly snapshot: Part<OutputOf<Contract, 'snapshot.take'>>;
  readonly readiness: Part<OutputOf<Contract, 'readiness.check'>>;
  readonly inspection: Part<OutputOf<Contract, 'inspection.take'>>;
  readonly journal: Part<OutputOf<Contract, 'journal.read'>>;
}

type Ask = <N extends CallName<Contract>>(name: N, input: InputOf<Contract, N>) => Promise<OutputOf<Contract, N>>;

/** Asks for the parts of a report. Nothing is probed, nothing is written. Only a cancellation rejects it. */
export async function gatherReport(siloscope: string, ask: Ask): Promise<ReportParts> {
  const part = async <T>(asked: Promise<T>): Promise<Part<T>> => {
    try {
      return { is: await asked };
    } catch (caught) {
      const fault = faultOf(caught);
      if (fault.code === 'cancelled') throw caught;
      return { fault };
    }
  };
  const [snapshot, readiness, inspection, journal] = await Promise.all([
    part(ask('snapshot.take', {})),
    part(ask('readiness.check', {})),
    part(ask('inspection.take', {})),
    part(ask('journal.read', { before: Number.MAX_SAFE_INTEGER, limit: 200 })),
  ]);
  return { siloscope, snapshot, readiness, inspection, journal };
}

/** The parts without what says who and where: any JSON of the same shape, labels and environments gone. */
export function redactReport(parts: ReportParts): unknown {
  const { snapshot, inspection } = parts;
  const names = [
    ...('is' in snapshot ? [snapshot.is.host.facts.machineName] : []),
    ...('is' in inspection ? [inspection.is.host.facts.machineName] : []),
  ];
  return redactor(names).json(parts);
}
