import { answerWithin } from './answer-within.ts';
import { ApiError, badRequest, messageOf } from './api-error.ts';
import { type MountPoint, type PathKind, parseBind, parseMount } from './bind-parser.ts';
import type { ContainerMount } from './container.ts';
import type { CreateRequest } from './create-request.ts';
import type { EngineState } from './engine-state.ts';
import type { Image } from './image-store.ts';
import { missingVolumeDriver, mountpointOf } from './volume-store.ts';

/** `--mount` entries, each checked by itself: dockerd does that before it looks the image up. */
export async function readMounts(state: EngineState, { HostConfig }: CreateRequest): Promise<readonly MountPoint[]> {
  const kindOf = kindOfHostPath(state);
  const mounts: MountPoint[] = [];
  for (const entry of HostConfig.Mounts ?? []) {
    if (entry.Type === 'bind' && entry.VolumeOptions !== undefined) {
      throw badRequest('VolumeOptions must not be specified on mount type "bind"');
    }
    mounts.push(await parseMount(entry, kindOf));
  }
  return mounts;
}

/**
 * All mounts of a container: those of others (`--volumes-from`), over them its own, and a volume for what the image
 * declares and nobody mounted. Ground: moby daemon/volumes.go, registerMountPoints.
 */
export async function gatherMounts(
  state: EngineState,
  request: CreateRequest,
  asked: readonly MountPoint[],
  ownVolumes: Image['config']['Volumes'],
): Promise<readonly MountPoint[]> {
  const kindOf = kindOfHostPath(state);
  const own: MountPoint[] = [...asked];
  for (const bind of request.HostConfig.Binds ?? []) own.push(await parseBind(bind, kindOf));
  const taken = new Set<string>();
  for (const { destination } of own) {
    if (taken.has(placeOf(destination))) throw badRequest(`Duplicate mount point: ${destination}`);
    taken.add(placeOf(destination));
  }
  for (const [index, entry] of (request.HostConfig.Mounts ?? []).entries()) {
    const driver = entry.VolumeOptions?.DriverConfig?.Name ?? '';
    if (driver !== '' && driver !== 'local') throw missingVolumeDriver(own[index]?.name ?? '', driver);
  }
  const others = mountsOfOthers(state, request.HostConfig.VolumesFrom ?? []);
  const mounts = [...own, ...[...others.values()].filter(({ destination }) => !taken.has(placeOf(destination)))];
  const covered = new Set(mounts.map(({ destination }) => placeOf(destination)));
  for (const target of Object.keys({ ...ownVolumes, ...request.Volumes })) {
    const anonymous = await parseBind(target, kindOf);
    if (!covered.has(placeOf(anonymous.destination))) mounts.push(anonymous);
  }
  return mounts;
}

const placeOf = (destination: string): string => destination.toLowerCase();

/** `name[:ro|rw]` of each; of two with one destination the last counts. */
function mountsOfOthers(state: EngineState, names: readonly string[]): ReadonlyMap<string, MountPoint> {
  const found = new Map<string, MountPoint>();
  for (const text of names) {
    if (text === '') throw badRequest('volumes-from specification cannot be an empty string');
    const [name = '', mode = 'rw'] = text.split(/:(.*)/s);
    if (!/^(?:ro|rw)$/i.test(mode)) throw badRequest(`invalid mode: ${mode}`);
    const other = state.containers.find(name);
    if (other === undefined) throw badRequest(`No such container: ${name}`);
    for (const mount of other.parts.mounts) {
      found.set(placeOf(mount.destination), { ...mount, readOnly: mount.readOnly || mode.toLowerCase() === 'ro' });
    }
  }
  return found;
}

/** As dockerd sees the host: LocalSystem's drives, and a file system that fails to answer is not there. */
function kindOfHostPath(state: EngineState): PathKind {
  const win32 = state.machine.win32(state.machine.subjects.system);
  return async path => {
    const question = win32.stat(path).then(
      ({ directory }) => (directory ? ('directory' as const) : ('file' as const)),
      () => 'missing' as const,
    );
    return answerWithin(state.machine.clock, question, 'missing');
  };
}

/** Takes hold of the volumes behind the mounts, those that are missing made now; where one cannot be had, of none. */
export function holdVolumes(
  state: EngineState,
  mounts: readonly MountPoint[],
  containerId: string,
): readonly ContainerMount[] {
  try {
    return mounts.map(mount => holdVolume(state, mount, containerId));
  } catch (caught) {
    for (const volume of state.volumes.all()) volume.users.delete(containerId);
    throw new ApiError(500, messageOf(caught));
  }
}

function holdVolume(state: EngineState, mount: MountPoint, containerId: string): ContainerMount {
  if (mount.type !== 'volume') return { ...mount, shownSource: mount.source };
  const { volume, isNew } = state.volumes.obtain(mount.name ?? '', state.time.now());
  if (isNew) state.events.log('volume', 'create', volume.name, { driver: 'local' });
  volume.users.add(containerId);
  return { ...mount, name: volume.name, shownSource: mountpointOf(volume.name) };
}
