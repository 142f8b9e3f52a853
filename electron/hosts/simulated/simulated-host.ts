import type { Duplex } from 'node:stream';
import { type Clock, systemClock } from '../../../shared/base/clock.ts';
import { DisposableStore } from '../../../shared/base/disposables.ts';
import type { Fault } from '../../../shared/contract/fault.ts';
import type { HostFacts } from '../../../shared/domain/host-facts.ts';
import type { KernelAnswer, KernelQuestion } from '../../../shared/domain/kernel-question.ts';
import type {
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
import { answerKernel } from './answer-kernel.ts';
import { createEngine, type Engine } from './engine/create-engine.ts';
import { type Listening, listenEngine } from './engine/listen-engine.ts';
import { EngineGate } from './engine-gate.ts';
import { createMachine, type SimulatedMachine } from './kernel/create-machine.ts';
import type { Machine, ProgramTable, Subject } from './machine.ts';
import { objectReader } from './object-reader.ts';
import { playScenario } from './play-scenario.ts';
import { probeOn } from './probe-path.ts';
import { PROGRAMS, windowsFiles, winfspFiles } from './programs/program-table.ts';
import { runProgram } from './run-program.ts';
import type { Scenario } from './scenario/schema.ts';
import { scheduleFaults } from './schedule-faults.ts';
import { simulatedElevation } from './simulated-elevation.ts';

const ID = 'simulated';
const ENGINE_SERVICE = 'docker';

export interface SimulatedHostOptions {
  readonly scenario: Scenario;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Programs besides those that come with the simulation, by the id that `program:<id>` names. */
  readonly programs?: ProgramTable;
}

/** A simulated Windows host, with the rooms behind the seam for those who set a scene or look behind it. */
export interface SimulatedHost extends Host {
  readonly elevation: Elevation;
  readonly engine: Engine;
  readonly machine: SimulatedMachine;
  readonly scenario: Scenario;
  /** Serves the engine to stock clients: `tcp://127.0.0.1:0`, `unix:///path`. Ends with the host. */
  listenEngine(endpoint: string): Promise<Listening>;
  /** Every server name that anybody asked the network for, in order: what a careless UNC open gives away. */
  networkLog(): readonly string[];
  /** Pulls the plug: the host is lost for good, as an SSH host is when its connection drops. */
  lose(reason: string): void;
}

/** Builds the host that a scenario describes, and waits until what it describes runs. */
export async function createSimulatedHost(options: SimulatedHostOptions): Promise<SimulatedHost> {
  const { scenario } = options;
  const machine = createMachine({
    ...scenario,
    clock: options.clock ?? systemClock,
    programs: new Map([...PROGRAMS, ...(options.programs ?? [])]),
    hostFiles: { ...windowsFiles('host'), ...winfspFiles(scenario.winfsp), ...scenario.hostFiles },
    ...(scenario.engine.mode === 'stopped' ? { stoppedServices: [ENGINE_SERVICE] } : {}),
  });
  const engine = createEngine({
    machine,
    ...scenario,
    imageFiles: base => (base === 'linux' ? {} : windowsFiles(base)),
  });
  const host = new Simulation(scenario, machine, engine);
  try {
    await host.play();
    return host;
  } catch (caught) {
    await host.dispose();
    throw caught;
  }
}

class Simulation implements SimulatedHost {
  readonly id = ID;
  readonly facts: HostFacts;
  readonly objects: ObjectNamespace;
  readonly elevation: Elevation;
  readonly engine: Engine;
  readonly machine: SimulatedMachine;
  readonly scenario: Scenario;
  /** Whom Siloscope runs as. */
  readonly #session: Subject;
  readonly #gate: EngineGate;
  readonly #held = new DisposableStore();
  readonly #life = new HostLife();
  #disposed: Promise<void> | undefined;

  constructor(scenario: Scenario, machine: SimulatedMachine, engine: Engine) {
    this.scenario = scenario;
    this.machine = machine;
    this.engine = engine;
    this.#session = scenario.windows.elevated ? machine.subjects.elevated : machine.subjects.user;
    this.#gate = new EngineGate(
      scenario.engine.mode,
      connection => engine.connect(connection),
      () => machine.win32(machine.subjects.system).service(ENGINE_SERVICE)?.state === 'running',
    );
    this.elevation = simulatedElevation(scenario, machine, this.#life);
    this.facts = factsOf(machine, this.#session);
    this.objects = objectReader(machine.win32(this.#session), () => this.#life.mustAnswer());
  }

  /** Starts what the scenario describes; from then on its faults fall due. */
  async play(): Promise<void> {
    const { scenario, machine } = this;
    await playScenario({ scenario, machine, daemon: this.engine.daemon, session: this.#session });
    this.#held.add(scheduleFaults(scenario.faults, { machine, engine: this.engine, gate: this.#gate }));
  }

  run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
    return this.#life.ask(options.signal, signal =>
      runProgram(this.machine, this.#session, argv, { ...options, signal }),
    );
  }

  dialEngine(signal?: AbortSignal): Promise<Duplex> {
    return this.#life.ask(signal, () => this.#gate.dial());
  }

  probe(target: ProbeTarget, options: ProbeOptions = {}): Promise<ProbeAnswer> {
    const win32 = this.machine.win32(this.#session);
    return this.#life.ask(options.signal, signal => probeOn(win32, this.machine.clock, target, { ...options, signal }));
  }

  askKernel(question: KernelQuestion, signal?: AbortSignal): Promise<KernelAnswer> {
    return this.#life.ask(signal, () => answerKernel(this.machine, this.#session, question));
  }

  onLost(listener: (fault: Fault) => void): () => void {
    return this.#life.onLost(listener);
  }

  async listenEngine(endpoint: string): Promise<Listening> {
    this.#life.mustAnswer();
    return this.#held.add(await listenEngine(endpoint, connection => this.#gate.admit(connection)));
  }

  networkLog(): readonly string[] {
    return this.machine.networkLog();
  }

  lose(reason: string): void {
    this.#gate.down();
    this.#life.lose({ code: 'host-unreachable', host: ID, reason });
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#dispose();
    return this.#disposed;
  }

  async #dispose(): Promise<void> {
    this.#gate.down();
    this.#life.close({ code: 'host-unreachable', host: ID, reason: 'the simulation has ended' });
    this.#held.dispose();
    await this.engine.dispose();
    await this.machine.dispose();
  }
}

function factsOf({ name, version, subjects }: Machine, asker: Subject): HostFacts {
  const { build, revision, displayVersion, edition, productType } = version;
  const sessions = [subjects.user, subjects.elevated]
    .map(({ logon, elevated }) => ({ id: logon, elevated, own: logon === asker.logon }))
    .sort((a, b) => Number(b.own) - Number(a.own));
  return { machineName: name, build, revision, displayVersion, edition, productType, architecture: 'x64', sessions };
}
