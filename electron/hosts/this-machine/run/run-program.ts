import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Clock } from '../../../../shared/base/clock.ts';
import { FaultError } from '../../../../shared/contract/fault.ts';
import { composeCommandLine, quoteArgument } from '../../../../shared/domain/command-line.ts';
import { decodeOutput } from '../../decode-output.ts';
import type { Ran, RunOptions } from '../../host.ts';
import { MOST_OUTPUT, startFault, tooMuchOutput } from '../../program-faults.ts';
import { withinLimit } from '../../within-limit.ts';
import type { ProcessCalls } from '../nt/file-calls.ts';

const DEFAULT_TIMEOUT_MS = 30_000;

export interface RunSurroundings {
  readonly clock: Clock;
  /** Ends a program with all that it started; without it, the program alone is ended. */
  readonly processes?: ProcessCalls;
  /** Where a program is looked for first, and what it runs in: a folder that only administrators write to. */
  readonly workingDirectory?: string;
}

/**
 * Runs one program and waits for its end. The command line is our own: what the program reads back is `argv`, to the
 * character.
 * @throws FaultError `not-found` (what: program), `access-denied`, `timed-out`, `cancelled`; `command-failed` for what
 * Windows will not start (a batch file) and for a program that prints without end.
 */
export async function runProgram(
  argv: readonly string[],
  options: RunOptions,
  { clock, processes, workingDirectory }: RunSurroundings,
): Promise<Ran> {
  const { signal, timeoutMs = DEFAULT_TIMEOUT_MS, stdin } = options;
  if (signal?.aborted === true) throw new FaultError({ code: 'cancelled' }, { cause: signal.reason });
  const startedAt = clock.now();
  const child = start(argv, workingDirectory);
  const tree = child.pid === undefined ? undefined : processes?.confine(child.pid);
  const output = collect(child, argv);
  giveInput(child, stdin);
  try {
    const exitCode = await withinLimit(Promise.race([exitOf(child, argv), output.overrun]), {
      clock,
      timeoutMs,
      signal,
      what: argv.join(' '),
    });
    const codePage = processes?.oemCodePage();
    return {
      argv,
      exitCode,
      stdout: decodeOutput(output.stdout(), codePage),
      stderr: decodeOutput(output.stderr(), codePage),
      elapsedMs: clock.now() - startedAt,
    };
  } catch (caught) {
    tree?.terminate();
    child.kill('SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
    throw caught;
  } finally {
    tree?.release();
  }
}

function start(argv: readonly string[], workingDirectory: string | undefined): ChildProcessWithoutNullStreams {
  const [program = '', ...rest] = argv;
  const verbatim = process.platform === 'win32';
  try {
    return spawn(program, verbatim ? rest.map(quoteArgument) : rest, {
      ...(verbatim ? { argv0: composeCommandLine([program]), windowsVerbatimArguments: true } : {}),
      ...(workingDirectory === undefined ? {} : { cwd: workingDirectory }),
      windowsHide: true,
      stdio: 'pipe',
    });
  } catch (caught) {
    throw spawnFault(caught, argv);
  }
}

/** What Node tells by errno, as Win32 said it. */
const WIN32_OF_ERRNO: ReadonlyMap<string, number> = new Map([
  ['ENOENT', 2],
  ['EACCES', 5],
  ['EPERM', 5],
]);

function spawnFault(caught: unknown, argv: readonly string[]): unknown {
  if (!(caught instanceof Error) || !('code' in caught)) return caught;
  return startFault(argv, WIN32_OF_ERRNO.get(String(caught.code)) ?? 1, caught.message, caught);
}

/** The exit code, unsigned as Windows has it, once both streams have ended too. */
function exitOf(child: ChildProcessWithoutNullStreams, argv: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', error => reject(spawnFault(error, argv)));
    child.once('close', code => resolve((code ?? 1) >>> 0));
  });
}

function giveInput(child: ChildProcessWithoutNullStreams, text: string | undefined): void {
  // A program may end without reading all that it was given; that is its own affair.
  child.stdin.on('error', () => undefined);
  child.stdin.end(text ?? '');
}

interface Output {
  stdout(): Buffer;
  stderr(): Buffer;
  /** Rejects when the program has printed too much; else never settles. */
  readonly overrun: Promise<never>;
}

function collect(child: ChildProcessWithoutNullStreams, argv: readonly string[]): Output {
  const kept = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let bytes = 0;
  const overrun = new Promise<never>((_, reject) => {
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MOST_OUTPUT) {
          kept[name].push(chunk);
          return;
        }
        reject(tooMuchOutput(argv));
      });
    }
  });
  return {
    stdout: () => Buffer.concat(kept.stdout),
    stderr: () => Buffer.concat(kept.stderr),
    overrun,
  };
}
