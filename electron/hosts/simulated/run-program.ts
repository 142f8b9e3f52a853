import { FaultError } from '../../../shared/contract/fault.ts';
import { composeCommandLine } from '../../../shared/domain/command-line.ts';
import type { Ran, RunOptions } from '../host.ts';
import { withinLimit } from '../within-limit.ts';
import { isSystemCallError, nameOfStatus } from './kernel/status.ts';
import type { ByteSource, Machine, Process, Subject } from './machine.ts';

const ENDED_BY_US = 1;
const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Runs one program on the machine and waits for its end.
 * @throws FaultError `not-found` (what: program), `access-denied`, `timed-out`, `cancelled`.
 */
export async function runProgram(
  machine: Machine,
  subject: Subject,
  argv: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const startedAt = machine.clock.now();
  const stdout = new Transcript();
  const stderr = new Transcript();
  let process: Process | undefined;
  let struck = false;
  const work = async (): Promise<number> => {
    process = await machine.spawn(subject, {
      commandLine: composeCommandLine(argv),
      stdin: once(options.stdin),
      stdout,
      stderr,
    });
    if (struck) process.terminate(ENDED_BY_US);
    return process.ended;
  };
  try {
    const exitCode = await withinLimit(work(), {
      clock: machine.clock,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: options.signal,
      what: argv.join(' '),
      onStruck: () => {
        struck = true;
        process?.terminate(ENDED_BY_US);
      },
    });
    return {
      argv,
      exitCode,
      stdout: stdout.text(),
      stderr: stderr.text(),
      elapsedMs: machine.clock.now() - startedAt,
    };
  } catch (caught) {
    throw startFault(caught, argv);
  }
}

/** Win32 errors of CreateProcess: 2 and 3 not found, 5 refused, anything else (193 and its kin) is an end before the start. */
function startFault(caught: unknown, argv: readonly string[]): unknown {
  if (!isSystemCallError(caught)) return caught;
  const program = argv[0] ?? '';
  const raw = nameOfStatus(caught.status);
  if (caught.win32 === 2 || caught.win32 === 3) {
    return new FaultError({ code: 'not-found', what: 'program', name: program }, { cause: caught });
  }
  if (caught.win32 === 5) return new FaultError({ code: 'access-denied', what: program, raw }, { cause: caught });
  return new FaultError(
    { code: 'command-failed', argv: [...argv], exitCode: caught.win32, stdout: '', stderr: raw },
    { cause: caught },
  );
}

class Transcript {
  readonly #chunks: Uint8Array[] = [];

  write(bytes: Uint8Array | string): Promise<void> {
    this.#chunks.push(typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes);
    return Promise.resolve();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

function once(text: string | undefined): ByteSource {
  let rest = text;
  return {
    read() {
      const chunk = rest === undefined || rest === '' ? undefined : Buffer.from(rest, 'utf8');
      rest = undefined;
      return Promise.resolve(chunk);
    },
  };
}
