import type { Duplex } from 'node:stream';
import { z } from 'zod';
import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { either } from '../either.ts';
import { within } from '../within.ts';
import type { EngineConnection } from './engine-connection.ts';
import { FrameSplitter } from './frame-splitter.ts';
import { readAnswer } from './read-answer.ts';

/** What a program said in a container. */
export interface ExecAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecRequest {
  readonly container: string;
  /** Never a shell line of foreign names: argv. */
  readonly argv: readonly string[];
  /** Variables of the program, beside the container's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** So many bytes of output tell enough: the rest is not waited for, and the program gets no reader any more. */
  readonly enough?: number | undefined;
  /** Hard limit. Default 15 000. A program that outlives it stays in the container: the engine has no way to end it. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Output beyond this is dropped: a container must not fill our memory. */
const MOST_OUTPUT = 4_194_304;
const FIRST_LOOK_MS = 400;
const LONGEST_LOOK_MS = 3_000;
const DRAIN_MS = 150;

const ExecInspect = z.object({ Running: z.boolean().catch(false), ExitCode: z.number().nullish() });

/**
 * Runs a program in a running container and waits for its end. The end is what the exec's own record says, not the
 * stream's: over a named pipe of Windows a hijacked stream may stay open for ever (docker-modem#83).
 */
export async function execInContainer(
  connection: EngineConnection,
  clock: Clock,
  request: ExecRequest,
): Promise<ExecAnswer> {
  const ms = request.timeoutMs ?? 15_000;
  const what = `exec ${request.argv[0] ?? ''}`;
  return within(clock, { what, ms, signal: request.signal }, async signal => {
    const options = { signal, timeoutMs: ms };
    const exec = await connection.order(
      'create exec',
      (docker, abortSignal) =>
        docker.getContainer(encodeURIComponent(request.container)).exec({
          Cmd: [...request.argv],
          Env: Object.entries(request.environment ?? {}).map(([name, value]) => `${name}=${value}`),
          AttachStdout: true,
          AttachStderr: true,
          abortSignal,
        }),
      options,
    );
    const stream = await connection.order(
      'start exec',
      (docker, abortSignal) => docker.getExec(exec.id).start({ hijack: true, stdin: false, abortSignal }),
      options,
    );
    const output = collect(stream, request.enough);
    const stop = (): void => void stream.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      return await ended(connection, clock, exec.id, output, signal);
    } finally {
      signal.removeEventListener('abort', stop);
      stream.destroy();
    }
  });
}

/** STILL_ACTIVE of Win32: what GetExitCodeProcess says of a program that runs on. */
export const STILL_ACTIVE = 259;

interface Output {
  /** It is over, or enough. */
  readonly closed: Promise<void>;
  /** It is as much as was asked for. */
  isEnough(): boolean;
  text(): { readonly stdout: string; readonly stderr: string };
}

function collect(stream: Duplex, wanted = Number.POSITIVE_INFINITY): Output {
  const splitter = new FrameSplitter();
  const parts: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  let size = 0;
  let tell = (): void => undefined;
  stream.on('data', (chunk: Buffer) => {
    for (const { source, payload } of splitter.push(chunk)) {
      size += payload.length;
      if (size <= MOST_OUTPUT) parts[source === 'stderr' || source === 'system' ? 'stderr' : 'stdout'].push(payload);
    }
    if (size >= wanted) tell();
  });
  const closed = new Promise<void>(resolve => {
    tell = resolve;
    stream.once('end', resolve);
    stream.once('close', resolve);
    // A broken stream is an end like any other: the exec's record decides what became of it.
    stream.on('error', () => resolve());
  });
  return {
    closed,
    isEnough: () => size >= wanted,
    text: () => ({
      stdout: Buffer.concat(parts.stdout).toString('utf8'),
      stderr: Buffer.concat(parts.stderr).toString('utf8'),
    }),
  };
}

async function ended(
  connection: EngineConnection,
  clock: Clock,
  id: string,
  output: Output,
  signal: AbortSignal,
): Promise<ExecAnswer> {
  let streamEnded = false;
  let settle = 2;
  const closed = output.closed.then(() => {
    streamEnded = true;
  });
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(wait * 2, LONGEST_LOOK_MS)) {
    await either(clock, closed, wait, signal);
    if (output.isEnough()) return { exitCode: STILL_ACTIVE, ...output.text() };
    const answer: unknown = await connection.ask(
      'inspect exec',
      (docker, abortSignal) => docker.getExec(id).inspect({ abortSignal }),
      { signal },
    );
    const record = readAnswer(ExecInspect, answer, 'inspect exec');
    if (record.Running || record.ExitCode === null || record.ExitCode === undefined) {
      // The stream is over and the record not yet: the engine writes it a moment later.
      if (streamEnded) {
        await sleep(clock, settle, signal);
        settle = Math.min(settle * 2, 200);
      }
      continue;
    }
    // What is still on its way gets a moment; with an ended stream there is nothing to wait for.
    if (!streamEnded) await either(clock, closed, DRAIN_MS, signal);
    return { exitCode: record.ExitCode >>> 0, ...output.text() };
  }
}
