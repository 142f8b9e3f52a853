import type { Clock } from '../../../../shared/base/clock.ts';
import type { SiloId } from '../machine.ts';
import { IdTable } from './id-table.ts';
import { SimulatedProcess } from './process.ts';

/** Ids that a process's first threads take beside its own. */
const THREADS = 1;

/** All processes of one kernel, whichever silo they live in, and the id table they share with the silos. */
export class ProcessTable {
  readonly ids: IdTable;
  readonly #clock: Clock;
  readonly #living = new Map<number, SimulatedProcess>();
  readonly #bySilo = new Map<SiloId, Map<number, SimulatedProcess>>();
  readonly #threads = new Map<number, readonly number[]>();
  readonly #onEnd: (process: SimulatedProcess) => void;

  constructor(clock: Clock, firstId: number, onEnd: (process: SimulatedProcess) => void) {
    this.#clock = clock;
    this.ids = new IdTable(firstId);
    this.#onEnd = onEnd;
  }

  create(silo: SiloId, imageName: string, commandLine: string, processId = this.ids.take()): SimulatedProcess {
    const process = new SimulatedProcess(
      { processId, silo, imageName, commandLine, startedAt: this.#clock.now() },
      () => this.#clock.now(),
      ended => this.#end(ended),
    );
    this.#living.set(processId, process);
    let members = this.#bySilo.get(silo);
    if (members === undefined) {
      members = new Map();
      this.#bySilo.set(silo, members);
    }
    members.set(processId, process);
    this.#threads.set(
      processId,
      Array.from({ length: THREADS }, () => this.ids.take()),
    );
    return process;
  }

  get(processId: number): SimulatedProcess | undefined {
    return this.#living.get(processId);
  }

  /** By id. */
  all(): readonly SimulatedProcess[] {
    return byId(this.#living);
  }

  /** The members of one silo, by id. */
  of(silo: SiloId): readonly SimulatedProcess[] {
    return byId(this.#bySilo.get(silo) ?? new Map());
  }

  #end(process: SimulatedProcess): void {
    this.#living.delete(process.processId);
    const members = this.#bySilo.get(process.silo);
    members?.delete(process.processId);
    if (members?.size === 0) this.#bySilo.delete(process.silo);
    for (const id of [process.processId, ...(this.#threads.get(process.processId) ?? [])]) this.ids.giveBack(id);
    this.#threads.delete(process.processId);
    this.#onEnd(process);
  }
}

function byId(processes: ReadonlyMap<number, SimulatedProcess>): readonly SimulatedProcess[] {
  return [...processes.values()].sort((a, b) => a.processId - b.processId);
}
