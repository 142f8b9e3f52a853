import { isWithin } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { WaitingFile } from '../../../shared/domain/kept-container.ts';
import { LaunchInput } from '../../../shared/domain/launch.ts';
import type { ContainerRef } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { WORKSPACE_LABEL, type Workspace, type WorkspaceItem } from '../../../shared/domain/workspace.ts';
import { cmdInContainer } from '../engine/cmd-in-container.ts';
import { removeContainer } from '../engine/container-orders.ts';
import { type ListedContainer, listContainers } from '../engine/containers.ts';
import { askEngine, requireWindowsEngine } from '../engine/engine-state.ts';
import { inParallel } from '../in-parallel.ts';
import { judgeDir } from '../inspection/judge-dir.ts';
import { MOUNT_POINT_LABEL } from '../launching/own-labels.ts';
import { stopFileSystem, volumesOf } from '../launching/stop.ts';
import type { Surroundings } from '../surroundings.ts';
import { describeListed } from '../unwritten/describe-listed.ts';
import { keepUnwritten, keptOf, requireRoom } from '../unwritten/keep-unwritten.ts';
import { type Described, mayBeCut, mayHoldUnwritten, unwrittenPlace } from '../unwritten/may-hold-unwritten.ts';
import { waitingFiles } from '../unwritten/waiting-files.ts';
import type { Ground, LeftBehind } from './ground.ts';
import { isMended } from './is-mended.ts';
import { blameOf, type Found } from './judge-item.ts';

/** How long a volume may take to list its root before it counts as silent. */
const ANSWER_MS = 10_000;
/** A volume that answered is not asked again for so long, however many hints come in. */
const FRESH_MS = 10_000;
const AT_ONCE = 8;
/** So long a container may be there before it is started, its image and its files put in place. */
const UNBORN_MS = 10_000;
/** How long a program whose volume is gone may go on writing before it is stopped. */
const GRACE_MS = 10_000;

export interface HostGround extends Ground {
  /** The next look asks every volume. */
  forget(): void;
  /** Whether it was we who stopped that container, by Docker id. */
  stopped(id: string): boolean;
}

/** What the services do anyhow. */
export interface GroundActs {
  /** The services' own, so that every launch is judged and told alike. */
  launch(input: LaunchInput, signal: AbortSignal): Promise<unknown>;
  /** The user's own, too: they know how a program is asked to end. */
  profiles(): Promise<readonly Profile[]>;
}

