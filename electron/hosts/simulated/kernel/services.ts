import type { ServiceStatus } from '../machine.ts';
import { foldName } from './fold-name.ts';
import { WIN32, win32Error } from './status.ts';

/** A service as the SCM's database has it. */
export interface ServiceRecord {
  readonly name: string;
  readonly displayName: string;
  readonly type: ServiceStatus['type'];
  readonly imagePath: string;
  readonly processId: number;
  /** Running from the start. */
  readonly running: boolean;
  readonly acceptsStop: boolean;
}

/** A service whose state is somebody else's truth: the FSD. */
export interface LiveService {
  readonly name: string;
  readonly imagePath: string;
  state(): { readonly running: boolean; readonly win32ExitCode: number };
  start(): void;
}

/** The service control manager of one silo. */
export class ServiceControl {
  readonly #records: readonly ServiceRecord[];
  readonly #stopped = new Set<string>();
  readonly #driver: LiveService | undefined;

  constructor(records: readonly ServiceRecord[], driver?: LiveService) {
    this.#records = records;
    this.#driver = driver;
    for (const record of records) if (!record.running) this.#stopped.add(record.name);
  }

  all(): readonly ServiceStatus[] {
    const found = this.#records.map(record => this.#statusOf(record));
    if (this.#driver !== undefined) found.push(driverStatus(this.#driver));
    return found.sort((a, b) => (foldName(a.name) < foldName(b.name) ? -1 : 1));
  }

  find(name: string): ServiceStatus | undefined {
    return this.all().find(service => foldName(service.name) === foldName(name));
  }

  /** Anyone may start the FSD (its DACL grants Everyone); other services need an administrator. */
  start(name: string, elevated: boolean): void {
    const status = this.#known(name);
    const isDriver = status.name === this.#driver?.name;
    if (!isDriver && !elevated) throw win32Error(WIN32.ACCESS_DENIED, name);
    if (status.state === 'running') throw win32Error(WIN32.SERVICE_ALREADY_RUNNING, name);
    if (isDriver) this.#driver?.start();
    else this.#stopped.delete(status.name);
  }

  /** Nobody may stop the FSD here, not even an administrator (needs-and-peers: its DACL denies it to Everyone). */
  stop(name: string, elevated: boolean): void {
    const status = this.#known(name);
    if (status.name === this.#driver?.name || !elevated) throw win32Error(WIN32.ACCESS_DENIED, name);
    if (status.state !== 'running') throw win32Error(WIN32.SERVICE_NOT_ACTIVE, name);
    if (!status.acceptsStop) throw win32Error(WIN32.INVALID_SERVICE_CONTROL, name);
    this.#stopped.add(status.name);
  }

  #known(name: string): ServiceStatus {
    const found = this.find(name);
    if (found === undefined) throw win32Error(WIN32.SERVICE_DOES_NOT_EXIST, name);
    return found;
  }

  #statusOf({ name, displayName, type, processId, acceptsStop }: ServiceRecord): ServiceStatus {
    const stopped = this.#stopped.has(name);
    return {
      name,
      displayName,
      type,
      state: stopped ? 'stopped' : 'running',
      acceptsStop: !stopped && acceptsStop,
      win32ExitCode: 0,
      processId: stopped ? 0 : processId,
    };
  }
}

function driverStatus(driver: LiveService): ServiceStatus {
  const { running, win32ExitCode } = driver.state();
  return {
    name: driver.name,
    displayName: driver.name,
    type: 'file-system-driver',
    state: running ? 'running' : 'stopped',
    acceptsStop: running,
    win32ExitCode,
    processId: 0,
  };
}

const SYSTEM32 = '%SystemRoot%\\System32';
const svchost = (group: string): string => `${SYSTEM32}\\svchost.exe -k ${group}`;

interface Plan {
  readonly name: string;
  readonly displayName: string;
  readonly image: string;
  readonly stopped?: true;
  readonly keeps?: true;
}

