import { sleep } from '../../../shared/base/clock.ts';
import { startWithInput } from '../engine/container-input.ts';
import { renameContainer, startContainer } from '../engine/container-orders.ts';
import { type InspectedContainer, inspectIfThere } from '../engine/containers.ts';
import { volumesOf } from '../launching/stop.ts';
import type { Surroundings } from '../surroundings.ts';

/** What came of bringing a container back. */
export type Brought =
  /** It runs under its own name, and its volume is there where it has one. */
  | { readonly outcome: 'as-before' }
  /** It runs, and its volume was not seen in time. */
  | { readonly outcome: 'no-volume' }
  /** It runs, and somebody else has its name. */
  | { readonly outcome: 'other-name'; readonly name: string }
  /** It is there and could not be started, or nobody knows. */
  | { readonly outcome: 'not-running'; readonly name: string }
  | { readonly outcome: 'gone' };

interface Wanted {
  /** Docker id. */
  readonly id: string;
  readonly name: string;
  /** Whether it ran, and whether it had a volume. */
  readonly ran: boolean;
  readonly hadVolume: boolean;
  /** What its program reads from its input at every start. */
  readonly input?: string | undefined;
}

/** An engine that restarts is out of reach for a moment: it is tried again after these pauses. */
const PAUSES_MS = [0, 500, 2_000, 5_000] as const;
const VOLUME_LOOKS_MS = [0, 50, 100, 200, 500, 1_000, 2_000, 5_000] as const;

/**
 * Gives a container its name again and starts it, as itself: isolation, settings and layer are those it had. Left alone
 * where it runs under its name. Takes no signal: whoever gave up wants it back, too.
 */
export async function bringBack(around: Surroundings, wanted: Wanted): Promise<Brought> {
  let last: InspectedContainer | undefined;
  for (const pause of PAUSES_MS) {
    await sleep(around.clock, pause);
    try {
      last = await inspectIfThere(around.connection, wanted.id);
      if (last === undefined) return { outcome: 'gone' };
      const named = await rename(around, last, wanted.name);
      if (wanted.ran && !last.running) await start(around, wanted);
      if (!named) return { outcome: 'other-name', name: last.ref.name };
      return wanted.ran && wanted.hadVolume && !(await hasVolume(around, wanted.id))
        ? { outcome: 'no-volume' }
        : { outcome: 'as-before' };
    } catch {
      // Tried again; what is told is the fault that began it, and what came of this.
    }
  }
  return { outcome: 'not-running', name: last?.ref.name ?? wanted.name };
}

function start({ connection }: Surroundings, { id, input }: Wanted): Promise<void> {
  return input === undefined ? startContainer(connection, id) : startWithInput(connection, id, input);
}

/** That somebody has the name is no reason not to run. */
async function rename(around: Surroundings, { ref }: InspectedContainer, name: string): Promise<boolean> {
  if (ref.name === name) return true;
  return renameContainer(around.connection, ref.id, name).then(
    () => true,
    async () => (await inspectIfThere(around.connection, ref.id))?.ref.name === name,
  );
}

async function hasVolume(around: Surroundings, id: string): Promise<boolean> {
  for (const pause of VOLUME_LOOKS_MS) {
    await sleep(around.clock, pause);
    if ((await volumesOf(around, id).catch(() => [])).length > 0) return true;
    if ((await inspectIfThere(around.connection, id))?.running !== true) return false;
  }
  return false;
}
