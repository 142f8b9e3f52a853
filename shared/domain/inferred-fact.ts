import { readEvidence, type SiloEvidence } from './recorded-evidence.ts';
import type { Recording } from './recording.ts';

/** What a recording says of something that is inferred so far. */
export type FactVerdict = 'confirmed' | 'refuted' | 'not-decided';

/** The judgement of one inferred fact, with what it rests on. */
export interface JudgedFact {
  readonly id: string;
  readonly statement: string;
  /** What the inference was drawn from. */
  readonly source: string;
  readonly verdict: FactVerdict;
  /** What was seen, or why nothing could be seen. */
  readonly evidence: string;
}

export type Decision = readonly [verdict: FactVerdict, evidence: string];

/** Something inferred, and how a recording decides it. */
export interface InferredFact {
  readonly id: string;
  readonly statement: string;
  readonly source: string;
  readonly decide: (recording: Recording) => Decision;
}

export const NO_SILO: Decision = ['not-decided', 'no silo was running, or none could be read'];

/** Every silo that can speak must agree: one that does not refutes. */
export function bySilo(judge: (silo: SiloEvidence) => readonly [boolean, string] | undefined) {
  return (recording: Recording): Decision => {
    const said = readEvidence(recording).silos.flatMap(silo => {
      const one = judge(silo);
      return one === undefined ? [] : [{ id: silo.id, holds: one[0], seen: one[1] }];
    });
    const against = said.find(one => !one.holds);
    if (against !== undefined) return ['refuted', `silo ${against.id}: ${against.seen}`];
    const [first] = said;
    return first === undefined
      ? NO_SILO
      : ['confirmed', `${said.length} of ${said.length} silos; ${first.id}: ${first.seen}`];
  };
}
