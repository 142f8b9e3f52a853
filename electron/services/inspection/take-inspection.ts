import { evidenceChain } from '../../../shared/domain/evidence-chain.ts';
import { type FindingFact, findFindings } from '../../../shared/domain/findings.ts';
import type { FindingCode, InspectedVolume, Inspection, Visibility } from '../../../shared/domain/inspection.ts';
import { mergeEvidence, type Observation } from '../../../shared/domain/merge-evidence.ts';
import { judgeAll, proofOf, verdictOf, type World } from '../../../shared/domain/visibility.ts';
import { wordFindings } from '../../../shared/wording/word-finding.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import { chainObservations } from './chain-observations.ts';
import { classWinners } from './class-winners.ts';
import { type Inventory, takeInventory } from './inventory.ts';
import { type Observed, observe } from './observe.ts';
import type { ObserveOptions } from './observe-options.ts';
import { passiveObservations } from './passive-observations.ts';
import { readServers } from './read-servers.ts';

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
  const known = inventory.volumes.map(witnessed => witnessed.volume);
  const servers = known.some(volume => volume.kind === 'network') ? await readServers(around.host, known, signal) : [];
  const observed = await observe(around, inventory, options, signal);
  const namespaces = inventory.views.map(view => view.namespace);
  const judged = inspectVolumes({ inventory, observed, servers }, takenAt);
  const { ghosts, hypervCommands } = inventory;
  const facts = findFindings({ namespaces, volumes: judged, fsd, ghosts, servers, hypervCommands });
  const byDevice = codesByDevice(facts);
  const volumes = judged.map(volume => ({ ...volume, findings: byDevice.get(volume.device) ?? [] }));
  return {
    takenAt,
    host: { id: around.host.id, facts: around.host.facts },
    namespaces,
    volumes,
    findings: wordFindings(facts, namespaces),
    gaps: [...inventory.gaps, ...observed.gaps],
  };
}

interface Known {
  readonly inventory: Inventory;
  readonly observed: Observed;
  readonly servers: readonly string[];
}

function inspectVolumes({ inventory, observed, servers }: Known, at: string): InspectedVolume[] {
  const volumes = inventory.volumes.map(witnessed => witnessed.volume);
  const world: World = {
    volumes,
    namespaces: inventory.views.map(view => view.namespace),
    servers,
    classWinners: classWinners(volumes, observed),
  };
  const passive = passiveObservations(inventory, at);
  const homes = new Map(world.namespaces.map(namespace => [namespace.id, namespace]));
  return judgeAll(world).flatMap((row, index) => {
    const witnessed = inventory.volumes[index];
    if (witnessed === undefined) return [];
    const home = homes.get(witnessed.volume.home);
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
        proof: proofOf(witnessed.volume.home, visibility),
        visibility,
        chain:
          home === undefined
            ? []
            : evidenceChain(witnessed.volume, home, chainObservations(inventory, witnessed, active, at)),
        findings: [],
      },
    ];
  });
}

/** Codes of findings by device, each once: one pass, so that thousands of volumes with thousands of findings stay cheap. */
function codesByDevice(facts: readonly FindingFact[]): ReadonlyMap<string, FindingCode[]> {
  const codes = new Map<string, FindingCode[]>();
  for (const { code, volumes } of facts) {
    for (const device of volumes) {
      const known = codes.get(device);
      if (known === undefined) codes.set(device, [code]);
      else if (!known.includes(code)) known.push(code);
    }
  }
  return codes;
}