const HOST_SERVICES: readonly Plan[] = [
  { name: 'Dnscache', displayName: 'DNS Client', image: svchost('NetworkService -p'), keeps: true },
  { name: 'docker', displayName: 'Docker Engine', image: '"C:\\Program Files\\Docker\\dockerd.exe" --run-service' },
  { name: 'EventLog', displayName: 'Windows Event Log', image: svchost('LocalServiceNetworkRestricted -p') },
  { name: 'hns', displayName: 'Host Network Service', image: svchost('NetSvcs -p') },
  { name: 'LanmanServer', displayName: 'Server', image: svchost('netsvcs -p') },
  { name: 'LanmanWorkstation', displayName: 'Workstation', image: svchost('NetworkService -p') },
  { name: 'RpcSs', displayName: 'Remote Procedure Call (RPC)', image: svchost('rpcss -p'), keeps: true },
  { name: 'Schedule', displayName: 'Task Scheduler', image: svchost('netsvcs -p'), keeps: true },
  { name: 'vmcompute', displayName: 'Hyper-V Host Compute Service', image: `${SYSTEM32}\\vmcompute.exe` },
  { name: 'WebClient', displayName: 'WebClient', image: svchost('LocalService -p'), stopped: true },
];

const HOST_DRIVERS: readonly Plan[] = [
  { name: 'Mup', displayName: 'Mup', image: 'system32\\drivers\\mup.sys', keeps: true },
  {
    name: 'mrxsmb',
    displayName: 'SMB MiniRedirector Wrapper and Engine',
    image: 'system32\\DRIVERS\\mrxsmb.sys',
    keeps: true,
  },
  { name: 'wcifs', displayName: 'Windows Container Isolation', image: '\\SystemRoot\\system32\\drivers\\wcifs.sys' },
  { name: 'bindflt', displayName: 'Windows Bind Filter Driver', image: '\\SystemRoot\\system32\\drivers\\bindflt.sys' },
];

const SILO_SERVICES: readonly Plan[] = [
  { name: 'cexecsvc', displayName: 'Container Execution Agent', image: `${SYSTEM32}\\CExecSvc.exe` },
  { name: 'Dhcp', displayName: 'DHCP Client', image: svchost('LocalServiceNetworkRestricted -p') },
  { name: 'Dnscache', displayName: 'DNS Client', image: svchost('NetworkService -p'), keeps: true },
  { name: 'EventLog', displayName: 'Windows Event Log', image: svchost('LocalServiceNetworkRestricted -p') },
  { name: 'LanmanWorkstation', displayName: 'Workstation', image: svchost('NetworkService -p') },
  { name: 'RpcSs', displayName: 'Remote Procedure Call (RPC)', image: svchost('rpcss -p'), keeps: true },
  { name: 'Schedule', displayName: 'Task Scheduler', image: svchost('netsvcs -p'), keeps: true },
];

/** The host's services; `processId` is asked for each that runs in a process, with its image. `stopped`: by name. */
export function hostServices(
  processId: (image: string) => number,
  stopped: readonly string[] = [],
): readonly ServiceRecord[] {
  const services = HOST_SERVICES.map(plan =>
    stopped.includes(plan.name) ? { ...plan, stopped: true as const } : plan,
  );
  return [...services.map(plan => service(plan, processId)), ...HOST_DRIVERS.map(plan => driver(plan))];
}

/** A silo's services: few, and no WinFsp, for the SCM of a container does not know it. */
export function siloServices(processId: (image: string) => number): readonly ServiceRecord[] {
  return SILO_SERVICES.map(plan => service(plan, processId));
}

function service(plan: Plan, processId: (image: string) => number): ServiceRecord {
  const { name, displayName, image } = plan;
  const type = image.includes('svchost.exe') ? 'share-process' : 'own-process';
  return {
    name,
    displayName,
    type,
    imagePath: image,
    running: plan.stopped !== true,
    processId: processId(image),
    acceptsStop: plan.keeps !== true,
  };
}

function driver({ name, displayName, image, keeps }: Plan): ServiceRecord {
  return {
    name,
    displayName,
    type: 'file-system-driver',
    imagePath: image,
    running: true,
    processId: 0,
    acceptsStop: keeps !== true,
  };
}
