import type { ReportParts } from '../../contract/report.ts';
import type { Inspection } from '../../domain/inspection.ts';
import type { JournalMoment } from '../../domain/journal-moment.ts';
import type { Namespace } from '../../domain/namespace.ts';
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

/** The same of a moment that is past. What a rule asks of labels and profiles nobody wrote down: then nothing is clean. */
export function judgePast(parts: ReportParts, policy: Policy, moment: JournalMoment): ReportParts {
  const { inspection } = parts;
  if (!('is' in inspection)) return judgeReport(parts, policy);
  const known: Inspection = { ...inspection.is, namespaces: withContainers(inspection.is.namespaces, moment) };
  const { policy: judged } = judgeReport({ ...parts, inspection: { is: known } }, policy);
  if (judged === undefined) return parts;
  const isUnknown = policy.rules.some(({ label, profile }) => label !== undefined || profile !== undefined);
  const unknown = isUnknown ? ['labels and profiles of containers, of which rules speak: not recorded'] : [];
  return { ...parts, policy: { ...judged, incomplete: [...judged.incomplete, ...unknown] } };
}

/** Rules name containers and images, which the journal knows. */
function withContainers(namespaces: readonly Namespace[], moment: JournalMoment): Namespace[] {
  const known = new Map(moment.namespaces.map(one => [one.id, one]));
  return namespaces.map(namespace => {
    const { container: id, image = '' } = known.get(namespace.id) ?? {};
    if (id === undefined) return namespace;
    const isolation = namespace.kind === 'vm' ? 'hyperv' : 'process';
    return { ...namespace, container: { id, name: namespace.label, image, isolation, labels: {}, managed: false } };
  });
}
