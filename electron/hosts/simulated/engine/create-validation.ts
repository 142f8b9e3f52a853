import { badRequest, serverError } from './api-error.ts';
import type { CreateRequest, HostConfig } from './create-request.ts';
import { parseSignal } from './signals.ts';

export type Isolation = 'process' | 'hyperv';

/** The isolation a request asks for; undefined means the daemon's default. Any case is taken. */
export function isolationOf(text: string): Isolation | undefined {
  const lower = text.toLowerCase();
  return lower === 'process' || lower === 'hyperv' ? lower : undefined;
}

/**
 * The checks before the image is looked up, in dockerd's order: the first one that fails speaks.
 * Ground: moby runconfig/hostconfig_windows.go, daemon/container.go, daemon/daemon_windows.go.
 */
export function validateCreate(request: CreateRequest, processors: number): { readonly warnings: readonly string[] } {
  const host = request.HostConfig;
  checkNetworkMode(request);
  if (!['', 'default', 'process', 'hyperv'].includes(host.Isolation.toLowerCase())) {
    throw badRequest(`invalid isolation (${host.Isolation}): Windows supports 'default', 'process', or 'hyperv'`);
  }
  if (host.CpuRealtimePeriod !== 0) throw unsupported('CPU real-time period is not supported for Windows containers');
  if (host.CpuRealtimeRuntime !== 0) throw unsupported('CPU real-time runtime is not supported for Windows containers');
  if (host.Privileged) throw unsupported('privileged mode is not supported for Windows containers');
  if (host.ReadonlyRootfs) throw unsupported('read-only mode is not supported for Windows containers');
  checkSettings(request);
  return { warnings: checkResources(host, processors) };
}

const unsupported = (what: string): Error => badRequest(`invalid option: ${what}`);

function checkNetworkMode(request: CreateRequest): void {
  const mode = request.HostConfig.NetworkMode;
  if (!mode.startsWith('container:')) return;
  if (request.Hostname !== '') throw badRequest('conflicting options: hostname and the network mode');
  if (Object.keys(request.HostConfig.PortBindings).length > 0) {
    throw badRequest('conflicting options: port publishing and the container type network mode');
  }
  if (isolationOf(request.HostConfig.Isolation) === 'hyperv') {
    throw badRequest(
      'invalid network-mode: using the network stack of another container is not supported while using Hyper-V Containers',
    );
  }
}

function checkSettings(request: CreateRequest): void {
  const host = request.HostConfig;
  if (request.WorkingDir !== '' && !/^[a-z]:/i.test(request.WorkingDir) && !/^[\\/]/.test(request.WorkingDir)) {
    throw badRequest(`the working directory '${request.WorkingDir}' is invalid, it needs to be an absolute path`);
  }
  if (request.StopSignal !== '') parseSignal(request.StopSignal);
  for (const entry of request.Env ?? []) {
    if (entry === '' || entry.startsWith('=')) throw badRequest(`invalid environment variable: ${entry}`);
  }
  checkHealthcheck(request.Healthcheck);
  checkRestartPolicy(host);
  checkCapabilities('CapAdd', host.CapAdd ?? []);
  checkCapabilities('CapDrop', host.CapDrop ?? []);
  checkLogDriver(host.LogConfig.Type);
  for (const port of [...Object.keys(request.ExposedPorts ?? {}), ...Object.keys(host.PortBindings)]) checkPort(port);
}

/** Nanoseconds: a check may last, or wait, a millisecond and more; 0 is the default. Ground: moby daemon/container.go. */
function checkHealthcheck(check: CreateRequest['Healthcheck']): void {
  if (check === undefined) return;
  for (const name of ['Interval', 'Timeout', 'StartPeriod', 'StartInterval'] as const) {
    if (name === 'StartPeriod' && check.Retries < 0) throw badRequest('Retries in Healthcheck cannot be negative');
    if (check[name] !== 0 && check[name] < 1e6) throw badRequest(`${name} in Healthcheck cannot be less than 1ms`);
  }
}

/** No capability is known on Windows: the word for all of them alone passes. Ground: moby oci/caps/utils_other.go. */
function checkCapabilities(option: 'CapAdd' | 'CapDrop', names: readonly string[]): void {
  const name = names.map(text => text.toUpperCase()).find(text => text !== 'ALL');
  if (name === undefined) return;
  throw badRequest(`invalid ${option}: unknown capability: "CAP_${name.replace(/^CAP_/, '')}"`);
}

/** Of a Windows daemon, as /info lists them. */
export const LOG_DRIVERS = [
  'awslogs',
  'etwlogs',
  'fluentd',
  'gcplogs',
  'gelf',
  'json-file',
  'local',
  'splunk',
  'syslog',
];

/** Ground: moby daemon/logger/factory.go, daemon/logdrivers_windows.go. */
function checkLogDriver(name: string): void {
  if (name === '' || name === 'none' || LOG_DRIVERS.includes(name)) return;
  throw serverError(`logger: no log driver named '${name}' is registered`);
}

