import type { Acceptance, Policy, PolicyRule } from '../domain/policy.ts';
import { escapeUntrusted } from './plain-text.ts';

/** How a policy decides, step by step: the one place where it is told. The rule itself: shared/domain/judge-policy.ts. */
export const policyPrecedence: readonly (readonly [step: string, outcome: string])[] = [
  ['the volume is at home there', 'allowed, whatever the rules say'],
  ['it is shown not to be visible from there', 'nothing to decide'],
  ['a rule fits (volume and place)', 'the first that fits decides, in the order of the file; later ones are not read'],
  ['no rule fits', '"otherwise" decides; without it: forbidden'],
  ['forbidden, and an acceptance in force fits', 'no violation: shown as accepted, with its reason and its end'],
  ['forbidden, and the acceptances that fit are over', 'a violation again, shown with the acceptance that expired'],
  ['several acceptances fit', 'the one that holds longest; their order does not matter'],
  ['it could not be tested, and no rule says no', 'judged like a sight: what cannot be ruled out is not allowed'],
  [
    'a finding that "findings" names, or as severe as "findingsFrom"',
    'a violation, unless an acceptance in force fits',
  ],
  ['volumes somewhere could not be listed', 'not clean, whatever else was found: one may be there that nobody judged'],
];

/** Which findings violate it, in a sentence; undefined: none does. */
export function wordPolicedFindings({ findings = [], findingsFrom }: Policy): string | undefined {
  if (findings.length === 0 && findingsFrom === undefined) return undefined;
  const weight = findingsFrom === undefined ? [] : [`any finding of severity ${findingsFrom} or more`];
  return `Findings that violate it: ${[...findings, ...weight].join(', ')}.`;
}

/** A rule in a line: `allow \memfs\*, seen from the host (why)`. */
export function wordRule(rule: PolicyRule): string {
  const { uncPrefix, container, image, label, profile } = rule;
  const about = [
    ...(uncPrefix === undefined ? [] : [uncPrefix]),
    ...(container === undefined ? [] : [`container ${container}`]),
    ...(image === undefined ? [] : [`image ${image}`]),
    ...(label === undefined ? [] : [`label ${label}`]),
    ...(profile === undefined ? [] : [`profile ${profile}`]),
  ];
  const why = rule.reason === undefined ? '' : ` (${escapeUntrusted(rule.reason, 400)})`;
  const what = about.length === 0 ? 'any volume' : about.map(part => escapeUntrusted(part)).join(', ');
  return `${rule.allow ? 'allow' : 'forbid'} ${what}, seen from ${rule.seenFrom}${why}`;
}

/** What holds where no rule fits. */
export function wordOtherwise({ otherwise }: Pick<Policy, 'otherwise'>): string {
  return otherwise === 'allow' ? 'What no rule speaks of is allowed.' : 'What no rule speaks of is forbidden.';
}

/** An acceptance in a line, without whether it is over. */
export function wordAcceptance({ code, uncPrefix, container, device, seenFrom, until, reason }: Acceptance): string {
  const about = [uncPrefix, container === undefined ? undefined : `container ${container}`, device]
    .filter(part => part !== undefined)
    .map(part => escapeUntrusted(part));
  const where = seenFrom === 'anywhere' ? '' : `, seen from ${seenFrom}`;
  return `${code} of ${about.join(', ')}${where}, until ${until} (${escapeUntrusted(reason, 400)})`;
}
