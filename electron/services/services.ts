import type { Clock } from '../../shared/base/clock.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import type { Announce } from '../../shared/contract/operation.ts';
import type { Host } from '../hosts/host.ts';
import { createEngineConnection } from './engine/engine-connection.ts';
import { createHandlers } from './handlers.ts';
import { RoomMemory } from './inspection/room-memory.ts';
import { Journal } from './journal/journal.ts';
import type { ServiceHandlers } from './service-handlers.ts';
import { Preferences } from './settings/preferences.ts';
import { createWatch } from './watch.ts';

export interface ServicesOptions {
  readonly clock: Clock;
  /** How the engine's endpoint is called in faults. Default: Docker's pipe. */
  readonly engineEndpoint?: string;
  /** Where the journal is kept, on the machine Siloscope runs on. Absent: in memory. */
  readonly journalFile?: string;
  /** A journal that outlives these services, in the place of one of their own. */
  readonly journal?: Journal;
  /** Where revisions begin. Default 1. */
  readonly firstRevision?: number;
  /** What the user keeps. Absent: it ends with these services. */
  readonly preferences?: Preferences;
  /** Set for the simulated host. */
  readonly simulated?: { readonly scenario: string };
}

/** Everything above the host, for any shell. */
export interface Services {
  readonly handlers: ServiceHandlers;
  /** Of the last news. */
  readonly revision: number;
  /** Starts watching engine, FSD and volumes, and tells the news; without it, handlers only answer. */
  start(announce: Announce<Contract>): void;
  /** Ends the watching, writes the journal out, closes connections. The host is the caller's. */
  dispose(): Promise<void>;
}

export function createServices(host: Host, options: ServicesOptions): Services {
  const { clock } = options;
  const connection = createEngineConnection(host, clock, options.engineEndpoint ?? 'npipe:////./pipe/docker_engine');
  const journal = options.journal ?? new Journal(clock, options.journalFile);
  const around = { host, clock, connection, rooms: new RoomMemory() };
  const watch = createWatch(around, journal, options.firstRevision);
  const preferences = options.preferences ?? new Preferences(clock);
  let undo = (): void => undefined;
  return {
    handlers: createHandlers(around, { journal, watch, preferences, simulated: options.simulated }),
    get revision() {
      return watch.revision;
    },
    start(announce) {
      watch.start(announce);
      undo = preferences.onChanged(what => announce('settings.changed', { what }));
    },
    async dispose() {
      undo();
      watch.dispose();
      connection.dispose();
      if (options.journal === undefined) await journal.close();
    },
  };
}
