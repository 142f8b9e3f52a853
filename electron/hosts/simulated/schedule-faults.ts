import { DisposableStore } from '../../../shared/base/disposables.ts';
import type { Engine } from './engine/create-engine.ts';
import type { EngineGate } from './engine-gate.ts';
import type { SimulatedMachine } from './kernel/create-machine.ts';
import type { Scenario } from './scenario/schema.ts';

/** What the faults of a scenario strike. */
export interface Victims {
  readonly machine: SimulatedMachine;
  readonly engine: Engine;
  readonly gate: EngineGate;
}

/** Sets the faults that come by the clock. The others wait for their occasion, in the kernel and the engine. */
export function scheduleFaults(faults: Scenario['faults'], victims: Victims): DisposableStore {
  const { machine, engine, gate } = victims;
  const scheduled = new DisposableStore();
  const restart = async (downMs: number): Promise<void> => {
    gate.down();
    await engine.restart(downMs);
    gate.up();
  };
  for (const fault of faults) {
    if (fault.kind === 'fsd-unloads') {
      scheduled.add(machine.clock.after(fault.afterMs, () => machine.unloadFsd()));
    } else if (fault.kind === 'engine-restarts') {
      scheduled.add(machine.clock.after(fault.afterMs, () => void restart(fault.downMs)));
    }
  }
  return scheduled;
}
