import { randomBytes } from 'node:crypto';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Gap } from '../../../shared/domain/inspection.ts';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import { HOST_NAMESPACE, type NamespaceId } from '../../../shared/domain/namespace.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { cmdInContainer } from '../engine/cmd-in-container.ts';
import { inParallel } from '../in-parallel.ts';
import { runOptions } from '../run-program.ts';
import type { NamespaceView } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Inventory } from './inventory.ts';
import { driveLook, type Look, type Looked, lookFrom, providerLook, uncLook } from './looking.ts';

export interface ObserveOptions {
  readonly probe: boolean;
  readonly canary: boolean;
  readonly plainUnc: boolean;
}

/** Observations of one volume by namespace. */
export type VolumeObservations = ReadonlyMap<NamespaceId, readonly Observation[]>;

export interface Observed {
  /** By device. */
  readonly volumes: ReadonlyMap<string, VolumeObservations>;
  readonly gaps: readonly Gap[];
}

const VOLUMES_AT_ONCE = 8;
const LOOKS_AT_ONCE = 4;
/** Looks from inside containers are programs run there: beyond so many, only the host looks. */
const MOST_EXECS = 4_000;

/**
 * Looks at every volume from every namespace that can look. A volume that does not answer at home is looked at from the
 * host once more and from nowhere else: a hung file system costs two limits, not one for each silo.
 */
export async function observe(
  around: Surroundings,
  inventory: Inventory,
  options: ObserveOptions,
  signal?: AbortSignal,
): Promise<Observed> {
  const gaps: Gap[] = [];
  if (!options.probe && !options.canary && !options.plainUnc) return { volumes: new Map(), gaps };
  const volumes = inventory.volumes.map(witnessed => witnessed.volume);
  const lookers = inventory.views.filter(
    view => view.namespace.id === HOST_NAMESPACE || view.container?.state === 'running',
  );
  const silos = lookers.filter(view => view.namespace.kind === 'silo');
  const ways = Number(options.probe || options.canary) + Number(options.plainUnc);
  const each = Math.floor(MOST_EXECS / Math.max(1, volumes.length * ways));
  if (silos.length > each && volumes.length > 0) {
    gaps.push({
      namespace: HOST_NAMESPACE,
      what: 'probes from silos',
      reason: `${volumes.length} volumes from ${silos.length} silos are too many: each was looked at from ${each} of them`,
    });
  }
  const rooms = new Map(inventory.views.map(view => [view.namespace.id, view]));
  const observed = await inParallel(volumes, VOLUMES_AT_ONCE, async volume => {
    const from = [
      ...lookers.filter(view => view.namespace.kind === 'host'),
      ...silos.filter(view => view.namespace.id !== volume.home).slice(0, each),
    ];
    const seen = await observeVolume(
      { around, volume, home: rooms.get(volume.home), from, inventory, options, gaps },
      signal,
    );
    return [volume.device, seen] as const;
  });
  return { volumes: new Map(observed), gaps };
}

interface Watching {
  readonly around: Surroundings;
  readonly volume: Volume;
  readonly home: NamespaceView | undefined;
  readonly from: readonly NamespaceView[];
  readonly inventory: Inventory;
  readonly options: ObserveOptions;
  readonly gaps: Gap[];
}

async function observeVolume(watching: Watching, signal?: AbortSignal): Promise<VolumeObservations> {
  const { around, volume, home, options } = watching;
  const found = new Map<NamespaceId, Observation[]>();
  const add = (namespace: NamespaceId, observation: Observation): void => {
    found.set(namespace, [...(found.get(namespace) ?? []), observation]);
  };
  const answers = home === undefined ? undefined : await lookAtHome(around, volume, home, signal);
  if (home !== undefined && answers !== undefined) add(home.namespace.id, answers);
  const hangs = answers?.visible === 'unknown';
  const elsewhere = watching.from.filter(
    view => view.namespace.id !== volume.home && (!hangs || view.namespace.kind === 'host'),
  );

  const lookAll = (look: Look | undefined): Promise<unknown> =>
    look === undefined
      ? Promise.resolve()
      : inParallel(elsewhere, LOOKS_AT_ONCE, async view => {
          const looked = await lookFrom(around, view, look, signal);
          const observation = looked === undefined ? undefined : asObservation(watching, view, look, looked);
          if (observation !== undefined) add(view.namespace.id, observation);
        });

  if (volume.kind === 'disk') {
    const [drive] = volume.mountPoints.filter(one => /^[A-Z]:$/i.test(one));
    await lookAll(options.probe && drive !== undefined ? driveLook(drive) : undefined);
    return found;
  }
  // A token read back proves the open as well: without one, the open alone is tried.
  const lookBoth = async (canary?: Look['canary']): Promise<void> => {
    if (options.probe || canary !== undefined) await lookAll(providerLook(volume, canary));
    if (options.plainUnc) await lookAll(uncLook(volume, canary));
  };
  const planted = options.canary && !hangs && (await withCanary(watching, lookBoth, signal));
  if (!planted) await lookBoth();
  if (volume.provider === undefined && !options.plainUnc) {
    watching.gaps.push({
      namespace: volume.home,
      what: `probe of ${volume.uncPrefix ?? volume.device}`,
      reason: 'the name of its provider could not be read',
    });
  }
  return found;
}

