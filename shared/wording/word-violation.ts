import type { Inspection } from '../domain/inspection.ts';
import { type Breach, judgePolicy } from '../domain/judge-policy.ts';
import type { NamespaceId } from '../domain/namespace.ts';
import type { Policy, Violation } from '../domain/policy.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { namespaceNames } from './namespace-names.ts';
import { escapeUntrusted } from './plain-text.ts';
import { wordEvidence } from './word-evidence.ts';

/** A policy's violations, judged and worded. */
export function policyViolations(policy: Policy, inspection: Pick<Inspection, 'namespaces' | 'volumes'>): Violation[] {
  const name = namespaceNames(inspection.namespaces);
  const homes = new Map(inspection.volumes.map(({ device, home }) => [device, home]));
  return judgePolicy(policy, inspection).map(breach => {
    const { cell: _, ...violation } = breach;
    const home = homes.get(breach.device);
    return { ...violation, summary: wordBreach(breach, policy, name, home) };
  });
}

/** One violation in a sentence or two, the rule's own reason last. */
export function wordBreach(
  breach: Breach,
  policy: Policy,
  name: (id: NamespaceId) => string,
  home: NamespaceId | undefined,
): string {
  const what = escapeUntrusted(breach.uncPrefix === undefined ? breach.device : uncPath(breach.uncPrefix));
  const whose = home === undefined ? '' : ` of ${name(home)}`;
  const from = name(breach.seenFrom);
  const reason = policy.rules[breach.rule]?.reason;
  const sure = wordEvidence(breach.cell.evidence).replace(/^expected, /, '');
  const expected = isTested(breach) ? '' : 'expected to be ';
  const found =
    breach.visible === 'yes'
      ? `${what}${whose} is ${expected}visible from ${from} (${sure}).`
      : `${what}${whose} could not be shown to be invisible from ${from}.`;
  return reason === undefined ? found : `${found} ${escapeUntrusted(reason, 400)}`;
}

function isTested({ cell }: Breach): boolean {
  return cell.evidence.rank !== 'rule' && cell.evidence.rank !== 'not-tested';
}
