import { evidenceChain } from '../../../shared/domain/evidence-chain.ts';
import type { InspectedVolume, Look } from '../../../shared/domain/inspection.ts';
import { mergeEvidence, type Observation } from '../../../shared/domain/merge-evidence.ts';
import type { Namespace, NamespaceId } from '../../../shared/domain/namespace.ts';
import { claimsOf, proofOf, rowByRule, verdictOf, type World } from '../../../shared/domain/visibility.ts';
import { type Viewers, VisibilityRow, viewersOf } from '../../../shared/domain/visibility-row.ts';
import { chainObservations } from './chain-observations.ts';
import { classWinners } from './class-winners.ts';
import type { Inventory } from './inventory.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';
import type { Observed } from './observe.ts';
import type { VolumeObservations } from './observe-volume.ts';
import { PassiveObservations } from './passive-observations.ts';

/** All that was seen. */
export interface Known {
  readonly inventory: Inventory;
  readonly observed: Observed;
  readonly servers: readonly string[];
}

/** Every volume with its row and its chain of evidence. Findings are not yet found. */
export function inspectVolumes(known: Known, at: string): InspectedVolume[] {
  return known.inventory.volumes.map(inspector(known, at));
}

/** One of them, judged among all. */
export function inspectVolume(known: Known, witnessed: WitnessedVolume, at: string): InspectedVolume {
  return inspector(known, at)(witnessed);
}

/** Who answers for which class, as far as it was seen. */
export function worldOf({ inventory, observed, servers }: Known): World {
  const volumes = inventory.volumes.map(witnessed => witnessed.volume);
  return {
    volumes,
    namespaces: inventory.views.map(view => view.namespace),
    servers,
    classWinners: classWinners(volumes, observed),
  };
}

/** Puts what was seen of a volume beside what the rule says of it. Linear in volumes, namespaces and what was seen. */
function inspector(known: Known, at: string): (witnessed: WitnessedVolume) => InspectedVolume {
  const { inventory, observed } = known;
  const world = worldOf(known);
  const claims = claimsOf(world);
  const passive = new PassiveObservations(inventory, at);
  const viewers = viewersOf(world.namespaces, id => passive.trait(id));
  const sources = { inventory, passive, at };
  const homes = new Map<NamespaceId, Namespace>(world.namespaces.map(namespace => [namespace.id, namespace]));
  return witnessed => {
    const { volume } = witnessed;
    const home = homes.get(volume.home);
    const active = observed.volumes.get(volume.device);
    const visibility = rowOf(rowByRule(volume, viewers, claims), witnessed, passive, active);
    return {
      ...volume,
      verdict: verdictOf(volume.home, visibility),
      proof: proofOf(volume.home, visibility),
      visibility,
      chain: home === undefined ? [] : evidenceChain(volume, home, chainObservations(sources, witnessed, active)),
      findings: [],
    };
  };
}

/** The rule's row, with what the inventory proves of whole groups, and what was seen from single namespaces. */
function rowOf(
  rule: VisibilityRow,
  witnessed: WitnessedVolume,
  passive: PassiveObservations,
  active: VolumeObservations | undefined,
): VisibilityRow {
  const { viewers } = rule;
  const looks = rule.looks.map((look, index) => merged(look, passive.ofGroup(witnessed, viewers.groups[index]?.trait)));
  const exceptions = new Map<NamespaceId, Look>();
  const ids = new Set([...rule.exceptions.keys(), ...passive.exceptions(witnessed), ...(active?.keys() ?? [])]);
  for (const id of ids) {
    const look = byRule(rule, viewers, id);
    if (look === undefined) continue;
    const seen = passive.ofOne(witnessed, id);
    exceptions.set(id, merged(look, [...(seen === undefined ? [] : [seen]), ...(active?.get(id) ?? [])]));
  }
  return new VisibilityRow(viewers, looks, exceptions);
}

function byRule({ exceptions, looks }: VisibilityRow, viewers: Viewers, id: NamespaceId): Look | undefined {
  return exceptions.get(id) ?? looks[viewers.groupOf.get(id) ?? -1];
}

function merged(look: Look, heard: readonly Observation[]): Look {
  return heard.length === 0 ? look : mergeEvidence(look, heard);
}
