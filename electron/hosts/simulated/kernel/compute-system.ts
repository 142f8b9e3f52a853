import type { Clock } from '../../../../shared/base/clock.ts';
import type { ComputeSystem, Process, SiloId, SpawnRequest } from '../machine.ts';

/** What a compute system asks of the kernel that carries it. */
export interface Carrier {
  readonly clock: Clock;
  spawn(request: SpawnRequest & { readonly user: string }): Promise<Process>;
  processes(): readonly Process[];
  /** What was spawned, without the silo's core processes. */
  spawned(): readonly Process[];
  /** Takes everything away: processes, namespace, ids. */
  end(): void;
}

/** How long a shutdown waits for a process that handles CTRL_SHUTDOWN before it is terminated (WaitToKillTimeout). */
const SHUTDOWN_MS = 5_000;

export interface ComputeSystemIdentity {
  readonly name: string;
  readonly siloId: SiloId | undefined;
  readonly containerGuid: string;
  readonly runtimeId: string;
}

/** A running container as HCS has it, whichever kernel it runs on. */
export class SimulatedComputeSystem implements ComputeSystem {
  readonly name: string;
  readonly siloId: SiloId | undefined;
  readonly containerGuid: string;
  readonly runtimeId: string;
  readonly ended: Promise<void>;
  readonly #carrier: Carrier;
  #running = true;
  #settle: () => void = () => undefined;

  constructor(identity: ComputeSystemIdentity, carrier: Carrier) {
    this.name = identity.name;
    this.siloId = identity.siloId;
    this.containerGuid = identity.containerGuid;
    this.runtimeId = identity.runtimeId;
    this.#carrier = carrier;
    this.ended = new Promise(resolve => {
      this.#settle = resolve;
    });
  }

  spawn(request: SpawnRequest & { readonly user: string }): Promise<Process> {
    return this.#carrier.spawn(request);
  }

  processes(): readonly Process[] {
    return this.#running ? this.#carrier.processes() : [];
  }

  /** What was spawned and lives. */
  spawned(): readonly Process[] {
    return this.#running ? this.#carrier.spawned() : [];
  }

  async shutdown(): Promise<void> {
    if (!this.#running) return;
    const spawned = this.spawned();
    for (const process of spawned) process.control('shutdown');
    const timer = this.#carrier.clock.after(SHUTDOWN_MS, () => this.end());
    await Promise.race([this.ended, Promise.all(spawned.map(process => process.ended))]);
    timer.dispose();
    this.end();
  }

  async terminate(): Promise<void> {
    this.end();
  }

  end(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#carrier.end();
    this.#settle();
  }
}
