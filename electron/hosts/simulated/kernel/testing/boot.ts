import { ManualClock } from '../../../../../shared/base/clock.ts';
import type {
  BindMount,
  ByteSink,
  ComputeSystem,
  FileSystemOperations,
  MountedVolume,
  Process,
  Program,
  ProgramContext,
  Subject,
  Win32,
} from '../../machine.ts';
import { Scenario, type ScenarioInput } from '../../scenario/schema.ts';
import { createMachine, type SimulatedMachine } from '../create-machine.ts';
import { isSystemCallError, nameOfStatus } from '../status.ts';
import { Meeting } from './meeting.ts';

/** Ends at once with the code it is given. */
const exit: Program = context => Promise.resolve(Number(context.argv[1] ?? 0));
/** Prints its arguments, one a line, and ends. */
const args: Program = async context => {
  for (const argument of context.argv) await context.stdout.write(`${argument}\n`);
  return 0;
};
/** Never ends and handles no control event. */
const forever: Program = () => new Promise(() => undefined);
/** Ends with 42 when it is asked to. */
const polite: Program = context => new Promise(resolve => void context.onControl(() => resolve(42)));

const PROGRAMS: ReadonlyMap<string, Program> = new Map(Object.entries({ exit, args, forever, polite }));

export const programText = (id: string): string => `MZ siloscope-program ${id}\n`;

/** Output that nobody reads. */
export const nowhere: ByteSink = { write: () => Promise.resolve() };

/** Output that a test reads. */
export class Transcript implements ByteSink {
  text = '';

  write(bytes: Uint8Array | string): Promise<void> {
    this.text += typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
    return Promise.resolve();
  }
}

/** A container on the machine under test. */
export interface TestContainer {
  readonly system: ComputeSystem;
  /** ContainerAdministrator in it. */
  readonly subject: Subject;
  readonly win32: Win32;
  /** A process that serves volumes. */
  readonly server: Process;
}

/** A machine with a few programs, on a clock that a test drives. WinFsp runs and unknown servers cost no time. */
export class TestKernel {
  readonly clock = new ManualClock(Date.UTC(2026, 10, 22));
  readonly machine: SimulatedMachine;
  readonly #image: FileSystemOperations;
  readonly #programs = new Map<string, Program>();

  constructor(input: ScenarioInput = {}, programs: Readonly<Record<string, Program>> = {}) {
    for (const [id, program] of [...PROGRAMS, ...Object.entries(programs)]) this.#programs.set(id, program);
    const scenario = Scenario.parse({
      ...input,
      winfsp: { fsd: 'running', ...input.winfsp },
      behaviour: { unknownServerMs: 0, ...input.behaviour },
    });
    const system32 = [...this.#programs.keys()].map(id => [`C:\\Windows\\System32\\${id}.exe`, programText(id)]);
    this.machine = createMachine({
      ...scenario,
      clock: this.clock,
      programs: this.#programs,
      hostFiles: { ...Object.fromEntries(system32), ...scenario.hostFiles },
    });
    this.#image = this.machine.createStore({ label: '', totalBytes: 20_000_000_000 });
  }

  get user(): Win32 {
    return this.machine.win32(this.machine.subjects.user);
  }

  get admin(): Win32 {
    return this.machine.win32(this.machine.subjects.elevated);
  }

  /** A container of a tiny image in which the same programs are found. */
  async container(
    name: string,
    options: { readonly hyperv?: boolean; readonly binds?: readonly BindMount[] } = {},
  ): Promise<TestContainer> {
    await this.#fillImage();
    const system = await this.machine.createComputeSystem({
      name: containerId(name),
      hostname: name,
      disk: this.machine.createContainerDisk(this.#image, { sizeBytes: 20_000_000 }),
      binds: options.binds ?? [],
      pipes: [],
      environment: { FROM: 'container' },
      hyperv: options.hyperv ?? false,
    });
    const meeting = new Meeting<ProgramContext>();
    this.#programs.set('serve', context => {
      meeting.arrive(context);
      return new Promise(() => undefined);
    });
    const server = await system.spawn({ commandLine: 'serve', user: '', stdout: nowhere, stderr: nowhere });
    const { win32 } = await meeting.meet();
    // The calls of a utility VM's programs reach its own kernel only; elsewhere they may outlive the server.
    return {
      system,
      server,
      subject: win32.subject,
      win32: options.hyperv === true ? win32 : this.machine.win32(win32.subject),
    };
  }

  /** A file system with one file in its root. */
  store(text: string, file = 'f.txt'): FileSystemOperations {
    const store = this.machine.createStore({ label: 'memfs', totalBytes: 1_000_000 });
    // The store writes before its promise settles.
    void store.write(`\\${file}`, new TextEncoder().encode(text), 'replace');
    return store;
  }

  /** A volume whose one file `f.txt` says who it is; with a mount point, that too. */
  async mount(
    container: Pick<TestContainer, 'win32' | 'server'>,
    options: { readonly says: string; readonly prefix?: string; readonly at?: string },
  ): Promise<MountedVolume> {
    const { win32, server } = container;
    const volume = await win32.winfsp.createVolume({
      operations: this.store(options.says),
      processId: server.processId,
      ...(options.prefix === undefined ? {} : { prefix: options.prefix }),
    });
    if (options.at !== undefined) win32.defineDosDevice(options.at, volume.name, server.processId);
    return volume;
  }

  /** A process of the host's user that serves volumes, in the shape of a container. */
  async hostServer(subject: Subject = this.machine.subjects.user): Promise<Pick<TestContainer, 'win32' | 'server'>> {
    const server = await this.machine.spawn(subject, { commandLine: 'forever', stdout: nowhere, stderr: nowhere });
    return { win32: this.machine.win32(subject), server };
  }

  dispose(): Promise<void> {
    return this.machine.dispose();
  }

  async #fillImage(): Promise<void> {
    const present = await this.#image.list('\\');
    if (present.length > 0) return;
    await this.#image.createDirectory('\\Windows');
    await this.#image.createDirectory('\\Windows\\System32');
    for (const id of [...this.#programs.keys(), 'serve']) {
      await this.#image.write(`\\Windows\\System32\\${id}.exe`, new TextEncoder().encode(programText(id)), 'replace');
    }
  }
}

/** Docker's 64 digits for a short name. */
export function containerId(name: string): string {
  return Buffer.from(name).toString('hex').padEnd(64, '0');
}

/** The text of a file, or the name of the status with which it was refused. */
export async function readOr(win32: Win32, path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await win32.read(path));
  } catch (error) {
    return refusal(error);
  }
}

/** The status' name of a failed system call; anything else is thrown on. */
export function refusal(error: unknown): string {
  if (!isSystemCallError(error)) throw error;
  return nameOfStatus(error.status);
}

/** The answer, or the status' name. */
export function askOr<T>(ask: () => T): T | string {
  try {
    return ask();
  } catch (error) {
    return refusal(error);
  }
}
