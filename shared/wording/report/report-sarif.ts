import { FaultError } from '../../contract/fault.ts';
import type { ReportParts } from '../../contract/report.ts';
import { composeSarif, type SarifParts } from '../compose-sarif.ts';

/** What a SARIF log is made of, out of a report's parts. Fails with why there is no inspection. */
export function sarifPartsOf(version: string, { inspection, snapshot, past }: ReportParts): SarifParts {
  if (!('is' in inspection)) throw new FaultError(inspection.fault);
  return {
    version,
    inspection: inspection.is,
    simulated: 'is' in snapshot && snapshot.is.host.simulated,
    ...(past === undefined
      ? {}
      : { past: { line: past.sequence, missing: past.missing, isBuildKnown: past.host?.windows !== undefined } }),
  };
}

/** A report's findings as the text of a SARIF 2.1.0 log. */
export function reportSarif(version: string, parts: ReportParts): string {
  return `${JSON.stringify(composeSarif(sarifPartsOf(version, parts)), undefined, 2)}\n`;
}