/** Workspaces on a real or simulated host. */
export function hostGround(around: Surroundings, acts: GroundActs): HostGround {
  const { connection, clock } = around;
  /** When each container's volume answered, by Docker id. */
  const answered = new Map<string, number>();
  const stoppedHere = new Set<string>();
  /** What the last look found under each item's name, by Docker id. */
  const looked = new Map<string, string>();
  /** When a container was first seen that had not been started yet, by Docker id. */
  const createdSince = new Map<string, number>();
  /** Ended containers that are kept, by item. */
  let kept = new Map<string, readonly string[]>();
  const putAside = async (item: WorkspaceItem, ref: ContainerRef, signal: AbortSignal): Promise<string> => {
    const name = await keepUnwritten(around, ref, signal);
    kept.set(item.name, [...(kept.get(item.name) ?? []), name]);
    return name;
  };

  /** What the program's own list says, where there is one, of a container that has ended. */
  const listedAsWaiting = (id: string, described: Described, profiles: readonly Profile[], signal: AbortSignal) =>
    waitingFiles(connection, id, unwrittenPlace(described, profiles), { signal });

  const find = async (workspace: Workspace, item: WorkspaceItem, signal: AbortSignal) => {
    const profiles = await acts.profiles();
    const all = await listContainers(connection, { all: true, signal });
    const found = all.find(({ ref }) => isNamed(ref.name, item));
    // Another program keeps the same workspace: what it has launched meanwhile is not what was looked at.
    if (found === undefined || !isOwn(found, workspace) || found.ref.id !== looked.get(item.name)) return undefined;
    const { ref, state } = found;
    const hasEnded = WITHOUT_LOOKING[state] === 'ended';
    // What was never started holds nothing.
    const described = await describeListed(connection, found, { signal });
    const might = state !== 'created' && mayHoldUnwritten(described, profiles);
    const isCut = state !== 'created' && mayBeCut(described);
    const waiting = might && hasEnded ? await listedAsWaiting(ref.id, described, profiles, signal) : undefined;
    const mayHold = might && waiting?.length !== 0;
    if (mayHold) requireRoom(item.name, keptOf(item.name, all));
    return { ref, described, hasEnded, profiles, mayHold, isCut, waiting };
  };

  /** Another program may be about to start it. */
  const isYoung = ({ ref }: ListedContainer): boolean => {
    const now = clock.now();
    // A clock that is set back makes nothing young for longer.
    const since = Math.min(createdSince.get(ref.id) ?? now, now);
    createdSince.set(ref.id, since);
    return isWithin(UNBORN_MS, since, now);
  };

  const health = async ({ ref }: ListedContainer, signal: AbortSignal): Promise<Found> => {
    const last = answered.get(ref.id);
    if (last !== undefined && isWithin(FRESH_MS, last, clock.now())) return 'healthy';
    answered.delete(ref.id);
    const found = await ask(around, ref.id, ref.labels[MOUNT_POINT_LABEL], signal);
    if (found === 'healthy') answered.set(ref.id, clock.now());
    return found;
  };

  return {
    async look(workspace, signal) {
      requireWindowsEngine(await askEngine(connection, { signal }));
      const all = await listContainers(connection, { all: true, signal });
      const there = new Set(all.map(({ ref }) => ref.id));
      for (const id of answered.keys()) if (!there.has(id)) answered.delete(id);
      for (const id of stoppedHere) if (!there.has(id)) stoppedHere.delete(id);
      for (const id of createdSince.keys()) if (!there.has(id)) createdSince.delete(id);
      looked.clear();
      kept = new Map(workspace.items.map(({ name }) => [name, keptOf(name, all)]));
      const seen = await inParallel(workspace.items, AT_ONCE, async item => {
        const container = all.find(({ ref }) => isNamed(ref.name, item));
        if (container === undefined) return [item.name, 'nothing'] as const;
        if (!isOwn(container, workspace)) return [item.name, 'foreign'] as const;
        looked.set(item.name, container.ref.id);
        if (container.state === 'created' && isYoung(container)) return [item.name, 'changing'] as const;
        const found = WITHOUT_LOOKING[container.state] ?? (await health(container, signal));
        return [item.name, found] as const;
      });
      return new Map(seen);
    },
    async launch(workspace, { name, launch: wanted }, signal) {
      const input = { ...wanted, name, labels: { [WORKSPACE_LABEL]: workspace.name } };
      await acts.launch(LaunchInput.parse(input), signal);
    },
    async remove(workspace, item, signal) {
      const found = await find(workspace, item, signal);
      if (found?.hasEnded !== true) return 'changed';
      const { ref, mayHold, isCut, waiting } = found;
      if (mayHold) return { kept: await putAside(item, ref, signal), ...asUnwritten(waiting), notes: [] };
      await removeContainer(connection, ref.id, { signal });
      return isCut ? 'cut' : undefined;
    },
    async clear(workspace, item, signal) {
      const found = await find(workspace, item, signal);
      if (found === undefined) return 'changed';
      const { ref, described, profiles, mayHold, isCut } = found;
      stoppedHere.add(ref.id);
      const notes: string[] = [];
      const request = { name: ref.id, force: true, graceMs: GRACE_MS, keep: mayHold, profiles };
      const stopped = await stopFileSystem(around, request, note => notes.push(note), signal);
      if (!mayHold) return isCut ? 'cut' : undefined;
      const told = stopped.unwritten === undefined ? {} : { unwritten: stopped.unwritten };
      if (stopped.removed) return { ...told, notes };
      const held =
        stopped.unwritten === undefined
          ? asUnwritten(await listedAsWaiting(ref.id, described, profiles, signal))
          : told;
      // Its program said, before it ended or in its own list, that it had written all there was.
      if (held.unwritten?.length === 0) {
        await removeContainer(connection, ref.id, { signal });
        return undefined;
      }
      return { kept: await putAside(item, ref, signal), ...held, notes };
    },
    left: item => kept.get(item.name) ?? [],
    isMended: ({ name }, fault) => isMended(around, fault, kept.get(name) ?? []),
    forget: () => answered.clear(),
    stopped: id => stoppedHere.has(id),
  };
}

const asUnwritten = (waiting: readonly WaitingFile[] | undefined): Pick<LeftBehind, 'unwritten'> => {
  if (waiting === undefined) return {};
  return { unwritten: waiting.length === 0 ? [] : [{ what: 'file', count: waiting.length }] };
};

const isNamed = (name: string, item: WorkspaceItem): boolean => name.toLowerCase() === item.name.toLowerCase();
/** What Siloscope launched by hand under that name counts as well: so a workspace can be made of what runs. */
const isOwn = ({ ref }: ListedContainer, workspace: Workspace): boolean =>
  (ref.labels[WORKSPACE_LABEL] ?? (ref.managed ? workspace.name : undefined)) === workspace.name;

const WITHOUT_LOOKING: Readonly<Partial<Record<ListedContainer['state'], Found>>> = {
  created: 'ended',
  exited: 'ended',
  dead: 'ended',
  paused: 'paused',
  restarting: 'changing',
  removing: 'changing',
};

/**
 * Asks a volume for its root from inside, by its drive letter. Where it has none, only its presence is looked for: its
 * UNC name would be anybody's once the volume is gone.
 */
async function ask(
  around: Surroundings,
  id: string,
  mountPoint: string | undefined,
  signal: AbortSignal,
): Promise<Found> {
  if (mountPoint === undefined || mountPoint === '*') {
    return (await volumesOf(around, id, signal)).length > 0 ? 'healthy' : 'volume-gone';
  }
  try {
    const path = mountPoint.endsWith('\\') ? mountPoint : `${mountPoint}\\`;
    const answer = await cmdInContainer(around, id, 'dir', path, { timeoutMs: ANSWER_MS, signal });
    if (answer === undefined) return 'healthy';
    const outcome = judgeDir(answer);
    return outcome === 'not-found' ? 'volume-gone' : outcome === 'failed' ? 'silent' : 'healthy';
  } catch (error) {
    if (!(error instanceof FaultError) || blameOf(error.fault.code) === 'host') throw error;
    // Whatever else the engine says of it, it is no longer as it was listed.
    return error.fault.code === 'timed-out' ? 'silent' : 'changing';
  }
}
