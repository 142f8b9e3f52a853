import type { ReportParts } from '../../contract/report.ts';
import type { Judgement } from '../../domain/policy.ts';

/** All that a report page is made of. */
export interface ReportDocument {
  readonly parts: ReportParts;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** How deep it looked. */
  readonly depth: { readonly probe: boolean; readonly canary: boolean; readonly plainUnc: boolean };
  /** The policy it was judged by, if it was. */
  readonly policy?: { readonly name: string; readonly judgement: Judgement } | undefined;
  /** Names of the machine and of people are taken out. */
  readonly redacted: boolean;
  /** The data as JSON, and its SHA-256 in hex. */
  readonly data: { readonly json: string; readonly sha256: string };
}
