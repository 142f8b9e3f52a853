import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Clock } from '../../shared/base/clock.ts';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, FaultError } from '../../shared/contract/fault.ts';
import type { Client, OutputOf } from '../../shared/contract/operation.ts';
import type { ElevationState } from '../../shared/domain/elevation.ts';
import { amongRunning } from '../../shared/domain/file-system-rows.ts';
import type { ImageRow } from '../../shared/domain/image-row.ts';
import type { RunningFileSystem } from '../../shared/domain/launch.ts';
import type { RecentLaunch } from '../../shared/domain/recent-launch.ts';
import { type AllLogsStore, createAllLogsStore } from './all-logs-store.ts';
import { type AppearanceStore, createAppearanceStore, type Keep } from './appearance-store.ts';
import { type AskedStore, createAskedStore } from './asked.ts';
import { type BuildStore, createBuildStore } from './build-store.ts';
import { type BundleStore, createBundleStore } from './bundle-store.ts';
import { type ConnectionSource, type ConnectionStore, createConnectionStore } from './connection-store.ts';
import { createFileSystemsStore, type FileSystemsStore } from './filesystems-store.ts';
import { createFollowingStore } from './followed-rows.ts';
import { createGuardStore, type GuardStore } from './guard-store.ts';
import { createHostsStore, defaultScenario, type HostsStore } from './hosts-store.ts';
import { createInspectionStore, type InspectionStore } from './inspection-store.ts';
import { createIsolationStore, type IsolationStore } from './isolation-store.ts';
import { createJournalStore, type JournalStore } from './journal-store.ts';
import { createLaunchStore, type LaunchStore } from './launch-store.ts';
import { createLicencesStore, type LicencesStore } from './licences-store.ts';
import { createLogsStore, type LogsStore } from './logs-store.ts';
import { createNamespacesStore, type NamespacesStore } from './namespaces-store.ts';
import { paced } from './paced.ts';
import { createPolicyStore, type PolicyStore } from './policy-store.ts';
import { createProfilesStore, type ProfilesStore } from './profiles-store.ts';
import { createPruneStore, type PruneStore } from './prune-store.ts';
import { createPullStore, type PullStore } from './pull-store.ts';
import { createReadinessStore, type ReadinessStore } from './readiness-store.ts';
import { createRelaunchesStore, type RelaunchesStore } from './relaunches-store.ts';
import { createReportStore, type ReportStore } from './report-store.ts';
import { createSecretsStore, type SecretsStore } from './secrets-store.ts';
import { createSettingsStore, type SettingsStore } from './settings-store.ts';
import { createTerminalStore, type TerminalStore } from './terminal-store.ts';
import { createUnwrittenStore, type UnwrittenStore } from './unwritten-store.ts';
import { createViewStore, type ViewStore } from './view-store.ts';
import { createWorkspacesStore, type WorkspacesStore } from './workspaces-store.ts';

type TakenSnapshot = OutputOf<Contract, 'snapshot.take'>;
export interface Snapshot extends Omit<TakenSnapshot, 'fileSystems'> {
  readonly fileSystems: readonly RunningFileSystem[];
}

/** After these another container may be kept for what it may hold, or one fewer. */
const MAY_CHANGE_KEPT: ReadonlySet<string> = new Set([
  'workspace.unwritten',
  'unwritten.removed',
  'container.renamed',
  'container.removed',
]);

/** What is told brings the matrix up to date at once; findings, gaps and evidence follow by a look, after a burst by one. */
const INSPECT_EVERY_MS = 1_000;

