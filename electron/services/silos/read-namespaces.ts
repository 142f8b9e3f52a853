import { FaultError } from '../../../shared/contract/fault.ts';
import { statusText } from '../../../shared/domain/error-decoder.ts';
import type { Gap } from '../../../shared/domain/inspection.ts';
import { HOST_NAMESPACE, type Namespace } from '../../../shared/domain/namespace.ts';
import type { Host, ObjectRefusal } from '../../hosts/host.ts';
import { inspectIfThere, type ListedContainer, listContainers } from '../engine/containers.ts';
import { inParallel } from '../in-parallel.ts';
import { runIfThere, runOptions } from '../run-program.ts';
import type { Surroundings } from '../surroundings.ts';
import { matchByVolumes } from './match-by-volumes.ts';
import type { NamespaceView } from './namespace-view.ts';
import { type HcsSystem, parseHcsdiag } from './parse-hcsdiag.ts';
import { readMup, readSiloDevice, type SiloDevice, seenMup } from './silo-device.ts';
import { wordSources } from './word-sources.ts';

export interface NamespaceReading {
  /** The host first, then silos by id, then Hyper-V containers. */
  readonly views: readonly NamespaceView[];
  readonly gaps: readonly Gap[];
}

/** What a gap says that stands for the engine's whole list. */
export const CONTAINERS_GAP = 'containers';

const SILOS_GAP = 'object namespace \\Silos';
const AT_ONCE = 16;
/** ERROR_ACCESS_DENIED, bare and as an HRESULT. */
const ACCESS_DENIED = 5;
const E_ACCESSDENIED = 0x80070005;

/**
 * Maps containers to silos. Order of trust: HCS (`hcsdiag list -raw`, ObRoot), the `\Silos` directory, the provider's
 * GUID in the silo's `\Device`, the job's name in `\`, and last Docker's own process id. Each source's word is compared
 * with the others'. What could not be asked, and who differs, is a gap. Ground: facts of HCS and WinFsp; only administrators may ask HCS and list `\Silos`. `only`: Docker ids; nothing
 * else is looked at, silos without a container included. `listed`: the engine's list, where it was just asked for.
 */
export async function readNamespaces(
  around: Surroundings,
  signal?: AbortSignal,
  only?: ReadonlySet<string>,
  listed?: readonly ListedContainer[],
): Promise<NamespaceReading> {
  const gaps: Gap[] = [];
  const [containers, everyHcs, silos, jobs] = await Promise.all([
    listed === undefined ? listRunning(around, gaps, signal, only) : listed.filter(isAlive),
    askHcs(around.host, gaps, signal),
    only === undefined ? listSilos(around.host, gaps, signal) : undefined,
    only === undefined ? listJobs(around.host, signal) : new Set<string>(),
  ]);
  const listedGap = gaps.findIndex(({ what }) => what === SILOS_GAP);
  const unlisted = gaps[listedGap];
  if (everyHcs === undefined && unlisted !== undefined) {
    gaps[listedGap] = { ...unlisted, reason: `${unlisted.reason}; silos that are not of this engine are not known` };
  }
  const hcs = only === undefined ? everyHcs : everyHcs?.filter(system => only.has(system.id));
  const inProcess = containers.filter(container => container.ref.isolation === 'process');
  const systems = new Map(hcs?.map(system => [system.id, system]));
  const siloIds = new Set<number>(silos);
  for (const system of hcs ?? []) if (system.siloId !== undefined) siloIds.add(system.siloId);

  const devices = new Map<number, SiloDevice>();
  await inParallel([...siloIds], AT_ONCE, async siloId => {
    const started = around.clock.now();
    const device = await readSiloDevice(around.host.objects, siloId, signal);
    if ('refused' in device) gaps.push(refusedGap(siloId, device.refused));
    else {
      const elapsedMs = Math.max(0, around.clock.now() - started);
      const mup = await readMup(around, siloId, device, signal);
      devices.set(siloId, { ...device, elapsedMs, ...(mup === undefined ? {} : { mup }) });
    }
  });

  const taken = new Set<number>();
  const mapped = inProcess.map(container => {
    const siloId = systems.get(container.ref.id)?.siloId;
    if (siloId === undefined) return undefined;
    taken.add(siloId);
    const runtimeId = systems.get(container.ref.id)?.runtimeId;
    return siloView(container, { siloId, device: devices.get(siloId), runtimeId });
  });
  const open = inProcess.filter((_, index) => mapped[index] === undefined);
  const byVolume = hcs === undefined ? await matchByVolumes(around, open, devices, signal) : new Map<string, number>();
  const matched = open.flatMap(container => {
    const siloId = byVolume.get(container.ref.id);
    if (siloId === undefined) return [];
    taken.add(siloId);
    return [siloView(container, { siloId, device: devices.get(siloId) })];
  });
  const unmapped = open.filter(container => !byVolume.has(container.ref.id));
  const guessed = await inParallel(unmapped, AT_ONCE, container =>
    byProcessId(
      around,
      container,
      hcs === undefined ? undefined : systems.get(container.ref.id),
      { hcs, gaps },
      signal,
    ),
  );
  const orphans = [...siloIds]
    .filter(id => !taken.has(id))
    .map(siloId => orphanView(siloId, devices.get(siloId), systems));
  // With HCS out of reach nobody knows which container an unclaimed silo belongs to: naming both would count it twice.
  const known = hcs === undefined && unmapped.length > 0 ? [] : orphans;
  const found = [...mapped, ...matched, ...guessed, ...known].filter(view => view !== undefined);
  const heard = { systems: hcs === undefined ? undefined : systems, directory: silos, jobs, byVolume };
  const { views: bySilo, gaps: differences } = await wordSources(around, found, heard, signal);
  gaps.push(...(differences.length === 0 ? [] : await thatStay(around, found, differences, byVolume, signal)));
  // Who has the rights already is not told to ask for them.
  const isHeld = (await around.host.elevation?.state())?.state === 'held';
  return {
    views: [
      { namespace: { id: HOST_NAMESPACE, kind: 'host', label: 'host' } },
      ...bySilo.toSorted((a, b) => siloNumber(a) - siloNumber(b)),
      ...containers.filter(container => container.ref.isolation === 'hyperv').map(vmView),
    ],
    gaps: isHeld ? gaps.map(({ needs: _needs, ...gap }) => gap) : gaps,
  };
}

