import type { Clock } from '../../shared/base/clock.ts';
import type { Host } from '../hosts/host.ts';
import type { EngineConnection } from './engine/engine-connection.ts';
import type { PastListings } from './inspection/past-listings.ts';
import type { RoomMemory } from './inspection/room-memory.ts';
import type { SecretSource } from './secrets/secret-store.ts';

/** What every service works with: the host, its engine, and the time. */
export interface Surroundings {
  readonly host: Host;
  readonly clock: Clock;
  readonly connection: EngineConnection;
  /** What was told in silos whose objects have not changed since. Absent: every look asks anew. */
  readonly rooms?: RoomMemory;
  /** Earlier looks at directories of object namespaces. Absent: none are kept. */
  readonly listings?: PastListings;
  /** Where launches have secrets from. Absent: from what is given with a launch alone. */
  readonly secrets?: SecretSource;
}
