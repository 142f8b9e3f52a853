import type { ReportParts } from '../../contract/report.ts';
import type { Policy } from '../../domain/policy.ts';
import { wordUnlisted } from '../word-gap.ts';
import { policyJudgement } from '../word-violation.ts';

/** The parts with what a policy makes of their inspection. One that could not be taken is nothing to judge, hence not clean. */
export function judgeReport(parts: ReportParts, policy: Policy): ReportParts {
  const { name } = policy;
  const { inspection } = parts;
  if (!('is' in inspection)) {
    return { ...parts, policy: { name, violations: [], accepted: [], incomplete: ['the inspection itself'] } };
  }
  const judgement = policyJudgement(policy, inspection.is);
  return { ...parts, policy: { name, ...judgement, incomplete: wordUnlisted(inspection.is) } };
}
