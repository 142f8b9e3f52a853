import { sha256 } from '../../base/sha256.ts';
import { namesIn, type ReportDepth, type ReportParts, reportJson } from '../../contract/report.ts';
import type { Policy } from '../../domain/policy.ts';
import { redactor } from '../../domain/report-redaction.ts';
import { hideSecrets } from '../../domain/secrets.ts';
import { policyJudgement } from '../word-violation.ts';
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
export async function composeReport(parts: ReportParts, options: ReportOptions): Promise<string> {
  const { madeAt, depth, policy, keepsNames = false } = options;
  const json = reportJson(parts);
  const judgement =
    policy === undefined || !('is' in parts.inspection) ? undefined : policyJudgement(policy, parts.inspection.is);
  return reportPage(
    {
      parts,
      madeAt,
      depth,
      policy: policy === undefined || judgement === undefined ? undefined : { name: policy.name, judgement },
      redacted: !keepsNames,
      data: { json, sha256: await sha256(json) },
    },
    keepsNames ? text => hideSecrets(text, '<secret>') : redactor(namesIn(parts)).text,
  );
}
