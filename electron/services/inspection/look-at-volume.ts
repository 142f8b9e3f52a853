import { FaultError } from '../../../shared/contract/fault.ts';
import type { EvidenceStep, EvidenceStepCode } from '../../../shared/domain/evidence.ts';
import { CHAINS } from '../../../shared/domain/evidence-chain.ts';
import type { Gap, Visibility } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE } from '../../../shared/domain/namespace.ts';
import type { Fsd } from '../../../shared/domain/readiness.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import type { NamespaceView } from '../silos/namespace-view.ts';
import { type NamespaceReading, readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import { inspectVolume } from './inspect-volumes.ts';
import { devicesOf, type Inventory, takeInventory } from './inventory.ts';
import { observe } from './observe.ts';
import type { ObserveOptions } from './observe-options.ts';
import { readServers } from './read-servers.ts';

export interface VolumeLook {
  readonly device: string;
  /** Where to look from; absent: everywhere. */
  readonly namespace?: string | undefined;
  readonly canary: boolean;
  readonly plainUnc: boolean;
  /** Only what this link of the chain needs. */
  readonly step?: EvidenceStepCode | undefined;
}

export interface LookedAtVolume {
  readonly cells: Visibility[];
  readonly chain: EvidenceStep[];
  /** What could not be done, e.g. no token written to a read-only volume. */
  readonly gaps: Gap[];
}

/**
 * Looks at one volume, from one namespace or from all that can look. Its home is always among those that look: without
 * that control a failure elsewhere proves nothing. A single step of its chain is looked at from one place, the host
 * unless told otherwise. `known`: other volumes, whose names may clash with its own; absent: every silo is asked for them.
 */
export async function lookAtVolume(
  around: Surroundings,
  { device, namespace, step, ...depth }: VolumeLook,
  known: readonly Volume[] | undefined,
  signal?: AbortSignal,
): Promise<LookedAtVolume> {
  const at = new Date(around.clock.now()).toISOString();
  const fsd = await discoverFsd(around.host, signal);
  const reading = await readNamespaces(around, signal);
  const from = namespace === undefined ? undefined : findView(reading.views, namespace);
  // What is remembered of fsptool's list is what this step is to ask anew.
  const { rooms: _, ...forgetful } = around;
  const asking = step === 'listed-in-silo-only' ? forgetful : around;
  const inventory = await inventoryAround(asking, reading, { device, from, fsd, known }, signal);
  const witnessed = inventory.volumes.find(({ volume }) => isDevice(volume, device));
  if (witnessed === undefined) {
    const others = inventory.volumes.map(({ volume }) => volume.device);
    throw new FaultError({ code: 'not-found', what: 'volume', name: device, known: others.slice(0, 50) });
  }
  const { volume } = witnessed;
  const options = { ...(step === undefined ? { probe: true, ...depth } : depthOf(step, volume)), only: volume.device };
  const all = inventory.volumes.map(one => one.volume);
  const isOpened = options.probe || options.canary || options.plainUnc;
  const isAsked = isOpened && volume.kind === 'network';
  const servers = isAsked ? [...(await readServers(around.host, all, signal)).keys()] : [];
  const place = from?.namespace.id ?? (step === undefined ? undefined : placeFor(volume, reading.views));
  const lookers = reading.views.filter(
    view => place === undefined || view.namespace.id === place || view.namespace.id === volume.home,
  );
  const narrowed = { ...inventory, views: lookers };
  const observed = await observe(around, narrowed, options, signal);
  const inspected = inspectVolume({ inventory: narrowed, observed, servers }, witnessed, at);
  return {
    cells: isOpened ? inspected.visibility.filter(cell => place === undefined || cell.namespace === place) : [],
    chain: inspected.chain.filter(({ code }) => step === undefined || code === step),
    gaps: [...observed.gaps],
  };
}

/** What must be opened or written for a step; for most of them nothing. A step of another kind's chain is refused. */
function depthOf(step: EvidenceStepCode, { kind }: Volume): Omit<ObserveOptions, 'only'> {
  if (!CHAINS[kind].includes(step)) {
    throw new FaultError({ code: 'not-found', what: `step of a ${kind} volume`, name: step, known: [...CHAINS[kind]] });
  }
  const opens = step === 'opened-through-provider' || step === 'closed-from-outside';
  return { probe: opens, canary: step === 'canary-read-back', plainUnc: false };
}

/** One place outside is enough to prove a step: the host, or for a volume of the host the first container that runs. */
function placeFor({ home }: Volume, views: readonly NamespaceView[]): string | undefined {
  if (home !== HOST_NAMESPACE) return HOST_NAMESPACE;
  return views.find(({ container }) => container?.state === 'running' && container.ref.isolation === 'process')
    ?.namespace.id;
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
  const devices = new Map([...devicesOf(reading.views), ...fresh.devices]);
  return { ...fresh, views: reading.views, volumes: [...fresh.volumes, ...far], devices };
}
