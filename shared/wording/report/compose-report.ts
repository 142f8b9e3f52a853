import { sha256 } from '../../base/sha256.ts';
import { namesIn, type ReportDepth, type ReportParts, reportJson } from '../../contract/report.ts';
import type { Policy } from '../../domain/policy.ts';
import { redactor } from '../../domain/report-redaction.ts';
import { hideSecrets } from '../../domain/secrets.ts';
import { judgeReport } from './judge-report.ts';
import { reportPage } from './report-page.ts';

export interface ReportOptions {
  /** ISO 8601 UTC. */
  readonly madeAt: string;
  readonly depth: ReportDepth;
  readonly policy?: Policy | undefined;
  /** Names of the machine and of people stay; secrets never do. */
  readonly keepsNames?: boolean;
}

/** The report as one HTML file. */
export async function composeReport(found: ReportParts, options: ReportOptions): Promise<string> {
  const { madeAt, depth, policy, keepsNames = false } = options;
  const parts = policy === undefined ? found : judgeReport(found, policy);
  const json = reportJson(parts);
  return reportPage(
    {
      parts,
      madeAt,
      depth,
      redacted: !keepsNames,
      data: { json, sha256: await sha256(json) },
    },
    keepsNames ? text => hideSecrets(text, '<secret>') : redactor(namesIn(parts)).text,
  );
}
