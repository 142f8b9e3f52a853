import { isPredicted } from '../domain/evidence-ranks.ts';
import type { Finding, Inspection } from '../domain/inspection.ts';
import { type Breach, type Judgeable, judgePolicy, type SightBreach } from '../domain/judge-policy.ts';
import type { NamespaceId } from '../domain/namespace.ts';
import type { Judgement, Policy, Violation } from '../domain/policy.ts';
import { uncPath } from '../domain/unc-prefix.ts';
import { namespaceNames } from './namespace-names.ts';
import { escapeUntrusted } from './plain-text.ts';
import { wordCellEvidence } from './word-evidence.ts';

/** What a policy makes of an inspection, judged and worded. */
export function policyJudgement(policy: Policy, inspection: Judgeable): Judgement {
  const { violations, accepted } = judgePolicy(policy, inspection);
  const word = breachWords(policy, inspection);
  return { violations: violations.map(word), accepted: accepted.map(word) };
}

/** Puts breaches of one inspection into words. */
export function breachWords(
  policy: Policy,
  { namespaces, volumes }: Pick<Inspection, 'namespaces' | 'volumes'>,
): (breach: Breach) => Violation {
  const name = namespaceNames(namespaces);
  const homes = new Map(volumes.map(({ device, home }) => [device, home]));
  return breach => {
    if (breach.kind === 'finding') {
      const { finding, ...violation } = breach;
      return { ...violation, summary: wordFindingBreach(finding, violation) };
    }
    const { cell: _, ...violation } = breach;
    return { ...violation, summary: wordSightBreach(breach, policy, name, homes.get(breach.device)) };
  };
}

/** One violation in a sentence or two, the rule's own reason last. */
function wordSightBreach(
  breach: SightBreach,
  policy: Policy,
  name: (id: NamespaceId) => string,
  home: NamespaceId | undefined,
): string {
  const what = escapeUntrusted(breach.uncPrefix === undefined ? breach.device : uncPath(breach.uncPrefix));
  const whose = home === undefined ? '' : ` of ${name(home)}`;
  const more = breach.others.length === 0 ? '' : ` and ${breach.others.length} more`;
  const from = `${name(breach.seenFrom)}${more}`;
  const sure = wordCellEvidence({ ...breach.cell, visible: 'yes' }).replace(/^expected,? /, '');
  const expected = isTested(breach) ? '' : 'expected to be ';
  const found =
    breach.visible === 'yes'
      ? `${what}${whose} is ${expected}visible from ${from} (${sure}).`
      : `${what}${whose} could not be shown to be invisible from ${from}.`;
  const ground =
    breach.rule === undefined
      ? 'No rule allows it.'
      : escapeUntrusted(policy.rules[breach.rule]?.reason ?? `Rule ${breach.rule + 1} forbids it.`, 400);
  return [found, ground, ...wordAcceptance(breach)].join(' ');
}

function wordFindingBreach({ summary }: Finding, breach: Pick<Breach, 'accepted' | 'expired'>): string {
  return [summary, ...wordAcceptance(breach)].join(' ');
}

function wordAcceptance({ accepted, expired }: Pick<Breach, 'accepted' | 'expired'>): string[] {
  if (accepted !== undefined) return [`Accepted until ${accepted.until}: ${escapeUntrusted(accepted.reason, 400)}`];
  if (expired === undefined) return [];
  return [`It was accepted until ${expired.until}, which is over (${escapeUntrusted(expired.reason, 400)}).`];
}

function isTested({ cell }: SightBreach): boolean {
  return !isPredicted(cell.evidence);
}
