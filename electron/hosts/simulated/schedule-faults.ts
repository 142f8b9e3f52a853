import type { Clock } from '../../../shared/base/clock.ts';
import { DisposableStore } from '../../../shared/base/disposables.ts';
import type { Engine } from './engine/create-engine.ts';
import type { EngineGate } from './engine-gate.ts';
import type { Scenario } from './scenario/schema.ts';

/** Sets the faults of the engine that come by the clock. The kernel sets its own; the others wait for their occasion. */
export function scheduleFaults(
  faults: Scenario['faults'],
  clock: Clock,
  engine: Engine,
  gate: EngineGate,
): DisposableStore {
  const scheduled = new DisposableStore();
  for (const fault of faults) {
    if (fault.kind !== 'engine-restarts') continue;
    const restart = async (): Promise<void> => {
      gate.down();
      await engine.restart(fault.downMs);
      gate.up();
    };
    scheduled.add(clock.after(fault.afterMs, () => void restart()));
  }
  return scheduled;
}
