import type { Clock } from '../../shared/base/clock.ts';
import type { Disposable } from '../../shared/base/disposables.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import type { Announce } from '../../shared/contract/operation.ts';
import type { Host } from '../hosts/host.ts';
import { bundleGatherer } from './bundle/gather-bundle.ts';
import { Rights } from './elevation/rights.ts';
import { createEngineConnection } from './engine/engine-connection.ts';
import { findingFixer } from './fixing/fix-finding.ts';
import { markedHandlers } from './fixing/marked-handlers.ts';
import { relaunchActs } from './fixing/relaunch-acts.ts';
import { Guards } from './guard/guards.ts';
import { createHandlers } from './handlers.ts';
import { PastListings } from './inspection/past-listings.ts';
import { RoomMemory } from './inspection/room-memory.ts';
import { isAlive } from './journal/is-alive.ts';
import { Journal } from './journal/journal.ts';
import { notedHandlers } from './journal/noted-handlers.ts';
import { watchSession } from './journal/watch-session.ts';
import type { AppLog } from './logs/follow-all-logs.ts';
import { relaunchHandlers } from './relaunching/relaunch-handlers.ts';
import { Relaunches } from './relaunching/relaunches.ts';
import { maskedHandlers, maskedNews } from './secrets/masked-handlers.ts';
import type { ServiceHandlers } from './service-handlers.ts';
import { Preferences } from './settings/preferences.ts';
import { rememberedLaunch } from './settings/recent-book.ts';
import { tidyWhenConnected } from './tidy-when-connected.ts';
import { unwrittenHandlers } from './unwritten/unwritten-handlers.ts';
import { createWatch } from './watch.ts';
import { workspaceActs, workspaceHandlers } from './workspaces/workspace-handlers.ts';
import { Workspaces } from './workspaces/workspaces.ts';

/** What services need besides a host, and what a shell may bring. */
export interface ServicesOptions {
  readonly clock: Clock;
  /** How the engine's endpoint is called in faults. Default: Docker's pipe. */
  readonly engineEndpoint?: string;
  /** Where the journal is kept, a folder of the machine Siloscope runs on. Absent: in memory. */
  readonly journalFolder?: string;
  /** A journal that outlives these services, in the place of one of their own. */
  readonly journal?: Journal;
  /** Where revisions begin. Default 1. */
  readonly firstRevision?: number;
  /** What the user keeps. Absent: it ends with these services. */
  readonly preferences?: Preferences;
  /** Set for the simulated host. */
  readonly simulated?: { readonly scenario: string };
  /** Bring back the workspaces that are kept on this host, and keep them: for shells that stay. */
  readonly keepsWorkspaces?: boolean;
  /** The app's own log, where it is kept. */
  readonly appLog?: AppLog | undefined;
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

/**
 * Puts the services of one host together. Handlers stand in layers: what the host answers by itself (`createHandlers`),
 * noted in the journal; what is done by way of those (workspaces, fixes, relaunches, the bundle); and over all of them the
 * mask, so that no answer and no news carries a secret.
 */
export function createServices(host: Host, options: ServicesOptions): Services {
  const { clock } = options;
  const preferences = options.preferences ?? new Preferences(clock);
  const connection = createEngineConnection(host, clock, options.engineEndpoint ?? 'npipe:////./pipe/docker_engine');
  const known = preferences.secrets.values;
  const journal =
    options.journal ?? new Journal(clock, { folder: options.journalFolder, mask: note => known.note(note) });
  const around = {
    host,
    clock,
    connection,
    secrets: preferences.secrets,
    rooms: new RoomMemory(),
    listings: new PastListings(),
  };
  const watch = createWatch(around, journal, options.firstRevision);
  const rights = new Rights(host, clock, journal);
  const guards = new Guards({ around, journal, known: () => watch.known, preferences });
  const own = createHandlers(around, {
    journal,
    watch,
    rights,
    guards,
    preferences,
    simulated: options.simulated,
    appLog: options.appLog,
  });
  const handlers = notedHandlers(markedHandlers(own, preferences), journal);
  const workspaces = new Workspaces(
    placeOf(host, options),
    around,
    preferences.workspaces,
    journal,
    workspaceActs(handlers, preferences),
  );
  const relaunches = new Relaunches(around, isAlive);
  const undoes: (() => void)[] = [];
  let session: Disposable | undefined;
  return {
    handlers: maskedHandlers(
      {
        ...handlers,
        'filesystem.launch': rememberedLaunch(handlers['filesystem.launch'], preferences.recent),
        ...workspaceHandlers(around, workspaces, preferences, handlers['filesystem.stop']),
        'bundle.gather': bundleGatherer(handlers, { clock, appLog: options.appLog, known }),
        ...relaunchHandlers({ relaunches, preferences, journal }),
        ...unwrittenHandlers(around, preferences, journal),
        'finding.fix': findingFixer(
          around,
          handlers,
          relaunchActs(around, { guards, preferences, journal, watch, relaunches }),
          journal,
        ),
      },
      known,
    ),
    get revision() {
      return watch.revision;
    },
    start(bare) {
      const announce = maskedNews(bare, known);
      void known.ready();
      watch.start(announce);
      undoes.push(
        preferences.onChanged(what => announce('settings.changed', { what })),
        preferences.onChanged(what => {
          if (what === 'secrets') void known.refresh();
        }),
        workspaces.onChanged(status => announce('workspace.changed', status)),
        journal.onAppended(entry => workspaces.heard(entry)),
        tidyWhenConnected(journal, handlers, relaunches),
      );
      if (options.keepsWorkspaces === true) void workspaces.start();
      session = watchSession(journal, clock, isAlive, () => watch.known);
      guards.onChanged(status => announce('guard.changed', status));
      guards.start();
    },
    async dispose() {
      for (const undo of undoes) undo();
      workspaces.dispose();
      guards.dispose();
      session?.dispose();
      watch.dispose();
      await rights.dispose();
      connection.dispose();
      if (options.journal === undefined) await journal.close();
    },
  };
}

/** Each scenario is a host of its own. */
function placeOf(host: Host, { simulated }: ServicesOptions): string {
  return simulated === undefined ? host.id : `${host.id}:${simulated.scenario}`;
}
