import { join } from 'node:path';
import { type Clock, systemClock } from '../../../shared/base/clock.ts';
import type { Fault } from '../../../shared/contract/fault.ts';
import type { Channel } from '../../../shared/wire/channel.ts';
import type { EventName } from '../../../shared/wording/event-words.ts';
import type { Sealer } from '../../services/secrets/sealer.ts';
import { diskFiles } from '../../services/settings/files.ts';
import { Preferences } from '../../services/settings/preferences.ts';
import { appLogOf } from './app-log.ts';
import { machineSealers } from './dpapi-sealer.ts';
import { openEventLog } from './event-log.ts';
import { journalFolder } from './journal-folder.ts';
import { loggedCalls } from './logged-calls.ts';
import { type Listening, type LocalTarget, type MachineProcesses, openHost } from './open-host.ts';
import { SwitchingServices } from './switching-services.ts';
import { watchSettings } from './watch-settings.ts';

export type { Listening, LocalTarget } from './open-host.ts';

/** A host and its services in this process. Clients may open another host in its place. */
export interface LocalServices {
  /** Of the host that is open now. */
  readonly hostId: string;
  /** The scenario's name, of a simulated host. */
  readonly scenario?: string;
  /** Serves one client until its channel closes. */
  readonly serve: (channel: Channel) => { dispose(): void };
  /** Simulated hosts only: lets stock Docker clients in at `endpoint`. */
  readonly listenDocker?: (endpoint: string) => Promise<Listening>;
  /** A warning of the shell's own in the app's log, where there is one. */
  readonly warn?: (what: EventName, reason: string) => void;
  /** Told when the host of the start is lost for good: one over SSH is opened again as soon as it can be. */
  onLost(listener: (fault: Fault) => void): () => void;
  /** Ends services and host. */
  close(): Promise<void>;
}

export interface LocalServicesOptions {
  /** Where settings, profiles and the policy are kept (`userFolder`). Absent: they end with the process. */
  readonly folder?: string;
  /** Where the journal is kept, whatever the host. Absent: in the folder above, of real hosts only. */
  readonly journal?: string | undefined;
  /** Bring back the workspaces that are kept, keep them, and hear of settings that others change: for shells that stay. */
  readonly keepsWorkspaces?: boolean;
  /** What may keep secrets beside the sealer of this machine, which goes first, and so is shared by all shells. */
  readonly sealers?: readonly Sealer[];
  /** Of this Siloscope: it stands in the files that are kept. */
  readonly version?: string;
  /** Absent: the system's. */
  readonly clock?: Clock;
  /** How the host of this machine starts its own processes, where Node does not run them. */
  readonly machine?: MachineProcesses;
}

/** Opens a host and starts its services. Fails with `host-unreachable`, or with what is wrong with the scenario. */
export async function openLocalServices(
  target: LocalTarget,
  signal: AbortSignal,
  {
    folder,
    journal,
    keepsWorkspaces = false,
    sealers = [],
    version,
    clock = systemClock,
    machine,
  }: LocalServicesOptions = {},
): Promise<LocalServices> {
  const first = await openHost(target, clock, signal, machine);
  const log = folder === undefined ? undefined : openEventLog(join(folder, 'logs'), clock);
  const files = folder === undefined ? undefined : diskFiles(folder, clock);
  const preferences = new Preferences(clock, files, [...machineSealers(process.platform), ...sealers], version);
  const following =
    folder === undefined || files === undefined || !keepsWorkspaces
      ? undefined
      : watchSettings(folder, clock, files, preferences);
  const switching = new SwitchingServices(first, {
    clock,
    preferences,
    open: (wanted, abort) => openHost(wanted, clock, abort, machine),
    keepsWorkspaces,
    appLog: folder === undefined ? undefined : appLogOf(join(folder, 'logs'), clock),
    journalFolder: wanted => journalFolder(wanted, { folder, journal }),
  });
  return {
    get hostId() {
      return switching.opened.host.id;
    },
    ...(first.scenario === undefined ? {} : { scenario: first.scenario }),
    ...(first.listenDocker === undefined ? {} : { listenDocker: endpoint => switching.listenDocker(endpoint) }),
    serve: channel => switching.serve(log === undefined ? channel : loggedCalls(channel, log, clock)),
    warn: (what, reason) => log?.write({ level: 'warning', source: 'server', what, data: { reason } }),
    onLost: listener => switching.onLost(listener),
    close: () => {
      following?.dispose();
      return switching.close();
    },
  };
}
