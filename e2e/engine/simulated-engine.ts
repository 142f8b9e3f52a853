import { createEngine, type Engine } from '../../electron/hosts/simulated/engine/create-engine.ts';
import { createMachine } from '../../electron/hosts/simulated/kernel/create-machine.ts';
import type { Machine } from '../../electron/hosts/simulated/machine.ts';
import { PROGRAMS, windowsFiles, winfspFiles } from '../../electron/hosts/simulated/programs/program-table.ts';
import { Scenario, type ScenarioInput } from '../../electron/hosts/simulated/scenario/schema.ts';
import { systemClock } from '../../shared/base/clock.ts';

export interface RunningEngine {
  readonly engine: Engine;
  readonly machine: Machine;
  /** As `DOCKER_HOST` takes it. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** A simulated machine with its engine, listening where a stock client can reach it. */
export async function startSimulatedEngine(
  input: ScenarioInput,
  endpoint = 'tcp://127.0.0.1:0',
): Promise<RunningEngine> {
  const scenario = Scenario.parse(input);
  const machine = createMachine({
    ...scenario,
    clock: systemClock,
    programs: PROGRAMS,
    hostFiles: { ...windowsFiles('host'), ...winfspFiles(scenario.winfsp), ...scenario.hostFiles },
  });
  const engine = createEngine({ machine, ...scenario, imageFiles: windowsFiles });
  const listening = await engine.listen(endpoint);
  return {
    engine,
    machine,
    endpoint: listening.endpoint,
    async stop() {
      await listening.dispose();
      await engine.dispose();
      await machine.dispose();
    },
  };
}
