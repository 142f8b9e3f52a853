import { FaultError, faultOf } from '../../../shared/contract/fault.ts';
import type { Launched, LaunchInput, LaunchPlan } from '../../../shared/domain/launch.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { relaunchWords } from '../../../shared/wording/word-relaunch.ts';
import { removeContainer, renameContainer } from '../engine/container-orders.ts';
import { inspectIfThere } from '../engine/containers.ts';
import { emptyFiles } from '../engine/put-files.ts';
import { launch } from '../launching/launch.ts';
import type { Preflight } from '../launching/preflight.ts';
import { stopFileSystem } from '../launching/stop.ts';
import { deliverSecrets } from '../secrets/launch-secrets.ts';
import type { Surroundings } from '../surroundings.ts';
import { bringBack } from './bring-back.ts';
import { keptName, nextName, relaunchLabels } from './relaunch-labels.ts';

/** A container, and what takes its place. */
export interface Replacement {
  readonly before: {
    /** Docker id. */
    readonly id: string;
    readonly name: string;
    readonly running: boolean;
    /** The engine removes it as soon as it ends: its successor must run first. */
    readonly autoRemove: boolean;
    readonly hasVolume: boolean;
    /** Files in it that hold secrets: needed if it has to run again, and by nobody afterwards. */
    readonly secretFiles: readonly string[];
  };
  readonly input: LaunchInput;
  readonly ready: Preflight;
  readonly plan: LaunchPlan;
  /** Those that know how their program is asked to end. */
  readonly profiles: readonly Profile[];
}

type Tell = (note: string) => void;

const GRACE_MS = 30_000;

/**
 * Puts a container into the place of another, which is kept until the new one runs and has the volume that was planned.
 *
 *   create NEXT ─▶ stop ─▶ rename it KEPT ─▶ rename NEXT ─▶ start ─▶ volume ─▶ remove KEPT
 *        │           │             │               │           │        │
 *        └───────────┴─────────────┴──── fails ────┴───────────┴────────┴─▶ remove NEXT, bring it back
 *
 * One that is removed at its end (`--rm`) cannot be brought back, hence is stopped last:
 *
 *   create NEXT ─▶ start ─▶ volume ─▶ stop ─▶ rename NEXT
 *
 * The first fault is the one that is told; what came of the undoing is told beside it.
 */
export async function replaceContainer(
  around: Surroundings,
  replacement: Replacement,
  tell: Tell,
  signal?: AbortSignal,
): Promise<Launched> {
  return replacement.before.autoRemove
    ? startThenStop(around, replacement, tell, signal)
    : stopThenStart(around, replacement, tell, signal);
}

async function stopThenStart(
  around: Surroundings,
  replacement: Replacement,
  tell: Tell,
  signal?: AbortSignal,
): Promise<Launched> {
  const { before, input, ready, plan, profiles } = replacement;
  const { connection } = around;
  const { id, name } = before;
  const kept = keptName(before);
  // Whatever its program reads at its start is at hand before it is stopped.
  const filling = { winfsp: ready.fsd.installDirectory, uncPrefix: ready.command.uncPrefix };
  const handed = await deliverSecrets(around.secrets, input, ready.command.profile, ready.secrets, filling);
  let launched: Launched;
  try {
    const succession = {
      ...successionOf(around, before),
      beforeStart: async (created: string): Promise<void> => {
        const stop = { name: id, force: false, graceMs: GRACE_MS, keep: true, keepSecrets: true, profiles };
        await stopFileSystem(around, stop, tell, signal);
        await renameContainer(connection, id, kept, { signal });
        tell(relaunchWords.kept(name, kept));
        await renameContainer(connection, created, name, { signal });
      },
    };
    launched = await launch(around, { input, ready, plan, succession }, () => undefined, signal);
  } catch (error) {
    tell(relaunchWords.failed(name, faultOf(error).code));
    const brought = await bringBack(around, {
      id,
      name,
      ran: before.running,
      hadVolume: before.hasVolume,
      input: handed?.input,
    });
    tell(relaunchWords.brought(name, brought));
    throw error;
  }
  await removeContainer(connection, id).then(
    () => undefined,
    async () => {
      await emptyFiles(connection, id, before.secretFiles).catch(() => undefined);
      tell(relaunchWords.notRemoved(kept));
    },
  );
  return launched;
}

async function startThenStop(
  around: Surroundings,
  { before, input, ready, plan, profiles }: Replacement,
  tell: Tell,
  signal?: AbortSignal,
): Promise<Launched> {
  const { connection } = around;
  const { id, name } = before;
  const succession = successionOf(around, before);
  let launched: Launched;
  try {
    launched = await launch(around, { input, ready, plan, succession }, () => undefined, signal);
  } catch (error) {
    tell(relaunchWords.untouched(name, faultOf(error).code));
    throw error;
  }
  const created = launched.container.id;
  tell(relaunchWords.beside(name, succession.name));
  try {
    await stopFileSystem(around, { name: id, force: false, graceMs: GRACE_MS, keep: true, profiles }, tell, signal);
  } catch (error) {
    if ((await inspectIfThere(connection, id).catch(() => undefined))?.running === true) {
      await removeContainer(connection, created).catch(() => tell(relaunchWords.notRemoved(succession.name)));
      tell(relaunchWords.untouched(name, faultOf(error).code));
      throw error;
    }
    // It ended all the same: what runs now is all there is.
  }
  try {
    await renameContainer(connection, created, name);
    return { ...launched, container: { ...launched.container, name } };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    tell(relaunchWords.notRenamed(succession.name, name));
    return { ...launched, container: { ...launched.container, name: succession.name } };
  }
}

function successionOf({ clock }: Surroundings, before: Replacement['before']) {
  return {
    name: nextName(before.name),
    labels: relaunchLabels(before, new Date(clock.now()).toISOString()),
    autoRemove: before.autoRemove,
  };
}
