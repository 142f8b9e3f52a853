import type { Inspection } from '../domain/inspection.ts';
import { type Breach, judgePolicy } from '../domain/judge-policy.ts';
import type { Policy, Violation } from '../domain/policy.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { namespaceName } from './namespace-name.ts';
import { escapeUntrusted } from './plain-text.ts';
import { wordEvidence } from './word-evidence.ts';

/** A policy's violations, judged and worded. */
export function policyViolations(policy: Policy, inspection: Pick<Inspection, 'namespaces' | 'volumes'>): Violation[] {
  return judgePolicy(policy, inspection).map(breach => {
    const { cell: _, ...violation } = breach;
    return { ...violation, summary: wordBreach(breach, policy, inspection) };
  });
}

/** One violation in a sentence or two, the rule's own reason last. */
export function wordBreach(
  breach: Breach,
  policy: Policy,
  { namespaces, volumes }: Pick<Inspection, 'namespaces' | 'volumes'>,
): string {
  const home = volumes.find(({ device }) => device === breach.device)?.home;
  const what = escapeUntrusted(breach.uncPrefix === undefined ? breach.device : uncPath(breach.uncPrefix));
  const whose = home === undefined ? '' : ` of ${namespaceName(home, namespaces)}`;
  const from = namespaceName(breach.seenFrom, namespaces);
  const reason = policy.rules[breach.rule]?.reason;
  const found =
    breach.visible === 'yes'
      ? `${what}${whose} is visible from ${from} (${wordEvidence(breach.cell.evidence)}).`
      : `${what}${whose} could not be shown to be invisible from ${from}.`;
  return reason === undefined ? found : `${found} ${escapeUntrusted(reason, 400)}`;
}
