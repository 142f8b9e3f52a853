import type { MomentEnd } from '../domain/compare-moments.ts';
import type { JournalMoment } from '../domain/journal-moment.ts';
import type { Judgement } from '../domain/policy.ts';
import { redactor } from '../domain/report-redaction.ts';
import { alikeIn } from '../domain/visibility-row.ts';
import type { Contract } from './contract.ts';
import { type Fault, faultOf } from './fault.ts';
import type { CallName, InputOf, OutputOf } from './operation.ts';

/** A part of the report, or why it is missing: a host that is broken is what reports are for. */
export type Part<T> = { readonly is: T } | { readonly fault: Fault };

/** What somebody who is asked for help needs to know. */
export interface ReportParts {
  readonly siloscope: string;
  readonly snapshot: Part<OutputOf<Contract, 'snapshot.take'>>;
  /** Absent in a report about the past: nobody can check what was ready then. */
  readonly readiness?: Part<OutputOf<Contract, 'readiness.check'>>;
  readonly inspection: Part<OutputOf<Contract, 'inspection.take'>>;
  readonly journal: Part<OutputOf<Contract, 'journal.read'>>;
  /** What a policy makes of the inspection; absent: none was held against it. */
  readonly policy?: ReportJudgement;
  /**
   * It is about a moment that is past; absent: about now. The snapshot is of then, too, as far as that was recorded, and
   * tells no file systems.
   */
  readonly past?: ReportedMoment;
}

/** Which moment a report is about, and what is missing of it. */
export interface ReportedMoment extends MomentEnd {
  readonly engine?: JournalMoment['engine'];
  readonly fsd?: JournalMoment['fsd'];
  /** What the host said of itself; what is absent was not recorded. */
  readonly host?: JournalMoment['host'];
  /** What nobody wrote down then, in sentences. */
  readonly missing: readonly string[];
}

/** A judgement, with the policy's name and what could not be listed: with something there, nothing is clean. */
export interface ReportJudgement extends Judgement {
  readonly name: string;
  readonly incomplete: readonly string[];
}

/** How parts are asked for. */
export type AskPart = <N extends CallName<Contract>>(
  name: N,
  input: InputOf<Contract, N>,
) => Promise<OutputOf<Contract, N>>;

/** How deep the inspection of a report looks. */
export interface ReportDepth {
  readonly probe: boolean;
  readonly canary: boolean;
  readonly plainUnc: boolean;
}

const NOTHING_OPENED: ReportDepth = { probe: false, canary: false, plainUnc: false };

/** Asks for the parts of a report. Unless it is told to, nothing is probed and nothing written. Only a cancellation rejects it. */
export async function gatherReport(
  siloscope: string,
  ask: AskPart,
  depth: ReportDepth = NOTHING_OPENED,
): Promise<ReportParts> {
  const [snapshot, readiness, inspection, journal] = await Promise.all([
    partOf(ask('snapshot.take', {})),
    // How the host is reached names people, places and files of the one who asks: no reader of a report needs it.
    partOf(ask('readiness.check', {}).then(({ ready, checks }) => ({ ready, checks }))),
    partOf(ask('inspection.take', depth)),
    partOf(ask('journal.read', { before: Number.MAX_SAFE_INTEGER, limit: 200 })),
  ]);
  return { siloscope, snapshot, readiness, inspection, journal };
}

/** What was asked for, or why it is missing. Only a cancellation rejects it. */
export async function partOf<T>(asked: Promise<T>): Promise<Part<T>> {
  try {
    return { is: await asked };
  } catch (caught) {
    const fault = faultOf(caught);
    if (fault.code === 'cancelled') throw caught;
    return { fault };
  }
}

/** The parts without what says who and where: of the same shape, but labels and environments are gone. */
export function redactReport(parts: ReportParts): ReportParts {
  return redactor(namesIn(parts)).json(parts) as ReportParts;
}

/** What `siloscope report --json` prints: the parts, redacted, as JSON. */
export function reportJson(parts: ReportParts): string {
  return `${JSON.stringify(bounded(redactReport(parts)), undefined, 2)}\n`;
}

/** The names of the machine, as far as the parts tell them. */
export function namesIn({ snapshot, inspection }: ReportParts): string[] {
  return [
    ...('is' in snapshot ? [snapshot.is.host.facts.machineName] : []),
    ...('is' in inspection ? [inspection.is.host.facts.machineName] : []),
  ];
}

/** More cells are not written one by one: of a thousand silos that would be hundreds of megabytes. */
const MOST_CELLS = 20_000;

/** The parts; of a large world each volume has `alike` in the place of `visibility`: who sees it alike, the first of them, and how many. */
function bounded(parts: ReportParts): object {
  const { inspection } = parts;
  if (!('is' in inspection)) return parts;
  const { volumes, namespaces } = inspection.is;
  if (volumes.length * namespaces.length <= MOST_CELLS) return parts;
  const brief = volumes.map(({ visibility, ...volume }) => ({
    ...volume,
    alike: Array.from(alikeIn(visibility, volume.home), ({ look, count, first }) => ({ ...look, count, first })),
  }));
  return { ...parts, inspection: { is: { ...inspection.is, volumes: brief } } };
}
