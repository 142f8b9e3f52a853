import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type Clock, systemClock } from '../../../shared/base/clock.ts';
import { DisposableStore } from '../../../shared/base/disposables.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { HostFacts } from '../../../shared/domain/host-facts.ts';
import type { KernelAnswer, KernelQuestion } from '../../../shared/domain/kernel-question.ts';
import type {
  ElevatedSession,
  Elevation,
  Host,
  ObjectNamespace,
  ProbeAnswer,
  ProbeOptions,
  ProbeTarget,
  Ran,
  RunOptions,
} from '../host.ts';
import { HostLife } from '../host-life.ts';
import { askKernel } from '../kernel-calls.ts';
import type { BrokerProgram } from './broker/broker-program.ts';
import { performerOf, WINFSP_FOLDER, WINFSP_KEY } from './broker/elevated-performer.ts';
import { localElevation } from './broker/local-elevation.ts';
import { activeEndpoint, dialEngine } from './engine/dial-engine.ts';
import type { EngineEndpoint } from './engine/engine-endpoint.ts';
import { type StartHelper, startByNode } from './helper-process.ts';
import { type ElevationCalls, loadElevationCalls } from './nt/elevation-calls.ts';
import { loadNativeCalls, type NativeCalls } from './nt/native-calls.ts';
import { createObjectReader, type ObjectReader } from './nt/read-objects.ts';
import { Prober } from './probe/prober.ts';
import { readFacts } from './read-facts.ts';
import { runProgram } from './run/run-program.ts';

const ID = 'local';
/** Where Windows says what the machine is: to a program for x64, a process on Arm64 says x64 of itself. */
const ENVIRONMENT_KEY = 'SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';

export interface ThisMachineOptions {
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Starts the processes that open probed paths and show the prompt of Windows. Default: as Node runs scripts. */
  readonly startHelper?: StartHelper;
  /** What runs as an administrator. Default: Siloscope's own program where it is installed, else Node with a script. */
  readonly broker?: BrokerProgram;
}

/** The Windows that this process runs on. */
export interface ThisMachine extends Host {
  /** Where the engine is dialled, and who named that place. Read anew at each dial. */
  engineEndpoint(): EngineEndpoint;
  askKernel(question: KernelQuestion, signal?: AbortSignal): Promise<KernelAnswer>;
}

/**
 * Opens this machine as a host.
 * @throws FaultError `host-unreachable` where it runs no Windows, or cannot be asked.
 */
export async function createThisMachine(options: ThisMachineOptions = {}): Promise<ThisMachine> {
  if (process.platform !== 'win32') {
    const reason = 'this machine does not run Windows; use --host simulated, or --connect to a running one';
    throw new FaultError({ code: 'host-unreachable', host: ID, reason });
  }
  const [native, rights] = await Promise.all([loadNativeCalls(), loadElevationCalls()]);
  const clock = options.clock ?? systemClock;
  const workingDirectory = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
  const run = (argv: readonly string[], asked: RunOptions = {}): Promise<Ran> =>
    runProgram(argv, asked, { clock, processes: native.processes, workingDirectory });
  const architecture = rights.readMachineText(ENVIRONMENT_KEY, 'PROCESSOR_ARCHITECTURE') ?? process.arch;
  const told = await readFacts(run, { machineName: hostname(), architecture });
  const sessions = [...rights.logonSessions()];
  const facts: HostFacts = sessions.length === 0 ? told : { ...told, sessions };
  return new LocalWindows({ facts, native, rights, clock, run, options });
}

interface Parts {
  readonly facts: HostFacts;
  readonly native: NativeCalls;
  readonly rights: ElevationCalls;
  readonly clock: Clock;
  readonly run: (argv: readonly string[], options?: RunOptions) => Promise<Ran>;
  readonly options: ThisMachineOptions;
}

class LocalWindows implements ThisMachine {
  readonly id = ID;
  readonly facts: HostFacts;
  readonly objects: ObjectNamespace;
  readonly elevation: Elevation;
  readonly #parts: Parts;
  readonly #prober: Prober;
  readonly #held = new DisposableStore();
  readonly #sessions = new Set<ElevatedSession>();
  readonly #life = new HostLife();

  constructor(parts: Parts) {
    const { clock, options } = parts;
    this.#parts = parts;
    this.facts = parts.facts;
    const reader = createObjectReader(parts.native.objects);
    // It answers at once: nothing of it is ever waited for, and a walk of many thousand objects pays for no more.
    const living = (signal: AbortSignal | undefined): ObjectReader => {
      this.#life.mustAnswer(signal);
      return reader;
    };
    const { startHelper = startByNode } = options;
    this.#prober = this.#held.add(new Prober({ clock, startHelper: () => startHelper('prober-process') }));
    this.elevation = this.#elevation(startHelper);
    this.objects = {
      list: async (path, signal) => living(signal).list(path),
      readLink: async (path, signal) => living(signal).readLink(path),
    };
  }

  run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
    return this.#life.ask(options.signal, signal => this.#parts.run(argv, { ...options, signal }));
  }

  dialEngine(signal?: AbortSignal): Promise<Duplex> {
    const { clock, run } = this.#parts;
    return this.#life.ask(signal, asked => dialEngine({ clock, run, environment: process.env }, asked));
  }

  /** Whoever was let in by it ends with this host. */
  #elevation(startHelper: StartHelper): Elevation {
    const { clock, rights, native, options } = this.#parts;
    const elevation = localElevation({
      clock,
      startHelper,
      ...(options.broker === undefined ? {} : { program: options.broker }),
      isHeld: () => rights.isElevated(),
      isInteractive: () => rights.sessionId() !== 0,
      perform: performerOf(native, clock, () => rights.readMachineText(WINFSP_KEY, WINFSP_FOLDER)),
    });
    return {
      state: () => this.#life.ask(undefined, () => elevation.state()),
      ask: (purpose, signal) =>
        this.#life.ask(signal, async asked => {
          const answer = await elevation.ask(purpose, asked);
          return answer.outcome === 'granted' ? { ...answer, session: this.#keep(answer.session) } : answer;
        }),
    };
  }

  #keep(session: ElevatedSession): ElevatedSession {
    const kept: ElevatedSession = {
      purpose: session.purpose,
      perform: (act, signal) => session.perform(act, signal),
      dispose: () => {
        this.#sessions.delete(kept);
        return session.dispose();
      },
    };
    this.#sessions.add(kept);
    return kept;
  }

  engineEndpoint(): EngineEndpoint {
    return activeEndpoint(process.env);
  }

  probe(target: ProbeTarget, options: ProbeOptions = {}): Promise<ProbeAnswer> {
    return this.#life.ask(options.signal, signal => this.#prober.probe(target, { ...options, signal }));
  }

  askKernel(question: KernelQuestion, signal?: AbortSignal): Promise<KernelAnswer> {
    return this.#life.ask(signal, () => askKernel(question, this.#parts.native.kernel));
  }

  /** This machine is not lost while this process lives: nobody is ever told. */
  onLost(): () => void {
    return () => undefined;
  }

  async dispose(): Promise<void> {
    this.#life.close({ code: 'host-unreachable', host: ID, reason: 'it was closed' });
    this.#held.dispose();
    await Promise.all([...this.#sessions].map(session => session.dispose()));
  }
}
