import { composeCommandLine } from '../../../shared/domain/command-line.ts';
import type { Ran, RunOptions } from '../host.ts';
import { MOST_OUTPUT, startFault, tooMuchOutput } from '../program-faults.ts';
import { withinLimit } from '../within-limit.ts';
import { isSystemCallError, nameOfStatus } from './kernel/status.ts';
import type { ByteSink, ByteSource, Machine, Process, Subject } from './machine.ts';

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
  const said = new Transcript(argv);
  let process: Process | undefined;
  let struck = false;
  const work = async (): Promise<number> => {
    process = await machine.spawn(subject, {
      commandLine: composeCommandLine(argv),
      stdin: once(options.stdin),
      stdout: said.sink('stdout'),
      stderr: said.sink('stderr'),
    });
    if (struck) process.terminate(ENDED_BY_US);
    return process.ended;
  };
  try {
    const exitCode = await withinLimit(Promise.race([work(), said.overrun]), {
      clock: machine.clock,
      timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      signal: options.signal,
      what: argv.join(' '),
    });
    return {
      argv,
      exitCode,
      stdout: said.text('stdout'),
      stderr: said.text('stderr'),
      elapsedMs: machine.clock.now() - startedAt,
    };
  } catch (caught) {
    struck = true;
    process?.terminate(ENDED_BY_US);
    throw isSystemCallError(caught) ? startFault(argv, caught.win32, nameOfStatus(caught.status), caught) : caught;
  }
}

/** Both outputs, as long as they are no more than a program may print. */
class Transcript {
  readonly overrun: Promise<never>;
  readonly #kept = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  #size = 0;
  #struck: () => void = () => undefined;

  constructor(argv: readonly string[]) {
    this.overrun = new Promise((_, reject) => {
      this.#struck = () => reject(tooMuchOutput(argv));
    });
    // A race that it loses leaves it unheard.
    this.overrun.catch(() => undefined);
  }

  sink(name: 'stdout' | 'stderr'): ByteSink {
    return {
      write: written => {
        const bytes = typeof written === 'string' ? Buffer.from(written, 'utf8') : written;
        this.#size += bytes.length;
        if (this.#size <= MOST_OUTPUT) this.#kept[name].push(bytes);
        else this.#struck();
        return Promise.resolve();
      },
    };
  }

  text(name: 'stdout' | 'stderr'): string {
    return Buffer.concat(this.#kept[name]).toString('utf8');
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
