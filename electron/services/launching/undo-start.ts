import type { LaunchProgress } from '../../../shared/domain/launch.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { removeContainer } from '../engine/container-orders.ts';
import type { InspectedContainer } from '../engine/containers.ts';
import type { Surroundings } from '../surroundings.ts';
import { keepUnwritten } from '../unwritten/keep-unwritten.ts';
import { mayBeCut, mayHoldUnwritten } from '../unwritten/may-hold-unwritten.ts';
import { stopFileSystem } from './stop.ts';

/** How long a program may go on writing whose launch is undone. */
const GRACE_MS = 10_000;

/** A container whose volume was seen, so that somebody may have written into it since. */
export interface SeenContainer {
  readonly inspected: InspectedContainer;
  /** The one that it was launched by. */
  readonly profile: Profile | undefined;
  /** Its name is needed for another. */
  readonly givesName: boolean;
}

/**
 * Takes back a container whose launch failed. One whose volume was there already, and whose program may hold what it has
 * taken meanwhile, is asked to write it and stays, stopped, unless it says that it has. One that writes through is asked to
 * end, so that nothing is cut off, and goes. Rejects with the engine's faults.
 */
export async function undoStart(
  around: Surroundings,
  id: string,
  seen: SeenContainer | undefined,
): Promise<Pick<LaunchProgress, 'state' | 'note'>> {
  const profiles = seen?.profile === undefined ? [] : [seen.profile];
  const described = seen && { ...seen.inspected, labels: seen.inspected.ref.labels };
  const mayHold = described !== undefined && mayHoldUnwritten(described, profiles);
  const isCut = described !== undefined && mayBeCut(described);
  if (seen === undefined || !(mayHold || (isCut && seen.profile?.stop !== undefined))) {
    await removeContainer(around.connection, id);
    return { state: 'undone', note: 'removed' };
  }
  const request = { name: id, force: true, graceMs: GRACE_MS, keep: true, profiles };
  const { unwritten, removed } = await stopFileSystem(around, request, () => undefined);
  const holdsNothing = unwritten?.length === 0 || !mayHold;
  if (holdsNothing && !removed) await removeContainer(around.connection, id);
  if (holdsNothing) return { state: 'undone', note: 'removed' };
  if (removed) return { state: 'undone', note: 'removed, and with it what it had not written' };
  if (!seen.givesName) return { state: 'undone', note: 'stopped and kept: it may hold what was not written' };
  const name = await keepUnwritten(around, seen.inspected.ref);
  return { state: 'undone', note: `stopped and kept as ${name}: it may hold what was not written` };
}
