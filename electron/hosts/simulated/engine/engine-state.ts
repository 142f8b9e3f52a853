import type { Machine } from '../machine.ts';
import type { ImageScenario, Scenario } from '../scenario/schema.ts';
import { ContainerStore } from './container-store.ts';
import type { Isolation } from './create-validation.ts';
import { EventLog } from './event-log.ts';
import { ExecStore } from './exec-store.ts';
import { ImageStore } from './image-store.ts';
import { NanoTime } from './nano-time.ts';
import { NetworkStore } from './network-store.ts';
import { VolumeStore } from './volume-store.ts';

export interface EngineOptions {
  readonly machine: Machine;
  readonly engine: Scenario['engine'];
  /** Local images. */
  readonly images: Scenario['images'];
  /** What can be pulled besides them. */
  readonly registry: Scenario['registry'];
  readonly faults: Scenario['faults'];
  /** `C:` of a base image: path -> text, `program:<id>` for a program. */
  readonly imageFiles: (base: ImageScenario['base']) => Readonly<Record<string, string>>;
}

/** Everything the daemon knows; handlers and rules are functions over it. */
export interface EngineState {
  readonly options: EngineOptions;
  readonly machine: Machine;
  readonly time: NanoTime;
  /** The daemon's own id, a UUID. */
  readonly id: string;
  readonly defaultIsolation: Isolation;
  readonly containers: ContainerStore;
  readonly images: ImageStore;
  readonly networks: NetworkStore;
  readonly volumes: VolumeStore;
  readonly execs: ExecStore;
  readonly events: EventLog;
}

export function createEngineState(options: EngineOptions): EngineState {
  const { machine } = options;
  const time = new NanoTime(machine.clock);
  return {
    options,
    machine,
    time,
    id: machine.random.guid(),
    defaultIsolation:
      options.engine.defaultIsolation ?? (machine.version.productType === 'server' ? 'process' : 'hyperv'),
    containers: new ContainerStore(),
    images: new ImageStore(machine, options.imageFiles, [...options.registry, ...options.images]),
    networks: new NetworkStore(machine, time.now()),
    volumes: new VolumeStore(machine),
    execs: new ExecStore(),
    events: new EventLog(time),
  };
}
