import type { ClientChannel } from 'ssh2';
import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { decodeOutput } from '../decode-output.ts';
import type { Ran, RunOptions } from '../host.ts';
import { startFault } from '../program-faults.ts';
import { withinLimit } from '../within-limit.ts';
import { betweenMarks, cmdLineOf, LONGEST_CMD_LINE } from './cmd-line.ts';
import { converse, type End } from './converse.ts';
import { encodedCommand, encodedWord, notStarted, scriptFault, startScript } from './encoded-command.ts';
import { behindMark, newExitMark, takeExitCode } from './exit-mark.ts';
import type { FarShell } from './far-shell.ts';
import { Leftovers } from './leftovers.ts';
import type { SshLink } from './ssh-link.ts';

const DEFAULT_TIMEOUT_MS = 30_000;

/** What CreateProcess takes, with room for the shell's own part. */
const LONGEST_COMMAND_LINE = 32_000;

/** Runs programs on the far side through whatever shell its sshd starts. */
export class FarRunner {
  readonly #link: SshLink;
  readonly #shell: FarShell;
  readonly #clock: Clock;
  readonly #leftovers: Leftovers;
  readonly #asking = new Set<Promise<unknown>>();
  /** Programs that were there: a failing one of them is not looked for again. */
  readonly #seen = new Set<string>();

  constructor(link: SshLink, shell: FarShell, clock: Clock) {
    this.#link = link;
    this.#shell = shell;
    this.#clock = clock;
    this.#leftovers = new Leftovers(link, clock);
  }

  /** Fails with `not-found`, `access-denied`, `timed-out`, `cancelled`, `host-unreachable`, `command-failed` (too much output). */
  async run(argv: readonly string[], options: RunOptions): Promise<Ran> {
    const startedAt = this.#clock.now();
    const leave = new AbortController();
    const giveUp = (): void => leave.abort(options.signal?.reason);
    if (options.signal?.aborted === true) giveUp();
    options.signal?.addEventListener('abort', giveUp, { once: true });
    const asking = this.#ask(argv, options.stdin, leave.signal);
    this.#asking.add(asking);
    const settled = (): void => void this.#asking.delete(asking);
    asking.then(settled, settled);
    try {
      const answer = await withinLimit(asking, {
        clock: this.#clock,
        timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
        signal: options.signal,
        what: argv.join(' '),
      });
      return { argv, ...answer, elapsedMs: this.#clock.now() - startedAt };
    } catch (caught) {
      if (caught instanceof RefusedStart) throw startFault(argv, caught.win32, caught.message);
      throw caught;
    } finally {
      options.signal?.removeEventListener('abort', giveUp);
      leave.abort();
    }
  }

  /** Resolves when no program that was left is running any more, or nothing more can be done about it. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#asking);
    await this.#leftovers.settled();
  }

  async #ask(argv: readonly string[], stdin: string | undefined, signal: AbortSignal): Promise<Answer> {
    const program = argv[0] ?? '';
    const mark = newExitMark();
    const line = this.#shell.kind === 'cmd' ? cmdLineOf(argv) : undefined;
    const command = line === undefined ? encodedCommand(startScript(argv, mark)) : betweenMarks(line, mark);
    const most = this.#shell.kind === 'cmd' ? LONGEST_CMD_LINE : LONGEST_COMMAND_LINE;
    if (command.length > most) throw tooLong(argv, command.length, most);
    const end = await this.#start(command, line === undefined ? encodedWord(command) : mark, argv, stdin, signal);
    const told = decodeOutput(end.stderr, this.#shell.codePage);
    const win32 = notStarted(told, mark);
    if (win32 !== undefined) throw new RefusedStart(win32);
    // cmd ends the line of its mark; the script does not.
    const begins = line === undefined ? mark : `${mark}\r\n`;
    const stdout = decodeOutput(behindMark(end.stdout, begins), this.#shell.codePage);
    // The script's last word is the exit code: without it, what ended is PowerShell, and the program is not known to have run.
    if (line === undefined && !told.includes(mark)) throw scriptFault({ exitCode: end.code, stdout, stderr: told });
    const { stderr, exitCode = end.code } = takeExitCode(told, mark);
    const answer = { exitCode, stdout, stderr };
    const doubtful = answer.stdout === '' && answer.stderr !== '' && [1, 3, 9009].includes(exitCode);
    if (line !== undefined && doubtful && !(await this.#exists(program, signal))) throw new RefusedStart(2);
    this.#seen.add(program.toLowerCase());
    return answer;
  }

  /** Starts a command and hears it to its end; what does not come to one is looked after by its word. */
  async #start(
    command: string,
    word: string,
    argv: readonly string[],
    stdin: string | undefined,
    signal: AbortSignal,
  ): Promise<End & { readonly code: number }> {
    let channel: ClientChannel;
    try {
      channel = await this.#link.open(command, signal);
    } catch (caught) {
      // Perhaps the connection was cut just when the server had begun.
      if (!signal.aborted) this.#leftovers.end(word);
      throw caught;
    }
    const end = await converse(channel, stdin, argv, signal, left => this.#leftovers.leave(left, word));
    const { code } = end;
    if (code !== undefined) return { ...end, code };
    this.#leftovers.end(word);
    throw this.#cut();
  }

  /** cmd says in its own language, and with the exit code of many a program, that there is none: where.exe is asked. */
  async #exists(program: string, signal: AbortSignal): Promise<boolean> {
    if (this.#seen.has(program.toLowerCase())) return true;
    const cut = Math.max(program.lastIndexOf('\\'), program.lastIndexOf('/'));
    const pattern = cut < 0 ? program : `${program.slice(0, cut)}:${program.slice(cut + 1)}`;
    const mark = newExitMark();
    const asked = cmdLineOf(['where.exe', '/q', pattern]);
    if (asked === undefined) return true;
    const end = await converse(await this.#link.exec(betweenMarks(asked, mark), signal), undefined, [program], signal);
    return takeExitCode(decodeOutput(end.stderr, this.#shell.codePage), mark).exitCode !== 1;
  }

  #cut(): FaultError {
    const { state } = this.#link;
    if (state.kind === 'lost') return new FaultError(state.fault);
    const reason = state.kind === 'cut' ? `${state.reason}; trying to connect again` : 'its answer was cut short';
    return new FaultError({ code: 'host-unreachable', host: this.#link.id, reason });
  }
}

function tooLong(argv: readonly string[], length: number, most: number): FaultError {
  const stderr = `not started: as the far shell has to be told it, the command line has ${length} characters, and ${most} is the most it takes`;
  return new FaultError({ code: 'command-failed', argv: [...argv], exitCode: 1, stdout: '', stderr });
}

type Answer = Pick<Ran, 'exitCode' | 'stdout' | 'stderr'>;

class RefusedStart extends Error {
  override readonly name = 'RefusedStart';
  readonly win32: number;

  constructor(win32: number) {
    super(`it could not be started: Win32 error ${win32}`);
    this.win32 = win32;
  }
}
