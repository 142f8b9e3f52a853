import { FaultError } from '../../../shared/contract/fault.ts';
import type { EvidenceStep } from '../../../shared/domain/evidence.ts';
import type { Gap, Visibility } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import { type NamespaceReading, readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import { inspectVolume } from './inspect-volumes.ts';
import { type Inventory, takeInventory } from './inventory.ts';
import { observe } from './observe.ts';
import { readServers } from './read-servers.ts';

export interface VolumeLook {
  readonly device: string;
  /** Where to look from; absent: everywhere. */
  readonly namespace?: string | undefined;
  readonly canary: boolean;
  readonly plainUnc: boolean;
}

export interface LookedAtVolume {
  readonly cells: Visibility[];
  readonly chain: EvidenceStep[];
  /** What could not be done, e.g. no token written to a read-only volume. */
  readonly gaps: Gap[];
}

/**
 * Looks at one volume, from one namespace or from all that can look. Its home is always among those that look: without
 * that control a failure elsewhere proves nothing. `known`: other volumes, whose names may clash with its own; absent:
 * every silo is asked for them.
 */
export async function lookAtVolume(
  around: Surroundings,
  { device, namespace, canary, plainUnc }: VolumeLook,
  known: readonly Volume[] | undefined,
  signal?: AbortSignal,
): Promise<LookedAtVolume> {
  const at = new Date(around.clock.now()).toISOString();
  const fsd = await discoverFsd(around.host, signal);
  const reading = await readNamespaces(around, signal);
  const from = namespace === undefined ? undefined : findView(reading.views, namespace);
  const inventory = await inventoryAround(around, reading, { device, from, fsd, known }, signal);
  const witnessed = inventory.volumes.find(({ volume }) => isDevice(volume, device));
  if (witnessed === undefined) {
    const others = inventory.volumes.map(({ volume }) => volume.device);
    throw new FaultError({ code: 'not-found', what: 'volume', name: device, known: others.slice(0, 50) });
  }
  const { volume } = witnessed;
  const all = inventory.volumes.map(one => one.volume);
  const servers = volume.kind === 'network' ? await readServers(around.host, all, signal) : [];
  const lookers = reading.views.filter(
    view => from === undefined || view.namespace.id === from.namespace.id || view.namespace.id === volume.home,
  );
  const narrowed = { ...inventory, views: lookers };
  const options = { probe: true, canary, plainUnc, only: volume.device };
  const observed = await observe(around, narrowed, options, signal);
  const inspected = inspectVolume({ inventory: narrowed, observed, servers }, witnessed, at);
  return {
    cells: inspected.visibility.filter(cell => from === undefined || cell.namespace === from.namespace.id),
    chain: inspected.chain,
    gaps: [...observed.gaps],
  };
}

const isDevice = (volume: Pick<Volume, 'device'>, device: string): boolean =>
  volume.device.toLowerCase() === device.toLowerCase();

function findView(views: readonly NamespaceView[], id: string): NamespaceView {
  const found = views.find(view => view.namespace.id === id);
  if (found !== undefined) return found;
  const ids = views.map(view => view.namespace.id);
  throw new FaultError({ code: 'not-found', what: 'namespace', name: id, known: ids.slice(0, 50) });
}

interface Around {
  readonly device: string;
  readonly from: NamespaceView | undefined;
  readonly fsd: Fsd;
  readonly known: readonly Volume[] | undefined;
}

/** What is in the volume's home and where it is looked at from, read anew; of the rest only what is known. */
async function inventoryAround(
  around: Surroundings,
  reading: NamespaceReading,
  { device, from, fsd, known }: Around,
  signal?: AbortSignal,
): Promise<Inventory> {
  const home = known?.find(volume => isDevice(volume, device))?.home;
  if (known === undefined || home === undefined) return takeInventory(around, reading, fsd, signal);
  const near = new Set([HOST_NAMESPACE, home, from?.namespace.id]);
  const views = reading.views.filter(view => near.has(view.namespace.id));
  const fresh = await takeInventory(around, { ...reading, views }, fsd, signal);
  const far = known.filter(volume => !near.has(volume.home)).map(volume => ({ volume, listed: false }));
  return { ...fresh, views: reading.views, volumes: [...fresh.volumes, ...far] };
}