/**
 * Lists that were taken one after the other differ by what came and went meanwhile. So everybody who differs is asked
 * once more; what is told is what differs again, of containers that still run.
 */
async function thatStay(
  around: Surroundings,
  views: readonly NamespaceView[],
  differences: readonly Gap[],
  byVolume: ReadonlyMap<string, number>,
  signal?: AbortSignal,
): Promise<readonly Gap[]> {
  const differing = new Set(differences.map(({ namespace }) => namespace));
  const doubted = views.filter(({ namespace }) => differing.has(namespace.id));
  const ids = new Set(doubted.flatMap(({ container }) => container?.ref.id ?? []));
  const [running, hcs, directory, jobs] = await Promise.all([
    listRunning(around, [], signal, ids),
    askHcs(around.host, [], signal),
    listSilos(around.host, [], signal),
    listJobs(around.host, signal),
  ]);
  const alive = new Set(running.map(({ ref }) => ref.id));
  const still = views.filter(
    ({ container }) => container === undefined || !ids.has(container.ref.id) || alive.has(container.ref.id),
  );
  const systems = hcs === undefined ? undefined : new Map(hcs.map(system => [system.id, system]));
  const { gaps } = await wordSources(around, still, { systems, directory, jobs, byVolume }, signal);
  return gaps.filter(({ namespace }) => differing.has(namespace));
}

const siloNumber = (view: NamespaceView): number => Number(view.namespace.id.slice('silo:'.length));

const isAlive = ({ state }: ListedContainer): boolean => state === 'running' || state === 'paused';

async function listRunning(
  around: Surroundings,
  gaps: Gap[],
  signal?: AbortSignal,
  only?: ReadonlySet<string>,
): Promise<readonly ListedContainer[]> {
  try {
    const all = await listContainers(around.connection, { all: false, signal, ids: only });
    return all.filter(isAlive);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code === 'cancelled' || error.fault.code === 'bug') throw error;
    gaps.push({
      namespace: HOST_NAMESPACE,
      what: CONTAINERS_GAP,
      reason: `the engine could not be asked: ${error.fault.code}`,
      hides: 'volumes',
    });
    return [];
  }
}

async function askHcs(host: Host, gaps: Gap[], signal?: AbortSignal): Promise<readonly HcsSystem[] | undefined> {
  const ran = await runIfThere(host, ['hcsdiag.exe', 'list', '-raw'], runOptions(signal));
  if (ran?.exitCode === 0) return parseHcsdiag(ran.stdout);
  const said =
    ran === undefined ? 'hcsdiag.exe could not be started' : `hcsdiag ended with ${statusText(ran.exitCode)}`;
  gaps.push({
    namespace: HOST_NAMESPACE,
    what: 'silo ids by HCS',
    reason: `${said}; it answers administrators and Hyper-V Administrators only`,
    ...(ran?.exitCode === ACCESS_DENIED || ran?.exitCode === E_ACCESSDENIED ? NEEDS_ELEVATION : {}),
  });
  return undefined;
}

