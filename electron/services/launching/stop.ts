import { sleep } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Unwritten } from '../../../shared/domain/launch.ts';
import { PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { secretFilesOfLabels } from '../../../shared/domain/secret-labels.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { formatCount } from '../../../shared/wording/amounts.ts';
import { either } from '../either.ts';
import { killContainer, removeContainer, stopContainer } from '../engine/container-orders.ts';
import { type InspectedContainer, inspectContainer, inspectIfThere, listContainers } from '../engine/containers.ts';
import { emptyFiles } from '../engine/put-files.ts';
import { discoverFsd } from '../fsd/discover-fsd.ts';
import { takeInventory } from '../inspection/inventory.ts';
import { readNamespaces } from '../silos/read-namespaces.ts';
import type { Surroundings } from '../surroundings.ts';
import { mayHoldUnwritten, unwrittenPlace } from '../unwritten/may-hold-unwritten.ts';
import { waitingFiles } from '../unwritten/waiting-files.ts';
import { MOUNT_POINT_LABEL, UNC_PREFIX_LABEL } from './own-labels.ts';
import { type ClimbedDown, climbDown } from './stop-ladder.ts';

export interface StopRequest {
  readonly name: string;
  /** Kill after the grace period, instead of giving up. */
  readonly force: boolean;
  readonly graceMs: number;
  /** Leave the container, stopped. */
  readonly keep: boolean;
  /** It may have to run again, so the files of its secrets stay as they are. */
  readonly keepSecrets?: boolean;
  /** Those that know how their program is asked to end: the user's own as well, hence no default. */
  readonly profiles: readonly Profile[];
}

export interface Stopped {
  readonly container: string;
  readonly gone: readonly Volume[];
  readonly removed: boolean;
  readonly exitCode?: number;
  /** What was given up, by force; empty: its program said that all is written. Absent: nobody said anything. */
  readonly unwritten?: readonly Unwritten[];
  /** It had ended, and was removed though it may have held what it had not written. */
  readonly unasked?: boolean;
}

/**
 * Stops a file system the safe way: ask, wait, verify that its volumes are gone, remove. `docker stop` sends
 * CTRL_SHUTDOWN to a container without a terminal, which is when a file system writes its cache out; the engine's own
 * kill at the end of its wait is asked for only with `force`. Ground: moby#25982, moby#40678.
 */
export async function stopFileSystem(
  around: Surroundings,
  request: StopRequest,
  tell: (note: string) => void,
  signal?: AbortSignal,
): Promise<Stopped> {
  const container = await findContainer(around, request.name, signal);
  const { id, name } = container.ref;
  if (!container.running) {
    tell(`${name} does not run`);
    return finish(around, container, { gone: [] }, request, tell, signal);
  }
  const volumes = await volumesOf(around, id, signal);
  if (volumes.length > 0)
    tell(
      `${volumes.map(volume => volume.uncPrefix ?? volume.mountPoints[0] ?? volume.device).join(', ')} will be unmounted`,
    );
  if (container.tty) tell(`${name} has a terminal: it is not told to shut down and may lose what it has not written`);
  const { ended: hasEnded, ...told } = await byItsOwnWay(around, container, request, tell, signal);
  if (!hasEnded) {
    tell('asked to shut down');
    await askAndWait(around, container, request, tell, signal);
  }
  const left = await stillThere(around, volumes, signal);
  if (left.length > 0)
    throw new FaultError({ code: 'still-mounted', container: name, volumes: left.map(volume => volume.device) });
  if (volumes.length > 0) tell('its volumes are gone');
  const ended = await inspectIfThere(around.connection, id);
  if (ended === undefined) {
    // Started with --rm: the engine has removed it, whether it was to be kept or not.
    tell(`${name} removed`);
    return { container: name, gone: volumes, removed: true, ...told };
  }
  return finish(around, ended, { gone: volumes, ...told }, request, tell, signal);
}

/** What an ended container holds that was not written: as its program's own list tells, or nobody can tell. */
async function heldBy(
  { connection }: Surroundings,
  { ref, state, argv, variables }: InspectedContainer,
  { profiles }: StopRequest,
  signal?: AbortSignal,
): Promise<Pick<Stopped, 'unwritten' | 'unasked'>> {
  // What was never started holds nothing.
  const described = { labels: ref.labels, argv, variables };
  if (state === 'created' || !mayHoldUnwritten(described, profiles)) return {};
  const waiting = await waitingFiles(connection, ref.id, unwrittenPlace(described, profiles), { signal });
  if (waiting === undefined) return { unasked: true };
  return { unwritten: waiting.length === 0 ? [] : [{ what: 'file', count: waiting.length }] };
}

async function findContainer(around: Surroundings, name: string, signal?: AbortSignal): Promise<InspectedContainer> {
  try {
    return await inspectContainer(around.connection, name, { signal });
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.code !== 'not-found') throw error;
    const all = await listContainers(around.connection, { all: true, signal });
    throw new FaultError({
      code: 'not-found',
      what: 'container',
      name,
      known: all.map(one => one.ref.name).slice(0, 50),
    });
  }
}

/** The volumes in this container's silo. A container whose silo cannot be asked has none that could be verified. */
export async function volumesOf(around: Surroundings, id: string, signal?: AbortSignal): Promise<readonly Volume[]> {
  const reading = await readNamespaces(around, signal);
  const views = reading.views.filter(view => view.container?.ref.id === id);
  const inventory = await takeInventory(around, { views, gaps: [] }, await discoverFsd(around.host, signal), signal);
  return inventory.volumes.map(witnessed => witnessed.volume);
}

