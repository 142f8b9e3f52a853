import { codesByDevice } from '../../../shared/domain/finding-codes.ts';
import { findFindings, type ServerSource } from '../../../shared/domain/findings.ts';
import { fixesOf } from '../../../shared/domain/fixes.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import { wordFindings } from '../../../shared/wording/word-finding.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import { inspectVolumes } from './inspect-volumes.ts';
import { takeInventory } from './inventory.ts';
import { observe } from './observe.ts';
import type { ObserveOptions } from './observe-options.ts';
import { readLauncherServices } from './read-launcher-services.ts';
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
  const isNetwork = known.some(volume => volume.kind === 'network');
  const serverSources = isNetwork ? await readServers(around.host, known, signal) : new Map<string, ServerSource>();
  const servers = [...serverSources.keys()];
  // A volume of the host has no container that tells its command line; what the Launcher would start for its name is told.
  const isOnHost = known.some(({ home, uncPrefix }) => home === HOST_NAMESPACE && uncPrefix !== undefined);
  const launcher = isOnHost ? await readLauncherServices(around.host, signal) : undefined;
  const observed = await observe(around, inventory, options, signal);
  const namespaces = inventory.views.map(view => view.namespace);
  const judged = inspectVolumes({ inventory, observed, servers }, takenAt);
  const { ghosts, hypervCommands } = inventory;
  const launcherServices = launcher?.services;
  const parts = { namespaces, volumes: judged, fsd, ghosts, servers, serverSources, hypervCommands, launcherServices };
  const facts = findFindings(parts);
  const byDevice = codesByDevice(facts);
  const volumes = judged.map(volume => ({ ...volume, findings: byDevice.get(volume.device) ?? [] }));
  return {
    takenAt,
    host: { id: around.host.id, facts: around.host.facts },
    namespaces,
    volumes,
    findings: wordFindings(facts, namespaces, fact => fixesOf(fact, parts)),
    gaps: [...inventory.gaps, ...observed.gaps, ...(launcher?.gaps ?? [])],
  };
}