async function listSilos(host: Host, gaps: Gap[], signal?: AbortSignal): Promise<readonly number[] | undefined> {
  const answer = await host.objects.list('\\Silos', signal);
  if ('entries' in answer) {
    return answer.entries.flatMap(entry => (/^[1-9]\d{0,8}$/.test(entry.name) ? [Number(entry.name)] : []));
  }
  // No directory: no silo has been made since the host started.
  if (answer.refused === 'not-found') return [];
  gaps.push({
    namespace: HOST_NAMESPACE,
    what: SILOS_GAP,
    reason: answer.refused,
    ...(answer.refused === 'access-denied' ? NEEDS_ELEVATION : {}),
  });
  return undefined;
}

/** Docker ids of the jobs named `\Container_<id>`. A refusal is no gap: the name is only one more witness. */
async function listJobs(host: Host, signal?: AbortSignal): Promise<ReadonlySet<string>> {
  const answer = await host.objects.list('\\', signal);
  if ('refused' in answer) return new Set();
  return new Set(
    answer.entries.flatMap(entry => {
      const id = entry.type === 'Job' ? /^Container_([0-9a-f]{64})$/i.exec(entry.name)?.[1] : undefined;
      return id === undefined ? [] : [id.toLowerCase()];
    }),
  );
}

/** What its `\Device` tells of a silo. */
function learnt(device: SiloDevice | undefined): Pick<Namespace, 'containerGuid' | 'mup'> {
  const mup = seenMup(device?.mup);
  return {
    ...(device?.containerGuid === undefined ? {} : { containerGuid: device.containerGuid }),
    ...(mup === undefined ? {} : { mup }),
  };
}

interface KnownSilo {
  readonly siloId: number;
  readonly device: SiloDevice | undefined;
  readonly runtimeId?: string | undefined;
}

function siloView(container: ListedContainer, { siloId, device, runtimeId }: KnownSilo): NamespaceView {
  return {
    container,
    ...(device === undefined ? {} : { device }),
    namespace: {
      id: `silo:${siloId}`,
      kind: 'silo',
      label: container.ref.name,
      siloId,
      ...learnt(device),
      ...(runtimeId === undefined ? {} : { runtimeId }),
      container: container.ref,
    },
  };
}

/**
 * Without rights the silo's id stays unknown. Its entry process has a host process id, which comes from the same table
 * as silo ids and so cannot be another silo's: it stands in for the id, and a gap says so. `hcs`: who could be asked.
 */
async function byProcessId(
  around: Surroundings,
  container: ListedContainer,
  system: HcsSystem | undefined,
  { hcs, gaps }: { readonly hcs: readonly HcsSystem[] | undefined; readonly gaps: Gap[] },
  signal?: AbortSignal,
): Promise<NamespaceView | undefined> {
  const inspected = await inspectIfThere(around.connection, container.ref.id, { signal });
  if (inspected === undefined || inspected.processId <= 0) return undefined;
  const id = `silo:${inspected.processId}`;
  const why =
    hcs === undefined
      ? 'not readable without elevation'
      : system === undefined
        ? 'HCS does not know this container'
        : 'HCS names no silo for this container';
  gaps.push({
    namespace: id,
    what: 'silo id',
    reason: `${why}; ${container.ref.name} is listed under the process id of its first process`,
    ...(hcs === undefined ? NEEDS_ELEVATION : {}),
  });
  return { container, namespace: { id, kind: 'silo', label: container.ref.name, container: container.ref } };
}

/** A silo that no container of this engine explains: another engine's, or an app silo. */
function orphanView(
  siloId: number,
  device: SiloDevice | undefined,
  systems: ReadonlyMap<string, HcsSystem>,
): NamespaceView {
  const system = [...systems.values()].find(one => one.siloId === siloId);
  return {
    ...(device === undefined ? {} : { device }),
    namespace: {
      id: `silo:${siloId}`,
      kind: 'silo',
      label: system === undefined ? `silo ${siloId}` : `${system.owner || 'unknown'} ${system.id.slice(0, 12)}`,
      siloId,
      ...learnt(device),
      ...(system?.runtimeId === undefined ? {} : { runtimeId: system.runtimeId }),
    },
  };
}

function vmView(container: ListedContainer): NamespaceView {
  return {
    container,
    namespace: {
      id: `vm:${container.ref.id.slice(0, 12)}`,
      kind: 'vm',
      label: container.ref.name,
      container: container.ref,
    },
  };
}

/** An administrator could find it out. */
const NEEDS_ELEVATION: Pick<Gap, 'needs'> = { needs: 'elevation' };

function refusedGap(siloId: number, refused: ObjectRefusal): Gap {
  const what = `object namespace \\Silos\\${siloId}\\Device`;
  return {
    namespace: `silo:${siloId}`,
    what,
    reason: refused,
    ...(refused === 'access-denied' ? NEEDS_ELEVATION : {}),
  };
}
