import type { Container, Run } from './container.ts';
import { logContainer } from './container-events.ts';
import type { EngineState } from './engine-state.ts';
import { millisOf, secondsOf } from './nano-time.ts';
import { leaveNetworks } from './networking.ts';
import { removeContainer } from './remove-container.ts';
import { pauseBeforeRestart } from './restart-monitor.ts';

type Launch = (state: EngineState, container: Container) => Promise<void>;

/** What follows the end of a container's first process: the rest of it ends, `die`, then restart or removal. */
export async function finishRun(
  state: EngineState,
  container: Container,
  run: Omit<Run, 'exited'> & { readonly code: number },
  relaunch: Launch,
): Promise<number> {
  await run.system.terminate().catch(() => undefined);
  run.stdin?.end();
  container.healthMonitor?.dispose();
  container.healthMonitor = undefined;
  container.log.end();
  container.renewStdin();
  leaveNetworks(state, container);
  const finishedAt = state.time.now();
  const ranFor = millisOf(finishedAt - run.startedAt);
  Object.assign(container.state, { exitCode: run.code, finishedAt });
  container.run = undefined;
  const pause = pauseBeforeRestart({
    policy: container.hostConfig.RestartPolicy,
    exitCode: run.code,
    ranFor,
    restartCount: container.restartCount,
    stoppedByHand: container.stoppedByHand,
    previousPause: container.previousPause,
  });
  if (container.state.status !== 'removing') container.state.status = pause === undefined ? 'exited' : 'restarting';
  const execDuration = String(secondsOf(finishedAt - run.startedAt));
  logContainer(state, container, 'die', { execDuration, exitCode: String(run.code) });
  if (container.stopping) logContainer(state, container, 'stop');
  container.stopping = false;
  if (pause !== undefined) restartAfter(state, container, pause, relaunch);
  container.output.end();
  container.exits.emit(run.code);
  if (container.hostConfig.AutoRemove && container.state.status !== 'removing') {
    // Not awaited: whoever stops the container holds its turn, and removal needs one of its own.
    void container.exclusive(() => removeContainer(state, container, { volumes: true }));
  }
  return run.code;
}

/** Schedules the next run. A failing start counts as a run that ended at once. */
function restartAfter(state: EngineState, container: Container, pause: number, relaunch: Launch): void {
  container.previousPause = pause;
  container.restartTimer = state.machine.clock.after(pause, () => {
    container.restartTimer = undefined;
    container.restartCount += 1;
    void container
      .exclusive(() => relaunch(state, container))
      .catch(() => {
        container.exits.emit(container.state.exitCode);
      });
  });
}
