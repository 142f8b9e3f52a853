import { sleep } from '../../../../shared/base/clock.ts';
import type { ByteSink, ByteSource } from '../machine.ts';
import { ApiError, badRequest, conflict, messageOf } from './api-error.ts';
import { commandLineOf } from './command-line.ts';
import type { Container } from './container.ts';
import { logContainer } from './container-events.ts';
import type { ExecRequest } from './create-request.ts';
import type { EngineState } from './engine-state.ts';
import { environmentOf } from './environment.ts';
import type { Exec } from './exec-store.ts';
import { processFailure, StartFailure } from './system-call-words.ts';

export function createExec(state: EngineState, container: Container, request: ExecRequest): Exec {
  const words = request.Cmd ?? [];
  if (words.length === 0) throw badRequest('No exec command specified');
  refuseStill(container);
  const exec: Exec = {
    id: state.machine.random.hex(64),
    container,
    request,
    words,
    started: false,
    running: false,
    exitCode: undefined,
    process: undefined,
    endedAt: undefined,
  };
  state.execs.add(exec, state.machine.clock.now());
  logContainer(state, container, `exec_create: ${shown(exec)}`, { execID: exec.id });
  return exec;
}

/** dockerd writes the command, a blank and the arguments: a blank stays when there are none. */
const shown = ({ words: [command = '', ...rest] }: Exec): string => `${command} ${rest.join(' ')}`;

function refuseStill(container: Container): void {
  const { status } = container.state;
  if (status === 'paused') throw conflict(`Container ${container.name} is paused, unpause the container before exec`);
  if (status === 'restarting')
    throw conflict(`Container ${container.id} is restarting, wait until the container is running`);
  if (container.run === undefined) throw conflict(`container ${container.id} is not running`);
}

/** Takes an exec for starting: each can be started once. */
export function claimExec(exec: Exec): void {
  if (exec.running) throw conflict(`exec command ${exec.id} is already running`);
  if (exec.started) throw conflict(`exec command ${exec.id} has already run`);
  refuseStill(exec.container);
  exec.started = true;
}

export interface ExecStreams {
  readonly stdin: ByteSource | undefined;
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  /** `[rows, columns]`; only looked at with a TTY. */
  readonly consoleSize: readonly number[] | undefined;
}

/** Runs a claimed exec to its end. Answers the exit code; a program that cannot be started rejects with StartFailure. */
export async function runExec(state: EngineState, exec: Exec, streams: ExecStreams): Promise<number> {
  await beginExec(state, exec, streams);
  return exec.process === undefined ? never() : finishExec(state, exec, await exec.process.ended);
}

const never = (): Promise<never> => new Promise(() => undefined);

/** Starts a claimed exec; returns when its process is there. By the fault `exec-hangs` it never gets one. */
export async function beginExec(state: EngineState, exec: Exec, streams: ExecStreams): Promise<void> {
  const { container, request } = exec;
  const run = container.run;
  if (run === undefined) throw conflict(`container ${container.id} is not running`);
  exec.running = true;
  logContainer(state, container, `exec_start: ${shown(exec)}`, { execID: exec.id });
  const commandLine = commandLineOf(exec.words);
  if (state.options.faults.some(fault => fault.kind === 'exec-hangs' && commandLine.includes(fault.command))) return;
  const [rows = 24, columns = 80] = streams.consoleSize ?? request.ConsoleSize ?? [];
  const cwd = request.WorkingDir === '' ? container.parts.config.WorkingDir : request.WorkingDir;
  const environment = { ...environmentOf(container.parts.config.Env ?? []), ...environmentOf(request.Env ?? []) };
  try {
    exec.process = await run.system.spawn({
      commandLine,
      user: request.User === '' ? container.parts.config.User : request.User,
      ...(cwd === '' ? {} : { cwd }),
      ...(request.Env === undefined || request.Env.length === 0 ? {} : { environment }),
      ...(streams.stdin === undefined ? {} : { stdin: streams.stdin }),
      stdout: streams.stdout,
      stderr: request.Tty ? streams.stdout : streams.stderr,
      ...(request.Tty ? { terminal: { rows, columns } } : {}),
    });
  } catch (caught) {
    const failure = caught instanceof ApiError ? caught : processFailure(container.id, caught);
    finishExec(state, exec, failure instanceof StartFailure ? failure.exitCode : 126, false);
    throw failure;
  }
}

/** Notes the end. An exec that never ran dies without an event. */
export function finishExec(state: EngineState, exec: Exec, exitCode: number, ran = true): number {
  exec.running = false;
  exec.exitCode = exitCode;
  exec.endedAt = state.machine.clock.now();
  if (ran) logContainer(state, exec.container, 'exec_die', { execID: exec.id, exitCode: String(exitCode) });
  return exitCode;
}

/** Waits for the exec's process, up to ten seconds, as resize does. */
export async function awaitProcess(
  state: EngineState,
  exec: Exec,
  signal: AbortSignal,
): Promise<NonNullable<Exec['process']>> {
  if (exec.endedAt !== undefined) throw new ApiError(404, `No such exec instance: ${exec.id}`);
  for (
    let waited = 0;
    exec.process === undefined && exec.started && exec.endedAt === undefined && waited < 10_000;
    waited += 20
  ) {
    await sleep(state.machine.clock, 20, signal);
  }
  if (exec.process === undefined) throw badRequest('exec process is not started');
  return exec.process;
}

/** What an exec that could not start tells its client, over the hijacked stream. */
export const failureText = (caught: unknown): string => `${messageOf(caught)}\r\n`;
