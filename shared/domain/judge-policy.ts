import type { InspectedVolume, Inspection, Visibility } from './inspection.ts';
import type { Namespace, NamespaceId } from './namespace.ts';
import type { Policy, Violation } from './policy.ts';
import { matchesWildcard } from './wildcard.ts';

/** A violation before it is put into words. */
export interface Breach extends Omit<Violation, 'summary'> {
  readonly cell: Visibility;
}

/** The built-in policy: nothing is seen outside its own namespace. */
export const NO_LEAKS: Policy = {
  name: 'no-leaks',
  rules: [{ seenFrom: 'anywhere', allow: false, reason: 'No volume may be seen outside its own namespace.' }],
};

/** Policies that can be given by name instead of a file. */
export const BUILT_IN_POLICIES: ReadonlyMap<string, Policy> = new Map([[NO_LEAKS.name, NO_LEAKS]]);

/**
 * Holds a policy against an inspection. For each volume and each namespace but its home the first matching rule
 * decides; no match allows. A cell that is `unknown` breaks a rule that forbids it, because it cannot be ruled out.
 */
export function judgePolicy(policy: Policy, inspection: Pick<Inspection, 'namespaces' | 'volumes'>): Breach[] {
  const namespaces = new Map(inspection.namespaces.map(namespace => [namespace.id, namespace]));
  return inspection.volumes.flatMap(volume => breachesOf(volume, policy, namespaces));
}

function breachesOf(
  volume: InspectedVolume,
  policy: Policy,
  namespaces: ReadonlyMap<NamespaceId, Namespace>,
): Breach[] {
  const home = namespaces.get(volume.home);
  const rules = policy.rules.map(rule => ({ rule, applies: isAbout(rule, volume, home) }));
  const breaches: Breach[] = [];
  for (const cell of volume.visibility) {
    if (cell.namespace === volume.home || cell.visible === 'no') continue;
    const kind = namespaces.get(cell.namespace)?.kind ?? (cell.namespace === 'host' ? 'host' : 'silo');
    const index = rules.findIndex(
      ({ rule, applies }) => applies && (rule.seenFrom === 'anywhere' || rule.seenFrom === kind),
    );
    if (index < 0 || rules[index]?.rule.allow !== false) continue;
    breaches.push({
      rule: index,
      device: volume.device,
      ...(volume.uncPrefix === undefined ? {} : { uncPrefix: volume.uncPrefix }),
      ...(home?.container === undefined ? {} : { container: home.container.name }),
      seenFrom: cell.namespace,
      visible: cell.visible,
      rank: cell.evidence.rank,
      cell,
    });
  }
  return breaches;
}

/** A rule that names a prefix, container, image or label is not about a volume that has none. */
function isAbout(rule: Policy['rules'][number], volume: InspectedVolume, home: Namespace | undefined): boolean {
  const { uncPrefix, container, image, label } = rule;
  const labels = Object.entries(home?.container?.labels ?? {});
  return (
    (uncPrefix === undefined || (volume.uncPrefix !== undefined && matchesWildcard(uncPrefix, volume.uncPrefix))) &&
    (container === undefined || (home?.container !== undefined && matchesWildcard(container, home.container.name))) &&
    (image === undefined || (home?.container !== undefined && matchesWildcard(image, home.container.image))) &&
    (label === undefined ||
      labels.some(([key, value]) => matchesWildcard(label, label.includes('=') ? `${key}=${value}` : key)))
  );
}
