import { DisposableStore } from '../../../shared/base/disposables.ts';
import type { EngineGate } from './engine-gate.ts';
import { localSystemIn } from './local-system.ts';
import type { Machine } from './machine.ts';
import type { Scenario } from './scenario/schema.ts';

/** Sets the faults that come by the clock. The others are the business of the kernel and the engine. */
export function scheduleFaults(faults: Scenario['faults'], machine: Machine, gate: EngineGate): DisposableStore {
  const scheduled = new DisposableStore();
  for (const fault of faults) {
    if (fault.kind === 'fsd-unloads') {
      scheduled.add(machine.clock.after(fault.afterMs, () => void unloadFsd(machine)));
    } else if (fault.kind === 'engine-restarts') {
      scheduled.add(
        machine.clock.after(fault.afterMs, () => {
          gate.down();
          scheduled.add(machine.clock.after(fault.downMs, () => gate.up()));
        }),
      );
    }
  }
  return scheduled;
}

/** Somebody runs `fsptool unload`: each loaded driver goes, and with it every volume in every silo. */
async function unloadFsd(machine: Machine): Promise<void> {
  const { winfsp } = machine.win32(localSystemIn(0));
  for (const { name, loaded } of winfsp.drivers()) if (loaded) await winfsp.unload(name);
}
