import { type Acceptable, endOf, isAbout, longest } from './acceptance.ts';
import { type Finding, type InspectedVolume, type Inspection, Severity, type Visibility } from './inspection.ts';
import { HOST_NAMESPACE, type Namespace, type NamespaceId, PROFILE_LABEL } from './namespace.ts';
import { NO_LEAKS } from './no-leaks.ts';
import type { Acceptance, CitedAcceptance, FindingViolation, Policy, PolicyRule, SightViolation } from './policy.ts';
import { alikeIn } from './visibility-row.ts';
import { matchesWildcard } from './wildcard.ts';

/** A violation, or what an acceptance keeps from being one, before it is put into words. */
export type Breach = SightBreach | FindingBreach;
export interface SightBreach extends Omit<SightViolation, 'summary'> {
  /** Of `seenFrom`. */
  readonly cell: Visibility;
}
export interface FindingBreach extends Omit<FindingViolation, 'summary'> {
  readonly finding: Finding;
}

export interface Judged<B extends Breach = Breach> {
  readonly violations: B[];
  readonly accepted: B[];
}

/** What a policy is held against. Acceptances expire by `takenAt`. */
export type Judgeable = Pick<Inspection, 'takenAt' | 'namespaces' | 'volumes' | 'findings'>;

export { NO_LEAKS };

/** Policies that can be given by name instead of a file. */
export const BUILT_IN_POLICIES: ReadonlyMap<string, Policy> = new Map([[NO_LEAKS.name, NO_LEAKS]]);

/**
 * Holds a policy against an inspection, by the order that `policyPrecedence` (shared/wording) tells: a volume's home may
 * see it; elsewhere the first rule that fits decides, then `otherwise`, then nothing is allowed; a breach that an
 * acceptance in force covers is no violation. A cell that is `unknown` breaks what forbids it, because it cannot be ruled
 * out. Rules are tried once for a volume and a kind of namespace; cells are laid out only where one of them breaks a rule,
 * so the cost is that of volumes, exceptions and breaches.
 */
export function judgePolicy(policy: Policy, inspection: Judgeable): Judged {
  const sights = judgeSights(policy, inspection);
  const findings = judgeFindings(policy, inspection);
  return {
    violations: [...sights.violations, ...findings.violations],
    accepted: [...sights.accepted, ...findings.accepted],
  };
}

/** As far as it is about who sees what. */
export function judgeSights(
  policy: Policy,
  { takenAt, namespaces, volumes }: Omit<Judgeable, 'findings'>,
): Judged<SightBreach> {
  const known = new Map(namespaces.map(namespace => [namespace.id, namespace]));
  const violations: SightBreach[] = [];
  const accepted: SightBreach[] = [];
  for (const volume of volumes) {
    judgeVolume(policy, volume, { known, at: Date.parse(takenAt) }, breach =>
      (breach.accepted === undefined ? violations : accepted).push(breach),
    );
  }
  return { violations, accepted };
}

/** Whether it speaks of findings at all. */
export function judgesFindings({ findings = [], findingsFrom }: Policy): boolean {
  return findings.length > 0 || findingsFrom !== undefined;
}

/** By its code, or by its severity. A leak is judged by who sees it, not by its finding. */
function isForbidden({ findings = [], findingsFrom }: Policy, { code, severity }: Finding): boolean {
  if (code === 'unc-leak') return false;
  const weights = Severity.options;
  return (
    findings.some(one => one === code) ||
    (findingsFrom !== undefined && weights.indexOf(severity) >= weights.indexOf(findingsFrom))
  );
}

/** As far as it is about findings that the policy names, or that weigh as much as it says. */
export function judgeFindings(
  policy: Policy,
  { takenAt, namespaces, volumes, findings }: Judgeable,
): Judged<FindingBreach> {
  const known = new Map(namespaces.map(namespace => [namespace.id, namespace]));
  const byDevice = new Map(volumes.map(volume => [volume.device, volume]));
  const named = findings.filter(finding => isForbidden(policy, finding));
  const breaches = named.map(
    (finding): FindingBreach => ({
      kind: 'finding',
      code: finding.code,
      severity: finding.severity,
      volumes: [...finding.volumes],
      namespaces: [...finding.namespaces],
      ...weigh(policy, thingsOf(finding, byDevice, known), Date.parse(takenAt)),
      finding,
    }),
  );
  return {
    violations: breaches.filter(({ accepted }) => accepted === undefined),
    accepted: breaches.filter(({ accepted }) => accepted !== undefined),
  };
}

/** Whether a rule, or what stands where none fits, forbids it. */
interface Decision {
  /** Of which kind of namespace. */
  readonly kind: Namespace['kind'];
  readonly allow: boolean;
  /** Index; absent: no rule fits. */
  readonly rule?: number;
  readonly acceptance: Weighed;
}

/** An acceptance that covers a breach, in force or not any more. */
interface Weighed {
  readonly accepted?: CitedAcceptance;
  readonly expired?: CitedAcceptance;
}

interface Around {
  readonly known: ReadonlyMap<NamespaceId, Namespace>;
  /** Ms since the epoch. */
  readonly at: number;
}

