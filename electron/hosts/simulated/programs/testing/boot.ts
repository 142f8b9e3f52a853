import { ManualClock } from '../../../../../shared/base/clock.ts';
import { createMachine, type SimulatedMachine } from '../../kernel/create-machine.ts';
import type { ComputeSystem, FileSystemOperations, Process, SpawnRequest, Subject } from '../../machine.ts';
import { Scenario, type ScenarioInput } from '../../scenario/schema.ts';
import { CollectingSink, encodeText, Pipe } from '../base/streams.ts';
import { PROGRAMS, windowsFiles, winfspFiles } from '../program-table.ts';
import type { WindowsKind } from '../windows-files.ts';

export const WINFSP = 'C:\\Program Files (x86)\\WinFsp';

/** A program's end, seen from outside. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Something that programs can be run in. */
export interface Place {
  readonly subject: Subject | undefined;
  start(commandLine: string, options?: StartOptions): Promise<Running>;
  run(commandLine: string, options?: StartOptions): Promise<Ran>;
}

export interface StartOptions {
  readonly stdin?: string;
  readonly terminal?: { readonly rows: number; readonly columns: number };
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Running {
  readonly process: Process;
  readonly out: CollectingSink;
  readonly err: CollectingSink;
  readonly keys: Pipe;
  ended(): Promise<Ran>;
}

/** A machine with every program on it, driven by hand. */
export class TestMachine {
  readonly machine: SimulatedMachine;
  readonly clock = new ManualClock(Date.UTC(2026, 10, 22, 1, 48));
  readonly #scenario: Scenario;

  constructor(input: ScenarioInput = {}) {
    this.#scenario = Scenario.parse({ winfsp: { fsd: 'running' }, ...input });
    this.machine = createMachine({
      ...this.#scenario,
      clock: this.clock,
      programs: PROGRAMS,
      hostFiles: { ...windowsFiles('host'), ...winfspFiles(this.#scenario.winfsp), ...this.#scenario.hostFiles },
    });
  }

  /** The host, as the signed-in user or elevated. */
  host(who: 'user' | 'elevated' = 'user'): Place {
    const subject = this.machine.subjects[who];
    return placeOf(this.clock, request => this.machine.spawn(subject, request), subject);
  }

  /** A process-isolated container with WinFsp bound in. */
  async silo(
    name = 'a',
    kind: WindowsKind = 'servercore',
    files: Readonly<Record<string, string>> = {},
  ): Promise<Place & { readonly system: ComputeSystem }> {
    const image = this.machine.createStore({ label: '', totalBytes: 20_000_000_000 });
    await plant(image, { ...windowsFiles(kind), ...files });
    const system = await this.machine.createComputeSystem({
      name: name.padEnd(64, '0'),
      hostname: name,
      disk: this.machine.createContainerDisk(image, { sizeBytes: 20_000_000_000 }),
      binds: [{ target: WINFSP, readOnly: true, source: { hostPath: WINFSP } }],
      pipes: [],
      environment: {},
      hyperv: false,
    });
    return { ...placeOf(this.clock, request => system.spawn({ ...request, user: '' }), undefined), system };
  }

  dispose(): Promise<void> {
    return this.machine.dispose();
  }
}

function placeOf(
  clock: ManualClock,
  spawn: (request: SpawnRequest) => Promise<Process>,
  subject: Subject | undefined,
): Place {
  const start = async (commandLine: string, options: StartOptions = {}): Promise<Running> => {
    const out = new CollectingSink();
    const err = new CollectingSink();
    const keys = new Pipe();
    if (options.stdin !== undefined) await keys.write(encodeText(options.stdin));
    if (options.terminal === undefined) keys.end();
    const { terminal, cwd, environment } = options;
    const process = await spawn({
      commandLine,
      stdin: keys,
      stdout: out,
      stderr: err,
      ...(terminal === undefined ? {} : { terminal }),
      ...(cwd === undefined ? {} : { cwd }),
      ...(environment === undefined ? {} : { environment }),
    });
    return {
      process,
      out,
      err,
      keys,
      ended: async () => {
        // Time passes only while somebody waits: a second a turn, once nothing is left to do without it.
        for (let turn = 0; process.exitCode === undefined && turn < 1_000; turn++) {
          await settle();
          if (process.exitCode === undefined) clock.advance(1_000);
        }
        return { code: process.exitCode ?? Number.NaN, out: out.text(), err: err.text() };
      },
    };
  };
  return { subject, start, run: async (commandLine, options) => (await start(commandLine, options)).ended() };
}

async function plant(store: FileSystemOperations, files: Readonly<Record<string, string>>): Promise<void> {
  const made = new Set<string>();
  for (const [path, text] of Object.entries(files)) {
    const parts = path.replace(/^[A-Za-z]:\\/, '').split('\\');
    for (let depth = 1; depth < parts.length; depth++) {
      const directory = `\\${parts.slice(0, depth).join('\\')}`;
      if (made.has(directory.toLowerCase())) continue;
      made.add(directory.toLowerCase());
      await store.createDirectory(directory);
    }
    await store.write(`\\${parts.join('\\')}`, encodeText(text), 'replace');
  }
}

/** Lets everything that is due without time passing happen. */
export async function settle(turns = 30): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise<void>(resolve => setImmediate(resolve));
}