/** Everything a screen may read and ask for. */
export interface Stores {
  readonly connection: ConnectionStore;
  readonly snapshot: AskedStore<Snapshot>;
  /** The host's last words, while it is lost. */
  readonly hostLost: StoreApi<{ readonly fault: Fault | undefined }>;
  readonly readiness: ReadinessStore;
  /** How an administrator's rights are come by on the host. */
  readonly elevation: AskedStore<ElevationState>;
  readonly profiles: ProfilesStore;
  readonly secrets: SecretsStore;
  /** What was launched lately by a profile, newest first. */
  readonly recent: AskedStore<readonly RecentLaunch[]>;
  readonly policy: PolicyStore;
  readonly guard: GuardStore;
  readonly isolation: IsolationStore;
  readonly relaunches: RelaunchesStore;
  readonly settings: SettingsStore;
  readonly hosts: HostsStore;
  readonly images: AskedStore<readonly ImageRow[]>;
  readonly pulls: PullStore;
  readonly prune: PruneStore;
  /** Images that are built by a recipe. */
  readonly build: BuildStore;
  readonly launch: LaunchStore;
  readonly fileSystems: FileSystemsStore;
  readonly unwritten: UnwrittenStore;
  readonly workspaces: WorkspacesStore;
  readonly logs: LogsStore;
  readonly allLogs: AllLogsStore;
  readonly terminal: TerminalStore;
  readonly inspection: InspectionStore;
  readonly namespaces: NamespacesStore;
  readonly journal: JournalStore;
  readonly report: ReportStore;
  readonly bundle: BundleStore;
  readonly licences: LicencesStore;
  readonly view: ViewStore;
  readonly appearance: AppearanceStore;
  /** The page runs in the app's own window, which can do what a browser cannot. */
  readonly inWindow: boolean;
  /** Asks everything anew that anybody looked at. */
  refreshAll(): void;
  dispose(): void;
}

export interface StoresOptions {
  readonly client: Client<Contract>;
  readonly connection: ConnectionSource;
  readonly clock: Clock;
  readonly keep: Keep;
  /** The page's fragment at the start, e.g. `#/visibility`. */
  readonly fragment: string;
  readonly inWindow?: boolean;
}

