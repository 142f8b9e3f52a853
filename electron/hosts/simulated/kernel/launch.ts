import type { Clock } from '../../../../shared/base/clock.ts';
import { splitCommandLine } from '../../../../shared/domain/command-line.ts';
import type {
  ByteSink,
  Machine,
  Process,
  Program,
  ProgramContext,
  ProgramTable,
  SpawnRequest,
  Subject,
  Win32,
} from '../machine.ts';
import { Environment } from './environment.ts';
import { noInput } from './no-input.ts';
import type { SimulatedProcess } from './process.ts';
import type { ProcessTable } from './process-table.ts';
import { type FoundProgram, findProgram } from './program-search.ts';
import { isSystemCallError, STATUS, systemCallError } from './status.ts';

/** What starting a program needs of its kernel. */
export interface LaunchPad {
  readonly clock: Clock;
  readonly programs: ProgramTable;
  readonly machine: Machine;
  readonly processTable: ProcessTable;
  /** Without a process: the creator's own calls on its behalf. */
  win32(subject: Subject, process?: Process): Win32;
  /** Throws when the subject's silo has ended. */
  checkAlive(subject: Subject): void;
}

/** A request in which nothing is left to a default. */
export type CompleteRequest = SpawnRequest & Required<Pick<SpawnRequest, 'cwd' | 'environment'>>;

/** What the C++ runtime ends a process with when an exception reaches the top. */
const UNHANDLED_EXCEPTION = 0xe06d7363;

/** CreateProcess: finds the program's file as the subject sees it, makes the process, runs the program in it. */
export async function launch(pad: LaunchPad, subject: Subject, request: CompleteRequest): Promise<SimulatedProcess> {
  const win32 = pad.win32(subject);
  const environment = Environment.of(request.environment);
  await checkDirectory(win32, request.cwd);
  const found = await findProgram(win32, request.commandLine, request.cwd, environment.get('Path') ?? '');
  const program = pad.programs.get(found.programId);
  if (program === undefined) throw systemCallError(STATUS.INVALID_IMAGE_FORMAT, found.path);
  pad.checkAlive(subject);
  const process = pad.processTable.create(subject.silo, found.imageName, request.commandLine);
  if (request.terminal !== undefined) process.attachTerminal(request.terminal);
  const context = contextOf({ pad, subject, request, environment, found, process });
  // Later, so that the creator holds the process before it can do or print anything.
  queueMicrotask(() => void run(program, context, process));
  return process;
}

async function run(program: Program, context: ProgramContext, process: SimulatedProcess): Promise<void> {
  if (process.exitCode !== undefined) return;
  try {
    process.terminate(await program(context));
  } catch (error) {
    // Whatever happens to a program that was terminated is its own affair.
    if (process.exitCode !== undefined) return;
    if (isSystemCallError(error)) return process.terminate(error.status);
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    await context.stderr.write(`Unhandled exception in ${process.imageName}: ${words}\r\n`).catch(() => undefined);
    process.terminate(UNHANDLED_EXCEPTION);
  }
}

/** ERROR_DIRECTORY (267) for a working directory that is none. */
async function checkDirectory(win32: Win32, cwd: string): Promise<void> {
  try {
    if ((await win32.stat(cwd)).directory) return;
  } catch (error) {
    if (!isSystemCallError(error)) throw error;
  }
  throw systemCallError(STATUS.NOT_A_DIRECTORY, cwd);
}

/** A terminated process writes no more, even where its program has not noticed. */
function whileAlive(sink: ByteSink, process: Process): ByteSink {
  return {
    write(bytes) {
      if (process.exitCode !== undefined) return Promise.reject(systemCallError(STATUS.PROCESS_IS_TERMINATING));
      return sink.write(bytes);
    },
  };
}

interface Parts {
  readonly pad: LaunchPad;
  readonly subject: Subject;
  readonly request: CompleteRequest;
  readonly environment: Environment;
  readonly found: FoundProgram;
  readonly process: SimulatedProcess;
}

function contextOf({ pad, subject, request, environment, found, process }: Parts): ProgramContext {
  const { commandLine, cwd, stdin = noInput, stdout, stderr } = request;
  return {
    argv: splitCommandLine(commandLine),
    commandLine,
    imagePath: found.path,
    environment,
    cwd,
    stdin,
    stdout: whileAlive(stdout, process),
    stderr: whileAlive(stderr, process),
    get terminal() {
      return process.terminal;
    },
    processId: process.processId,
    win32: pad.win32(subject, process),
    machine: pad.machine,
    clock: pad.clock,
    signal: process.signal,
    onControl: handler => process.onControl(handler),
    async spawn(wanted) {
      const terminal = wanted.terminal ?? process.terminal;
      const child = await launch(pad, subject, {
        ...wanted,
        cwd: wanted.cwd ?? cwd,
        environment: wanted.environment ?? Object.fromEntries(environment),
        stdin: wanted.stdin ?? stdin,
        ...(terminal === undefined ? {} : { terminal }),
      });
      process.adopt(child);
      return child;
    },
  };
}
