import { sleep } from '../../../../shared/base/clock.ts';
import { ApiError, conflict } from './api-error.ts';
import type { Container, Run } from './container.ts';
import { logContainer } from './container-events.ts';
import type { EngineState } from './engine-state.ts';
import { parseSignal } from './signals.ts';
import { launch, startContainer } from './start-container.ts';

const SIGKILL = 9;
/** Seconds a container is given on Windows (Linux: 10). Ground: moby daemon/config/config_windows.go. */
const STOP_SECONDS = 30;

interface StopOptions {
  readonly signal?: string | undefined;
  /** -1 waits for ever. */
  readonly seconds?: number | undefined;
}

/** Stops a container: HCS shutdown, then terminate when the time is over. 304 when it does not run. */
export async function stopContainer(
  state: EngineState,
  container: Container,
  options: StopOptions = {},
): Promise<void> {
  const signal = parseSignal(options.signal ?? stopSignalOf(container));
  if (cancelRestart(container)) {
    logContainer(state, container, 'stop');
    return;
  }
  const run = container.run;
  if (run === undefined) throw new ApiError(304, '');
  container.stoppedByHand = true;
  container.stopping = true;
  deliver(state, container, run, signal);
  const seconds = options.seconds ?? container.parts.config.StopTimeout ?? STOP_SECONDS;
  if (!(await endsWithin(state, run, seconds))) deliver(state, container, run, SIGKILL);
  await run.exited;
}

const stopSignalOf = (container: Container): string => container.parts.config.StopSignal ?? 'TERM';

/** `docker kill`. Any signal but KILL is a shutdown on Windows; only KILL is waited for. */
export async function killContainer(state: EngineState, container: Container, signalText: string): Promise<void> {
  const signal = parseSignal(signalText === '' ? 'KILL' : signalText);
  const run = container.run;
  if (run === undefined) {
    if (cancelRestart(container)) return;
    throw conflict(`cannot kill container: ${container.name}: container ${container.id} is not running`);
  }
  const own = container.parts.config.StopSignal;
  if (signal === SIGKILL || own === undefined || parseSignal(own) === signal) container.stoppedByHand = true;
  deliver(state, container, run, signal);
  if (signal === SIGKILL) await run.exited;
}

/** `docker restart`: stop what runs, start again. */
export async function restartContainer(
  state: EngineState,
  container: Container,
  options: StopOptions = {},
): Promise<void> {
  if (container.run !== undefined || container.restartTimer !== undefined) {
    const autoRemove = container.hostConfig.AutoRemove;
    container.hostConfig.AutoRemove = false;
    await stopContainer(state, container, options).finally(() => {
      container.hostConfig.AutoRemove = autoRemove;
    });
    await container.exclusive(() => launch(state, container));
  } else {
    await startContainer(state, container);
  }
  logContainer(state, container, 'restart');
}

/** Tells the container and logs it. Hyper-V and process isolation know only shutdown and terminate. */
function deliver(state: EngineState, container: Container, run: Run, signal: number): void {
  logContainer(state, container, 'kill', { signal: String(signal) });
  const told = signal === SIGKILL ? run.system.terminate() : run.system.shutdown();
  // Errors of either are ignored, as dockerd does: the exit is what counts.
  told.catch(() => undefined);
}

async function endsWithin(state: EngineState, run: Run, seconds: number): Promise<boolean> {
  const limit = new AbortController();
  const ended = run.exited.then(() => true);
  const late =
    seconds < 0
      ? new Promise<boolean>(() => undefined)
      : sleep(state.machine.clock, seconds * 1_000, limit.signal).then(
          () => false,
          () => true,
        );
  const answer = await Promise.race([ended, late]);
  limit.abort();
  return answer;
}

/** Calls a pending restart off. Answers whether there was one. */
function cancelRestart(container: Container): boolean {
  if (container.restartTimer === undefined) return false;
  container.restartTimer.dispose();
  container.restartTimer = undefined;
  container.stoppedByHand = true;
  container.state.status = 'exited';
  container.exits.emit(container.state.exitCode);
  return true;
}