/** Wires the stores to each other, to the news and to the link. */
export function createStores({
  client,
  connection: source,
  clock,
  keep,
  fragment,
  inWindow = false,
}: StoresOptions): Stores {
  const now = (): number => clock.now();
  const snapshot = createFollowingStore<Snapshot>(
    async () => {
      const value = await client.call('snapshot.take', {});
      return { revision: value.revision, fileSystems: value.fileSystems, value };
    },
    (value, fileSystems) => (value.fileSystems === fileSystems ? value : { ...value, fileSystems }),
    now,
  );
  const hostLost = createStore<{ fault: Fault | undefined }>(() => ({ fault: undefined }));
  const profiles = createProfilesStore(client, now);
  const secrets = createSecretsStore(client, now);
  const recent = createAskedStore<readonly RecentLaunch[]>(
    async () => (await client.call('recent.list', {})).launches,
    now,
  );
  const policy = createPolicyStore(client, now);
  const guard = createGuardStore(client, now);
  const isolation = createIsolationStore(client, now);
  const relaunches = createRelaunchesStore(client, now);
  const settings = createSettingsStore(client, now);
  const hosts = createHostsStore(client, now);
  const appearance = createAppearanceStore(keep, theme => settings.write({ appearance: { theme } }));
  const view = createViewStore(fragment);
  const images = createAskedStore<readonly ImageRow[]>(async () => (await client.call('image.list', {})).images, now);
  const pulls = createPullStore(client, now, () => {
    images.freshen();
    readiness.freshen();
    launch.freshen();
  });
  const prune = createPruneStore(client, () => {
    images.freshen();
    readiness.freshen();
    launch.freshen();
  });
  const build = createBuildStore(client, () => {
    images.freshen();
    launch.freshen();
  });
  const readiness: ReadinessStore = createReadinessStore(
    client,
    now,
    async reference => {
      const { state, fault } = await pulls.pull(reference);
      if (state !== 'done') throw new FaultError(fault ?? { code: 'cancelled' });
    },
    async () => {
      await hosts.refresh();
      const asked = hosts.store.getState();
      const choice = asked.kind === 'known' ? defaultScenario(asked.value) : undefined;
      if (choice === undefined) throw new FaultError({ code: 'not-found', what: 'scenario', name: 'default' });
      await hosts.open(choice);
      const { fault } = hosts.opening.getState();
      if (fault !== undefined) throw new FaultError(fault);
    },
  );
  const elevation = createAskedStore<ElevationState>(() => client.call('elevation.read', {}), now);
  const fileSystems = createFileSystemsStore(client, now);
  const workspaces = createWorkspacesStore(client, now);
  const unwritten = createUnwrittenStore(client, now, () => crypto.randomUUID());
  const logs = createLogsStore(client, clock);
  const allLogs = createAllLogsStore(client, clock);
  const terminal = createTerminalStore(client, () => crypto.randomUUID());
  const inspection = createInspectionStore(client, now);
  const namespaces = createNamespacesStore(client, now);
  const journal = createJournalStore(client);
  const report = createReportStore(client);
  const bundle = createBundleStore(client);
  const licences = createLicencesStore(now);
  const launch: LaunchStore = createLaunchStore(client, clock, () => {
    snapshot.freshen();
    fileSystems.freshen();
    inspection.freshen();
    readiness.freshen();
    images.freshen();
  });

  // A whole inspection is dear: a burst of events is worth one in a second.
  const inspectSoon = paced(
    clock,
    () => inspection.freshen(),
    () => INSPECT_EVERY_MS,
  );

  const ofTheHost = [
    snapshot,
    readiness,
    guard,
    isolation,
    relaunches,
    elevation,
    images,
    fileSystems,
    workspaces,
    unwritten,
    inspection,
    namespaces,
    journal,
  ];
  const refreshAll = (): void => {
    for (const asked of [...ofTheHost, profiles, secrets, recent, policy, settings, hosts]) asked.freshen();
    launch.freshen();
  };
  const changeHost = (): void => {
    hostLost.setState({ fault: undefined });
    logs.close();
    terminal.close();
    view.openConsole(undefined);
    view.select(undefined);
    for (const asked of ofTheHost) asked.forget();
    allLogs.freshen();
    hosts.freshen();
    if (launch.run.getState().kind !== 'running') launch.again();
  };
  const connection = createConnectionStore(source, () => {
    hostLost.setState({ fault: undefined });
    logs.freshen();
    allLogs.freshen();
    refreshAll();
  });

  const undo = [
    client.on('snapshot.changed', ({ what, revision, fileSystems: change, sights }) => {
      if (hostLost.getState().fault !== undefined) hostLost.setState({ fault: undefined });
      if (change !== undefined) {
        snapshot.hear({ revision, change: amongRunning(change) });
        fileSystems.hear({ revision, change });
      } else fileSystems.freshen();
      if (change === undefined || what === 'fsd') snapshot.freshen();
      if (what !== 'containers') readiness.freshen();
      if (what !== 'containers' && what !== 'fsd') images.freshen();
      const isOther = inspection.hear({ revision, sights });
      if (what === 'images') {
        launch.freshen();
        return;
      }
      if (isOther) inspectSoon.soon();
      namespaces.freshen();
      launch.freshen();
    }),
    client.on('host.changed', changeHost),
    client.on('workspace.changed', status => workspaces.hear(status)),
    client.on('guard.changed', status => guard.hear(status)),
    client.on('journal.appended', ({ what }) => {
      if (what.startsWith('relaunch.')) relaunches.freshen();
      if (MAY_CHANGE_KEPT.has(what)) unwritten.freshen();
    }),
    client.on('settings.changed', ({ what }) => {
      ({ settings, profiles, policy, secrets, recent })[what].freshen();
      // A guard may refuse now what it would have let through, or the other way round.
      if (what !== 'profiles' && what !== 'recent') launch.freshen();
    }),
    settings.store.subscribe(asked => {
      if (asked.kind === 'known') appearance.adopt(asked.value.settings.appearance.theme);
    }),
    client.on('host.lost', fault => {
      hostLost.setState({ fault });
      refreshAll();
    }),
  ];

  return {
    connection,
    snapshot,
    hostLost,
    elevation,
    readiness,
    profiles,
    secrets,
    recent,
    policy,
    guard,
    isolation,
    relaunches,
    settings,
    hosts,
    images,
    pulls,
    prune,
    build,
    launch,
    fileSystems,
    workspaces,
    unwritten,
    logs,
    allLogs,
    terminal,
    inspection,
    namespaces,
    journal,
    report,
    bundle,
    licences,
    view,
    appearance,
    inWindow,
    refreshAll,
    dispose: () => {
      for (const stop of undo) stop();
      inspectSoon.dispose();
      journal.end();
      connection.end();
      launch.dispose();
      logs.close();
      bundle.close();
      terminal.close();
    },
  };
}