async function lookAtHome(
  around: Surroundings,
  volume: Volume,
  home: NamespaceView,
  signal?: AbortSignal,
): Promise<Observation | undefined> {
  const [drive] = volume.mountPoints.filter(one => /^[A-Z]:$/i.test(one));
  const look = drive === undefined ? providerLook(volume) : driveLook(drive);
  const looked = look === undefined ? undefined : await lookFrom(around, home, look, signal);
  return looked && { visible: looked.visible, way: look?.way, evidence: looked.evidence };
}

/**
 * A drive letter elsewhere is another namespace's own: that it leads somewhere says nothing of this volume, unless it is
 * no WinFsp volume or one that is known to live there. That it leads nowhere is an answer.
 */
function asObservation(watching: Watching, view: NamespaceView, look: Look, looked: Looked): Observation | undefined {
  if (look.way.kind !== 'drive') return { visible: looked.visible, way: look.way, evidence: looked.evidence };
  if (looked.visible !== 'yes') return { visible: looked.visible, evidence: looked.evidence };
  const ofTheirs = watching.inventory.volumes.some(
    ({ volume }) =>
      volume.home === view.namespace.id &&
      volume.mountPoints.some(one => one.toUpperCase() === look.way.path.toUpperCase()),
  );
  const another = looked.winfsp === false || ofTheirs;
  return another
    ? { visible: 'no', evidence: { ...looked.evidence, detail: `${looked.evidence.detail ?? ''}; another volume` } }
    : undefined;
}

/**
 * Plants a token in the volume from its home, lets `act` look for it, and takes it away again whatever came of that. A
 * volume that cannot be written to is said, not failed. Whether it was planted.
 */
async function withCanary(
  watching: Watching,
  act: (canary: NonNullable<Look['canary']>) => Promise<void>,
  signal?: AbortSignal,
): Promise<boolean> {
  const { around, volume, home, gaps } = watching;
  const gap = (reason: string): false => {
    gaps.push({ namespace: volume.home, what: `canary in ${volume.uncPrefix ?? volume.device}`, reason });
    return false;
  };
  const [drive] = volume.mountPoints.filter(one => /^[A-Z]:$/i.test(one));
  const root = drive ?? providerLook(volume)?.way.path;
  if (root === undefined || home === undefined) return gap('no name by which its home could write to it');
  const random = randomBytes(16).toString('hex');
  // Ends with a letter: a digit before `>` would be taken for the number of a stream.
  const canary = { file: `siloscope-${random.slice(0, 12)}.canary`, token: `siloscope-${random}-canary` };
  const path = `${root}\\${canary.file}`;
  const failed = await inHome(around, home, { write: canary.token }, path, signal);
  try {
    if (failed !== undefined) return gap(`could not be written: ${failed}`);
    await act(canary);
    return true;
  } finally {
    // Without the caller's signal: a cancelled inspection must not leave the token behind either.
    const left = await inHome(around, home, 'delete', path);
    if (left !== undefined && failed === undefined) gap(`${canary.file} could not be deleted: ${left}`);
  }
}

/** Runs it in the volume's home; undefined when it went well, else why not. */
async function inHome(
  around: Surroundings,
  home: NamespaceView,
  verb: 'delete' | { readonly write: string },
  path: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const answer =
      home.container === undefined
        ? await onHost(around, verb, path, signal)
        : await cmdInContainer(around, home.container.ref.id, verb, path, { timeoutMs: 5_000, signal });
    if (answer === undefined) return 'the name cannot be given to a program safely';
    // `del` says on stderr that it failed and ends with 0 all the same.
    const complaint = answer.stderr.trim();
    return answer.exitCode === 0 && complaint === ''
      ? undefined
      : complaint.slice(0, 300) || `ended with ${answer.exitCode}`;
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code === 'cancelled' || error.fault.code === 'bug') throw error;
    return error.fault.code;
  }
}

/** On the host only paths of a drive letter and our own file name are written to: nothing in them needs quoting. */
async function onHost(
  around: Surroundings,
  verb: 'delete' | { readonly write: string },
  path: string,
  signal?: AbortSignal,
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string } | undefined> {
  if (!/^[A-Za-z]:\\siloscope-[0-9a-f]{12}\.canary$/.test(path)) return undefined;
  const words = verb === 'delete' ? ['del', '/q', '/f', path] : ['echo', `${verb.write}>`, path];
  return around.host.run(['cmd.exe', '/d', '/c', ...words], runOptions(signal, 5_000));
}
