import type { ReportParts } from '../../contract/report.ts';

/** All that a report page is made of. */
export interface ReportDocument {
  readonly parts: ReportParts;
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  /** How deep it looked. */
  readonly depth: { readonly probe: boolean; readonly canary: boolean; readonly plainUnc: boolean };
  /** Names of the machine and of people are taken out. */
  readonly redacted: boolean;
  /** The data as JSON, and its SHA-256 in hex. */
  readonly data: { readonly json: string; readonly sha256: string };
}
