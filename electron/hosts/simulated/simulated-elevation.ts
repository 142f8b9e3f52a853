import { FaultError } from '../../../shared/contract/fault.ts';
import type { ElevationPurpose, ElevationState } from '../../../shared/domain/elevation.ts';
import { performElevated } from '../elevated-acts.ts';
import type { ElevatedSession, Elevation } from '../host.ts';
import type { HostLife } from '../host-life.ts';
import type { SimulatedMachine } from './kernel/create-machine.ts';
import { objectReader } from './object-reader.ts';
import { runProgram } from './run-program.ts';
import type { Scenario } from './scenario/schema.ts';

/** UAC as the scenario has it answered: the acts are done by the same table as on a real Windows, by an administrator. */
export function simulatedElevation(
  { windows, winfsp }: Pick<Scenario, 'windows' | 'winfsp'>,
  machine: SimulatedMachine,
  life: HostLife,
): Elevation {
  const administrator = machine.subjects.elevated;
  const means = {
    objects: objectReader(machine.win32(administrator), () => life.mustAnswer()),
    run: (argv: readonly string[], options: { readonly timeoutMs: number }) =>
      runProgram(machine, administrator, argv, options),
    systemFolder: 'C:\\Windows\\System32',
    winfspFolder: async () => (winfsp.installed ? winfsp.installDirectory : undefined),
  };
  const state: ElevationState = windows.elevated
    ? { state: 'held' }
    : windows.elevation === 'unavailable'
      ? { state: 'unavailable', because: 'no-prompt' }
      : { state: 'can-ask' };
  const session = (purpose: ElevationPurpose): ElevatedSession => {
    let isOver = false;
    return {
      purpose,
      perform: (act, signal) =>
        life.ask(signal, () => {
          if (isOver) throw new FaultError({ code: 'elevation-lost', purpose, reason: 'it was ended' });
          return performElevated(purpose, act, means);
        }),
      dispose: async () => {
        isOver = true;
      },
    };
  };
  return {
    state: () => life.ask(undefined, () => state),
    ask: (purpose, signal) =>
      life.ask(signal, () => {
        if (state.state === 'unavailable') return { outcome: 'unavailable', because: state.because };
        if (state.state === 'can-ask' && windows.elevation === 'refused') return { outcome: 'refused-by-user' };
        return { outcome: 'granted', session: session(purpose) };
      }),
  };
}
