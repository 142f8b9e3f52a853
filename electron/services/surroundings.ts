import type { Clock } from '../../shared/base/clock.ts';
import type { Host } from '../hosts/host.ts';
import type { EngineConnection } from './engine/engine-connection.ts';

/** What every service works with: the host, its engine, and the time. */
export interface Surroundings {
  readonly host: Host;
  readonly clock: Clock;
  readonly connection: EngineConnection;
}
