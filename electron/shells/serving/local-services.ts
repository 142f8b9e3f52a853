import type { Fault } from '../../../shared/contract/fault.ts';
import type { Channel } from '../../../shared/wire/channel.ts';

/** A Docker endpoint that stock clients reach. */
export interface Listening {
  /** As `DOCKER_HOST` takes it. */
  readonly endpoint: string;
  dispose(): void;
}

/** A host and its services in this process. */
export interface LocalServices {
  readonly hostId: string;
  /** The scenario's name, of a simulated host. */
  readonly scenario?: string;
  /** Serves one client until its channel closes. */
  readonly serve: (channel: Channel) => { dispose(): void };
  /** Simulated hosts only: lets stock Docker clients in at `endpoint`. */
  readonly listenDocker?: (endpoint: string) => Promise<Listening>;
  onLost(listener: (fault: Fault) => void): () => void;
  /** Ends services and host. */
  close(): Promise<void>;
}