function judgeVolume(
  policy: Policy,
  volume: InspectedVolume,
  { known, at }: Around,
  tell: (breach: SightBreach) => void,
): void {
  const home = known.get(volume.home);
  const speaking = policy.rules
    .map((rule, index) => ({ rule, index }))
    .filter(({ rule }) => speaksOf(rule, volume, home));
  const decisions = new Map<Namespace['kind'], Decision>();
  const decide = (kind: Namespace['kind']): Decision => {
    const first = speaking.find(({ rule }) => rule.seenFrom === 'anywhere' || rule.seenFrom === kind);
    const allow = first === undefined ? policy.otherwise === 'allow' : first.rule.allow;
    const things = allow ? [] : [{ ...thingOf(volume, home), code: 'unc-leak' as const, seenFrom: kind }];
    const decision: Decision = {
      kind,
      allow,
      ...(first === undefined ? {} : { rule: first.index }),
      acceptance: weigh(policy, things, at),
    };
    decisions.set(kind, decision);
    return decision;
  };
  const decisionOn = (namespace: NamespaceId): Decision => {
    const kind = known.get(namespace)?.kind ?? (namespace === HOST_NAMESPACE ? 'host' : 'silo');
    return decisions.get(kind) ?? decide(kind);
  };
  // Those who see it alike are of one kind: most volumes need no more than that.
  const mayBreak = [...alikeIn(volume.visibility, volume.home)].some(
    ({ look, first }) => look.visible !== 'no' && first.some(id => !decisionOn(id).allow),
  );
  const groups = new Map<string, Omit<SightBreach, 'others'> & { readonly others: NamespaceId[] }>();
  for (const cell of mayBreak ? volume.visibility : []) {
    const { namespace, visible, evidence } = cell;
    if (namespace === volume.home || visible === 'no') continue;
    const decision = decisionOn(namespace);
    if (decision.allow) continue;
    const key = `${decision.kind} ${visible} ${evidence.rank} ${evidence.ground}`;
    const group = groups.get(key);
    if (group !== undefined) {
      group.others.push(namespace);
      continue;
    }
    groups.set(key, {
      kind: 'sight',
      code: 'unc-leak',
      ...(decision.rule === undefined ? {} : { rule: decision.rule }),
      device: volume.device,
      ...(volume.uncPrefix === undefined ? {} : { uncPrefix: volume.uncPrefix }),
      ...(home?.container === undefined ? {} : { container: home.container.name }),
      seenFrom: namespace,
      others: [],
      visible,
      rank: evidence.rank,
      ...decision.acceptance,
      cell,
    });
  }
  for (const group of groups.values()) tell(group);
}

/** A rule that names a prefix, container, image, label or profile is not about a volume that has none. */
function speaksOf(rule: PolicyRule, volume: InspectedVolume, home: Namespace | undefined): boolean {
  const fits = (pattern: string | undefined, text: string | undefined): boolean =>
    pattern === undefined || (text !== undefined && matchesWildcard(pattern, text));
  const { label } = rule;
  const container = home?.container;
  return (
    fits(rule.uncPrefix, volume.uncPrefix) &&
    fits(rule.container, container?.name) &&
    fits(rule.image, container?.image) &&
    fits(rule.profile, container?.labels[PROFILE_LABEL]) &&
    (label === undefined ||
      Object.entries(container?.labels ?? {}).some(([key, value]) =>
        matchesWildcard(label, label.includes('=') ? `${key}=${value}` : key),
      ))
  );
}

function thingOf(volume: InspectedVolume, home: Namespace | undefined): Omit<Acceptable, 'code'> {
  return { uncPrefix: volume.uncPrefix, container: home?.container?.name, device: volume.device };
}

/** What an acceptance of a finding must speak of: every volume of it, or where it has none, every container. */
function thingsOf(
  { code, volumes, namespaces }: Finding,
  byDevice: ReadonlyMap<string, InspectedVolume>,
  known: ReadonlyMap<NamespaceId, Namespace>,
): readonly Acceptable[] {
  if (volumes.length === 0) return namespaces.map(id => ({ code, container: known.get(id)?.container?.name }));
  return volumes.map(device => {
    const volume = byDevice.get(device);
    return volume === undefined ? { code, device } : { code, ...thingOf(volume, known.get(volume.home)) };
  });
}

/** The acceptance that speaks of all of it; in force before the moment it ends. */
function weigh(policy: Policy, things: readonly Acceptable[], at: number): Weighed {
  if (things.length === 0) return {};
  const speaking = (policy.acceptances ?? []).filter(one => things.every(thing => isAbout(one, thing)));
  const found = longest(speaking);
  if (found === undefined) return {};
  return at < endOf(found) ? { accepted: cite(found) } : { expired: cite(found) };
}

const cite = ({ reason, until }: Acceptance): CitedAcceptance => ({ reason, until });

/** Acceptances that hold no longer at that moment (ms since the epoch): what they covered counts again. */
export function expiredAcceptances(policy: Policy, at: number): readonly Acceptance[] {
  return (policy.acceptances ?? []).filter(acceptance => endOf(acceptance) <= at);
}
