import type { Disposable } from '../../../../shared/base/disposables.ts';
import { Emitter } from '../../../../shared/base/emitter.ts';
import type { ComputeSystem, ContainerDisk, Process } from '../machine.ts';
import type { MountPoint } from './bind-parser.ts';
import { ByteQueue } from './byte-queue.ts';
import type { HostConfig } from './create-request.ts';
import type { Isolation } from './create-validation.ts';
import { EndpointSettings } from './endpoint-settings.ts';
import type { HealthCheck } from './image-config.ts';
import type { Image } from './image-store.ts';
import { LogStore } from './log-store.ts';
import { millisOf, type NanoTime } from './nano-time.ts';
import { OutputHub } from './output-hub.ts';
import type { ContainerStatus, StatusFacts } from './status-words.ts';

/** `Config` as inspect shows it: what was asked, completed from the image. */
export interface ContainerConfig {
  readonly Hostname: string;
  readonly Domainname: string;
  readonly User: string;
  readonly AttachStdin: boolean;
  readonly AttachStdout: boolean;
  readonly AttachStderr: boolean;
  readonly ExposedPorts?: Readonly<Record<string, unknown>>;
  readonly Tty: boolean;
  readonly OpenStdin: boolean;
  readonly StdinOnce: boolean;
  readonly Env: readonly string[] | null;
  readonly Cmd: readonly string[] | null;
  readonly ArgsEscaped?: boolean;
  readonly Image: string;
  readonly Volumes: Readonly<Record<string, unknown>> | null;
  readonly WorkingDir: string;
  readonly Entrypoint: readonly string[] | null;
  readonly OnBuild: null;
  readonly Labels: Readonly<Record<string, string>>;
  readonly StopSignal?: string;
  readonly Healthcheck?: HealthCheck;
  readonly StopTimeout?: number;
}

/** A mount with the volume that stands behind it. */
export interface ContainerMount extends MountPoint {
  /** For volumes: where dockerd keeps it, as inspect shows it. */
  readonly shownSource: string;
}

export interface Endpoint {
  readonly networkId: string;
  readonly networkName: string;
  readonly endpointId: string;
  readonly address: string;
  readonly gateway: string;
  readonly prefixLength: number;
  readonly macAddress: string;
}

/** One life of a container's compute system, from start to exit. */
export interface Run {
  readonly system: ComputeSystem;
  readonly process: Process;
  readonly startedAt: bigint;
  readonly stdin: ByteQueue | undefined;
  /** Settles after `die` has been logged. */
  readonly exited: Promise<number>;
}

/** State as inspect shows it, apart from times. */
export interface ContainerState {
  status: ContainerStatus;
  exitCode: number;
  error: string;
  startedAt: bigint | undefined;
  finishedAt: bigint | undefined;
}

/** One run of a health check, as inspect shows it. */
export interface HealthResult {
  readonly Start: string;
  readonly End: string;
  /** -1: it could not be run, or took too long. */
  readonly ExitCode: number;
  readonly Output: string;
}

/** How a container with a health check is. */
export interface Health {
  status: 'starting' | 'healthy' | 'unhealthy';
  failingStreak: number;
  log: readonly HealthResult[];
}

export interface ContainerParts {
  readonly id: string;
  readonly name: string;
  readonly created: bigint;
  readonly image: Image;
  readonly config: ContainerConfig;
  readonly hostConfig: HostConfig;
  readonly isolation: Isolation;
  readonly path: string;
  readonly args: readonly string[];
  readonly mounts: readonly ContainerMount[];
  readonly disk: ContainerDisk;
  readonly time: NanoTime;
}

/** The daemon's record of a container, with what moves in it. */
export class Container {
  readonly parts: ContainerParts;
  name: string;
  hostConfig: HostConfig;
  readonly state: ContainerState = {
    status: 'created',
    exitCode: 0,
    error: '',
    startedAt: undefined,
    finishedAt: undefined,
  };
  readonly log: LogStore;
  readonly output = new OutputHub();
  /** Input given before the start waits here for the first run. */
  stdin: ByteQueue | undefined;
  run: Run | undefined;
  endpoints: Endpoint[] = [];
  /** Networks to join at the next start, with what was asked of each. */
  readonly networks: Map<string, EndpointSettings>;
  ports: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[] | null>> = {};
  /** From its first start on, where it has a health check. */
  health: Health | undefined;
  /** Ends the asking while it runs and is not paused. */
  healthMonitor: Disposable | undefined;
  restartCount = 0;
  /** A stop or kill asked for by somebody: the restart policy then keeps still. */
  stoppedByHand = false;
  /** A stop is under way: it is logged right after the end. */
  stopping = false;
  /** Set while the container waits for its restart. */
  restartTimer: Disposable | undefined;
  previousPause: number | undefined;
  readonly execIds = new Set<string>();
  /** Told the exit code after each end. */
  readonly exits = new Emitter<number>();
  readonly removals = new Emitter<void>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: ContainerParts) {
    this.parts = parts;
    this.name = parts.name;
    this.hostConfig = parts.hostConfig;
    this.log = new LogStore(parts.time);
    this.networks = new Map([[parts.hostConfig.NetworkMode, EndpointSettings.parse({})]]);
    this.renewStdin();
  }

  get id(): string {
    return this.parts.id;
  }

  get running(): boolean {
    return this.state.status === 'running' || this.state.status === 'paused';
  }

  renewStdin(): void {
    this.stdin = this.parts.config.OpenStdin ? new ByteQueue() : undefined;
  }

  /** Lets one start, stop or removal at a time at the container. */
  exclusive<T>(act: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(act, act);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** What the STATUS column is made of. */
  statusFacts(): StatusFacts {
    const { status, exitCode, startedAt, finishedAt } = this.state;
    const millis = (at: bigint | undefined): number | undefined => (at === undefined ? undefined : millisOf(at));
    return {
      status,
      exitCode,
      startedAt: millis(startedAt),
      finishedAt: millis(finishedAt),
      health: this.health?.status,
    };
  }
}