/** Also used by update. Ground: moby api/types/container, ValidateRestartPolicy. */
export function checkRestartPolicy(host: Pick<HostConfig, 'RestartPolicy' | 'AutoRemove'>): void {
  const { Name: name, MaximumRetryCount: retries } = host.RestartPolicy;
  if (host.AutoRemove && name !== '' && name !== 'no')
    throw badRequest("can't create 'AutoRemove' container with restart policy");
  if (!['', 'no', 'always', 'on-failure', 'unless-stopped'].includes(name)) {
    throw badRequest(
      `invalid restart policy: unknown policy '${name}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
    );
  }
  if (retries !== 0 && name !== 'on-failure') {
    throw badRequest("invalid restart policy: maximum retry count can only be used with 'on-failure'");
  }
  if (retries < 0) throw badRequest('invalid restart policy: maximum retry count cannot be negative');
}

function checkPort(port: string): void {
  const [number = '', protocol = 'tcp'] = port.split('/');
  const value = Number(number);
  if (!/^\d+$/.test(number) || value < 1 || value > 65_535) throw badRequest(`invalid port specification: "${port}"`);
  if (!['tcp', 'udp', 'sctp'].includes(protocol)) throw badRequest(`invalid port specification: "${port}"`);
}

/** Options that Windows has no meaning for. */
const NEVER: readonly (readonly [string, (host: HostConfig) => boolean])[] = [
  ['BlkioDeviceReadBps', host => (host.BlkioDeviceReadBps ?? []).length > 0],
  ['BlkioDeviceReadIOps', host => (host.BlkioDeviceReadIOps ?? []).length > 0],
  ['BlkioDeviceWriteBps', host => (host.BlkioDeviceWriteBps ?? []).length > 0],
  ['BlkioDeviceWriteIOps', host => (host.BlkioDeviceWriteIOps ?? []).length > 0],
  ['BlkioWeight', host => host.BlkioWeight > 0],
  ['BlkioWeightDevice', host => (host.BlkioWeightDevice ?? []).length > 0],
  ['CgroupParent', host => host.CgroupParent !== ''],
  ['CPUPeriod', host => host.CpuPeriod !== 0],
  ['CpusetCpus', host => host.CpusetCpus !== ''],
  ['CpusetMems', host => host.CpusetMems !== ''],
  ['MemoryReservation', host => host.MemoryReservation !== 0],
  ['MemorySwap', host => host.MemorySwap !== 0],
  ['MemorySwappiness', host => host.MemorySwappiness !== null],
  ['OomKillDisable', host => host.OomKillDisable === true],
  ['PidsLimit', host => host.PidsLimit !== null],
  ['Ulimits', host => (host.Ulimits ?? []).length > 0],
];

/** Process isolation keeps one CPU setting and says which it dropped; the dropped one is set to zero in place. */
function checkResources(host: HostConfig, processors: number): readonly string[] {
  const warnings: string[] = [];
  if (isolationOf(host.Isolation) !== 'hyperv') {
    const drop = (kept: string, lost: string): void => {
      warnings.push(
        `Conflicting options: ${kept} takes priority over ${lost} on Windows Server Containers. ${lost} discarded`,
      );
    };
    if (host.CpuCount > 0 && host.CpuShares > 0) {
      drop('CPU count', 'CPU shares');
      host.CpuShares = 0;
    }
    if (host.CpuCount > 0 && host.CpuPercent > 0) {
      drop('CPU count', 'CPU percent');
      host.CpuPercent = 0;
    }
    if (host.CpuShares > 0 && host.CpuPercent > 0) {
      drop('CPU shares', 'CPU percent');
      host.CpuPercent = 0;
    }
  }
  if (host.CpuShares < 0 || host.CpuShares > 10_000) throw badRequest('range of CPUShares is from 1 to 10000');
  if (host.CpuPercent < 0 || host.CpuPercent > 100) throw badRequest('range of CPUPercent is from 1 to 100');
  if (host.CpuCount < 0) throw badRequest('invalid CPUCount: CPUCount cannot be negative');
  if (host.NanoCpus > 0 && host.CpuPercent > 0)
    throw badRequest('conflicting options: Nano CPUs and CPU Percent cannot both be set');
  if (host.NanoCpus > 0 && host.CpuShares > 0)
    throw badRequest('conflicting options: Nano CPUs and CPU Shares cannot both be set');
  if (host.NanoCpus < 0 || host.NanoCpus > processors * 1e9) {
    throw badRequest(`range of CPUs is from 0.01 to ${processors}.00, as there are only ${processors} CPUs available`);
  }
  const never = NEVER.find(([, asks]) => asks(host));
  if (never !== undefined) throw badRequest(`invalid option: Windows does not support ${never[0]}`);
  return warnings;
}
