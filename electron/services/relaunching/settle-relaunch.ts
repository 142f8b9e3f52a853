import { FaultError } from '../../../shared/contract/fault.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { BrokenRelaunch, RelaunchWay } from '../../../shared/domain/relaunch.ts';
import { relaunchWords } from '../../../shared/wording/word-relaunch.ts';
import { removeContainer, renameContainer } from '../engine/container-orders.ts';
import { inspectIfThere } from '../engine/containers.ts';
import { stopFileSystem } from '../launching/stop.ts';
import { secretInput } from '../secrets/secret-input.ts';
import type { Surroundings } from '../surroundings.ts';
import { bringBack } from './bring-back.ts';

export interface Settling {
  readonly relaunch: BrokenRelaunch;
  readonly way: RelaunchWay;
  /** What goes may be stopped where it runs: its volume is lost. */
  readonly mayStop: boolean;
  readonly profiles: readonly Profile[];
}

const GRACE_MS = 30_000;

/** Ends a broken relaunch, the one way or the other. Answers the container that stays, by its name. */
export async function settleRelaunch(
  around: Surroundings,
  { relaunch, way, mayStop, profiles }: Settling,
  tell: (note: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const { name, before, after } = relaunch;
  const [stays, goes] = way === 'restore' ? [before, after] : [after, before];
  if (stays === undefined || !relaunch.ways.includes(way)) {
    throw new FaultError({ code: 'not-found', what: `way out for ${name}`, name: way, known: relaunch.ways });
  }
  const labels = (await inspectIfThere(around.connection, stays.id, { signal }))?.ref.labels ?? {};
  const input = way === 'restore' ? await secretInput(around.secrets, labels, profiles) : undefined;
  if (goes !== undefined) await dismiss(goes.id);
  if (way === 'restore') {
    const brought = await bringBack(around, { id: stays.id, name, ran: true, hadVolume: true, input });
    tell(relaunchWords.brought(name, brought));
    if (brought.outcome === 'gone') throw new FaultError({ code: 'not-found', what: 'container', name: stays.name });
    return 'name' in brought ? brought.name : name;
  }
  if (stays.name === name) return name;
  await renameContainer(around.connection, stays.id, name, { signal });
  return name;

  async function dismiss(id: string): Promise<void> {
    const there = await inspectIfThere(around.connection, id, { signal });
    if (there === undefined) return;
    if (there.running) {
      if (!mayStop) {
        const message = `${there.ref.name} runs: it would be stopped, and its volume lost.`;
        throw new FaultError({ code: 'invalid-input', issues: [{ path: 'mayStop', message }] });
      }
      await stopFileSystem(around, { name: id, force: false, graceMs: GRACE_MS, keep: true, profiles }, tell, signal);
    }
    await removeContainer(around.connection, id, { signal });
    tell(relaunchWords.removed(there.ref.name));
  }
}
