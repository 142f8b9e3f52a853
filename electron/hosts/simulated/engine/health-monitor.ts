import { sleep } from '../../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../../shared/base/disposables.ts';
import { messageOf } from './api-error.ts';
import type { Container, Health } from './container.ts';
import { logContainer } from './container-events.ts';
import { ExecRequest } from './create-request.ts';
import type { EngineState } from './engine-state.ts';
import { beginExec, claimExec, createExec, finishExec } from './exec-container.ts';
import { goDuration } from './go-duration.ts';
import type { HealthCheck } from './image-config.ts';
import { nanoTime } from './nano-time.ts';

/* Spans in nanoseconds. Ground: moby daemon/health.go. */
const INTERVAL = 30e9;
const TIMEOUT = 30e9;
const START_INTERVAL = 5e9;
const RETRIES = 3;
const MOST_RESULTS = 5;
const MOST_OUTPUT = 4_096;
/** How long a check may take to start, in milliseconds; it does not count towards its own time. */
const START_LIMIT = 30_000;

const orElse = (value: number | undefined, fallback: number): number =>
  value === undefined || value === 0 ? fallback : value;

/**
 * Asks a running container again and again how it is, until the answer is disposed of; one that is no longer asked counts
 * as unhealthy, for old clients. Undefined for a container without a check.
 */
export function monitorHealth(state: EngineState, container: Container): Disposable | undefined {
  const check = container.parts.config.Healthcheck;
  if (check === undefined || !['CMD', 'CMD-SHELL'].includes(check.Test[0] ?? '')) return undefined;
  const health: Health = { status: 'starting', failingStreak: 0, log: container.health?.log ?? [] };
  container.health = health;
  const end = new AbortController();
  watch(state, container, check, health, end.signal).catch(() => undefined);
  return disposable(() => {
    end.abort();
    health.status = 'unhealthy';
  });
}

async function watch(
  state: EngineState,
  container: Container,
  check: HealthCheck,
  health: Health,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = state.time.now();
  const isEarly = (at: bigint): boolean => at - startedAt < BigInt(check.StartPeriod ?? 0);
  for (;;) {
    const isStarting = health.status === 'starting' && isEarly(state.time.now());
    const pause = isStarting ? orElse(check.StartInterval, START_INTERVAL) : orElse(check.Interval, INTERVAL);
    await sleep(state.machine.clock, pause / 1e6, signal);
    const start = state.time.now();
    const { exitCode, output } = await probe(state, container, check, signal);
    if (signal.aborted) return;
    const result = { Start: nanoTime(start), End: nanoTime(state.time.now()), ExitCode: exitCode, Output: output };
    health.log = [...health.log, result].slice(-MOST_RESULTS);
    const before = health.status;
    if (exitCode === 0) Object.assign(health, { status: 'healthy', failingStreak: 0 });
    else if (before !== 'starting' || !isEarly(start)) {
      health.failingStreak += 1;
      if (health.failingStreak >= orElse(check.Retries, RETRIES)) health.status = 'unhealthy';
    }
    if (health.status !== before) logContainer(state, container, `health_status: ${health.status}`);
  }
}

interface Probed {
  readonly exitCode: number;
  readonly output: string;
}

/** One run of the check, by an exec of its own. What cannot be run, or takes too long, is -1. */
async function probe(
  state: EngineState,
  container: Container,
  check: HealthCheck,
  signal: AbortSignal,
): Promise<Probed> {
  const [form, ...words] = check.Test;
  const shell = container.parts.image.config.Shell ?? ['cmd', '/S', '/C'];
  const output = limitedText();
  const streams = { stdin: undefined, stdout: output, stderr: output, consoleSize: undefined };
  try {
    const Cmd = form === 'CMD-SHELL' ? [...shell, ...words] : words;
    const exec = createExec(state, container, ExecRequest.parse({ Cmd, AttachStdout: true, AttachStderr: true }));
    claimExec(exec);
    const begun = await within(state, beginExec(state, exec, streams), START_LIMIT, signal);
    const { process } = exec;
    if (begun === LATE || process === undefined) {
      return { exitCode: -1, output: `timed out starting health check for container ${container.id}` };
    }
    const timeout = orElse(check.Timeout, TIMEOUT);
    const code = await within(state, process.ended, timeout / 1e6, signal);
    if (code !== LATE) return { exitCode: finishExec(state, exec, code), output: output.text() };
    process.terminate(1);
    finishExec(state, exec, await process.ended);
    const told = output.text();
    const late = `Health check exceeded timeout (${goDuration(timeout)})`;
    return { exitCode: -1, output: told === '' ? late : `${late}: ${told}` };
  } catch (caught) {
    return { exitCode: -1, output: messageOf(caught) };
  }
}

/** Takes output up to a limit; three dots stand for the rest. */
function limitedText() {
  let held = '';
  let isCut = false;
  return {
    write(bytes: Uint8Array | string): Promise<void> {
      const whole = held + (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8'));
      isCut ||= whole.length > MOST_OUTPUT;
      held = whole.slice(0, MOST_OUTPUT);
      return Promise.resolve();
    },
    text: (): string => (isCut ? `${held}...` : held),
  };
}

const LATE = Symbol('late');

/** The answer, or LATE when it is not there in time. */
async function within<T>(
  state: EngineState,
  answer: Promise<T>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<T | typeof LATE> {
  const settled = new AbortController();
  const limit = sleep(state.machine.clock, milliseconds, AbortSignal.any([settled.signal, signal])).then(
    (): typeof LATE => LATE,
    (): typeof LATE => LATE,
  );
  try {
    return await Promise.race([answer, limit]);
  } finally {
    settled.abort();
  }
}
