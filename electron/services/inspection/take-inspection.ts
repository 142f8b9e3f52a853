import type { InspectedVolume, Inspection, Visibility } from '../../../shared/domain/inspection.ts';
import { mergeEvidence, type Observation } from '../../../shared/domain/merge-evidence.ts';
import { judgeAll, verdictOf, type World } from '../../../shared/domain/visibility.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { readNamespaces, type Surroundings } from '../silos/read-namespaces.ts';
import { type Inventory, takeInventory } from './inventory.ts';
import { type Observed, type ObserveOptions, observe } from './observe.ts';
import { passiveObservations } from './passive-observations.ts';

/** Looks at everything once: namespaces, volumes, and as far as asked, every volume from every namespace. */
export async function takeInspection(
  around: Surroundings,
  options: ObserveOptions,
  signal?: AbortSignal,
): Promise<Inspection> {
  const takenAt = new Date(around.clock.now()).toISOString();
  const fsd = await discoverFsd(around.host, signal);
  const reading = await readNamespaces(around, signal);
  const inventory = await takeInventory(around, reading, fsd, signal);
  const observed = await observe(around, inventory, options, signal);
  const namespaces = inventory.views.map(view => view.namespace);
  const volumes = inspectVolumes(inventory, observed, takenAt);
  return {
    takenAt,
    host: { id: around.host.id, facts: around.host.facts },
    namespaces,
    volumes,
    findings: [],
    gaps: [...inventory.gaps, ...observed.gaps],
  };
}

function inspectVolumes(inventory: Inventory, observed: Observed, at: string): InspectedVolume[] {
  const world: World = {
    volumes: inventory.volumes.map(witnessed => witnessed.volume),
    namespaces: inventory.views.map(view => view.namespace),
  };
  const passive = passiveObservations(inventory, at);
  return judgeAll(world).flatMap((row, index) => {
    const witnessed = inventory.volumes[index];
    if (witnessed === undefined) return [];
    const active = observed.volumes.get(witnessed.volume.device);
    const visibility = row.map((cell): Visibility => {
      const seen = passive(witnessed, cell.namespace);
      const looked = active?.get(cell.namespace);
      if (seen === undefined && looked === undefined) return cell;
      const heard: Observation[] = [...(seen === undefined ? [] : [seen]), ...(looked ?? [])];
      return mergeEvidence(cell, heard);
    });
    return [
      {
        ...witnessed.volume,
        verdict: verdictOf(witnessed.volume.home, visibility),
        visibility,
        chain: [],
        findings: [],
      },
    ];
  });
}
