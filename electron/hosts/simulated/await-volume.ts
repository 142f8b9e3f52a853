import { sleep } from '../../../shared/base/clock.ts';
import { localSystemIn } from './local-system.ts';
import type { Machine, SiloId } from './machine.ts';

/** How long a file system may take to bring its volume up before it is taken for one that never will. */
const PATIENCE_MS = 10_000;
/** Turns of the event loop before the clock is asked: programs that need no time should cost none. */
const EAGER_TURNS = 100;

/** The names of a silo's volumes; none when the silo has ended or has no WinFsp. */
export function volumesOf(machine: Machine, silo: SiloId): readonly string[] {
  if (silo !== 0 && !machine.computeSystems().some(system => system.siloId === silo)) return [];
  const { winfsp } = machine.win32(localSystemIn(silo));
  return winfsp.present() ? winfsp.listVolumes() : [];
}

/** The name of the volume that was not there before; undefined when its program ended first, or has no patience left. */
export async function awaitVolume(
  machine: Machine,
  silo: SiloId,
  before: readonly string[],
  running: () => boolean,
): Promise<string | undefined> {
  const deadline = machine.clock.now() + PATIENCE_MS;
  for (let turn = 1; machine.clock.now() < deadline; turn++) {
    const volume = volumesOf(machine, silo).find(name => !before.includes(name));
    if (volume !== undefined) return volume;
    if (!running()) return undefined;
    if (turn > EAGER_TURNS) await sleep(machine.clock, 2);
    else await new Promise<void>(resolve => setImmediate(resolve));
  }
  return undefined;
}