/** As its profile knows. Where Siloscope did not launch it, nobody here knows its ways. */
async function byItsOwnWay(
  around: Surroundings,
  container: InspectedContainer,
  { profiles, force, graceMs }: StopRequest,
  tell: (note: string) => void,
  signal?: AbortSignal,
): Promise<ClimbedDown> {
  const { id, name, labels } = container.ref;
  const profile = profiles.find(one => one.name === labels[PROFILE_LABEL]);
  if (profile?.stop === undefined) return { ended: false };
  const { installDirectory } = await discoverFsd(around.host, signal);
  const filling = {
    winfsp: installDirectory ?? '',
    mountPoint: labels[MOUNT_POINT_LABEL],
    uncPrefix: labels[UNC_PREFIX_LABEL],
  };
  return climbDown(around, { container: id, name, profile, filling, graceMs, force }, tell, signal);
}

async function askAndWait(
  around: Surroundings,
  container: InspectedContainer,
  request: StopRequest,
  tell: (note: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { id, name } = container.ref;
  if (request.force) {
    await stopContainer(around.connection, id, Math.max(1, Math.ceil(request.graceMs / 1_000)), { signal });
    if ((await inspectIfThere(around.connection, id, { signal }))?.running === true) {
      tell('it does not end: killed');
      await killContainer(around.connection, id, { signal });
    }
    return;
  }
  // -1: the engine asks and never kills. It answers when the container has ended, which may be never.
  const limit = new AbortController();
  const stop = (): void => limit.abort();
  signal?.addEventListener('abort', stop, { once: true });
  const asked = stopContainer(around.connection, id, -1, {
    signal: limit.signal,
    timeoutMs: request.graceMs + 5_000,
  }).catch((error: unknown) => {
    if (error instanceof FaultError && (error.fault.code === 'cancelled' || error.fault.code === 'timed-out')) return;
    throw error;
  });
  let answered = false;
  const settled = asked.finally(() => {
    answered = true;
  });
  settled.catch(() => undefined);
  try {
    const deadline = around.clock.now() + request.graceMs;
    for (let pause = 20; ; pause = Math.min(pause * 2, 500)) {
      // Once the engine has answered there is nothing left but to look.
      await (answered ? sleep(around.clock, pause, signal) : either(around.clock, settled, pause, signal));
      if ((await inspectIfThere(around.connection, id, { signal }))?.running !== true) return;
      if (around.clock.now() >= deadline) {
        const volumes = await volumesOf(around, id, signal);
        throw new FaultError({ code: 'still-mounted', container: name, volumes: volumes.map(volume => volume.device) });
      }
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    limit.abort();
  }
}

/** A silo that is gone has taken its volumes along; one that is still there is looked into once more. */
async function stillThere(
  around: Surroundings,
  volumes: readonly Volume[],
  signal?: AbortSignal,
): Promise<readonly Volume[]> {
  if (volumes.length === 0) return [];
  const devices = new Set(volumes.map(volume => volume.device.toLowerCase()));
  const homes = new Set(volumes.map(volume => volume.home));
  for (let tries = 1; ; tries++) {
    const reading = await readNamespaces(around, signal);
    const views = reading.views.filter(view => homes.has(view.namespace.id));
    if (views.length === 0) return [];
    const inventory = await takeInventory(around, { views, gaps: [] }, await discoverFsd(around.host, signal), signal);
    const left = inventory.volumes
      .map(witnessed => witnessed.volume)
      .filter(volume => devices.has(volume.device.toLowerCase()));
    if (left.length === 0 || tries === 5) return left;
    await sleep(around.clock, tries * 200, signal);
  }
}

/** `known`: what its program told before it ended. Rejects with `unwritten-left` rather than throw away what it may hold. */
async function finish(
  around: Surroundings,
  container: InspectedContainer,
  known: Pick<Stopped, 'gone' | 'unwritten'>,
  request: StopRequest,
  tell: (note: string) => void,
  signal?: AbortSignal,
): Promise<Stopped> {
  const { id, name } = container.ref;
  const held = request.keep || known.unwritten !== undefined ? {} : await heldBy(around, container, request, signal);
  const count = held.unwritten?.[0]?.count;
  const isLeft = held.unasked === true || count !== undefined;
  const stays = request.keep || (isLeft && !request.force);
  // What is kept must not keep them: its disk is there for whoever may ask the engine.
  if (stays && request.keepSecrets !== true)
    await emptyFiles(around.connection, id, secretFilesOfLabels(container.ref.labels));
  if (isLeft && stays)
    throw new FaultError({ code: 'unwritten-left', container: name, ...(count === undefined ? {} : { count }) });
  if (isLeft)
    tell(
      count === undefined
        ? 'it cannot be asked what it has not written; that goes with it'
        : `goes with it, as not written: ${formatCount(count, 'file')}`,
    );
  if (!stays) {
    await removeContainer(around.connection, id);
    tell(`${name} removed`);
  }
  return {
    container: name,
    ...known,
    ...held,
    removed: !stays,
    ...(container.state === 'exited' ? { exitCode: container.exitCode } : {}),
  };
}
