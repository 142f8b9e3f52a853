import { evidenceChain } from '../../../shared/domain/evidence-chain.ts';
import type { InspectedVolume, Visibility } from '../../../shared/domain/inspection.ts';
import { mergeEvidence, type Observation } from '../../../shared/domain/merge-evidence.ts';
import { judgeAll, judgeVisibility, proofOf, verdictOf, type World } from '../../../shared/domain/visibility.ts';
import { chainObservations } from './chain-observations.ts';
import { classWinners } from './class-winners.ts';
import type { Inventory } from './inventory.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';
import type { Observed } from './observe.ts';
import { passiveObservations } from './passive-observations.ts';

/** All that was seen. */
export interface Known {
  readonly inventory: Inventory;
  readonly observed: Observed;
  readonly servers: readonly string[];
}

/** Every volume with its cells and its chain of evidence. Findings are not yet found. */
export function inspectVolumes(known: Known, at: string): InspectedVolume[] {
  const world = worldOf(known);
  const inspect = inspector(known, world, at);
  return judgeAll(world).flatMap((row, index) => {
    const witnessed = known.inventory.volumes[index];
    return witnessed === undefined ? [] : [inspect(witnessed, row)];
  });
}

/** One of them, judged among all. */
export function inspectVolume(known: Known, witnessed: WitnessedVolume, at: string): InspectedVolume {
  const world = worldOf(known);
  const row = world.namespaces.map(namespace => judgeVisibility(witnessed.volume, namespace, world));
  return inspector(known, world, at)(witnessed, row);
}

function worldOf({ inventory, observed, servers }: Known): World {
  const volumes = inventory.volumes.map(witnessed => witnessed.volume);
  return {
    volumes,
    namespaces: inventory.views.map(view => view.namespace),
    servers,
    classWinners: classWinners(volumes, observed),
  };
}

/** Puts what was seen of a volume beside what the rule says of it. */
function inspector(
  { inventory, observed }: Known,
  world: World,
  at: string,
): (witnessed: WitnessedVolume, row: readonly Visibility[]) => InspectedVolume {
  const passive = passiveObservations(inventory, at);
  const homes = new Map(world.namespaces.map(namespace => [namespace.id, namespace]));
  return (witnessed, row) => {
    const { volume } = witnessed;
    const home = homes.get(volume.home);
    const active = observed.volumes.get(volume.device);
    const visibility = row.map((cell): Visibility => {
      const seen = passive(witnessed, cell.namespace);
      const looked = active?.get(cell.namespace);
      if (seen === undefined && looked === undefined) return cell;
      const heard: Observation[] = [...(seen === undefined ? [] : [seen]), ...(looked ?? [])];
      return mergeEvidence(cell, heard);
    });
    return {
      ...volume,
      verdict: verdictOf(volume.home, visibility),
      proof: proofOf(volume.home, visibility),
      visibility,
      chain: home === undefined ? [] : evidenceChain(volume, home, chainObservations(inventory, witnessed, active, at)),
      findings: [],
    };
  };
}
