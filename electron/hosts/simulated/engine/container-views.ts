import type { Container, Endpoint } from './container.ts';
import type { EngineState } from './engine-state.ts';
import { millisOf, nanoTime, secondsOf } from './nano-time.ts';
import { statusWords } from './status-words.ts';

const ROOT = 'C:\\ProgramData\\docker';

/** `GET /containers/{id}/json`. Ground: moby daemon/inspect.go; Linux-only paths are empty on Windows. */
export function inspectView(state: EngineState, container: Container, withSize: boolean): unknown {
  const { id, created, image, config, path, args } = container.parts;
  const { status, exitCode, error, startedAt, finishedAt } = container.state;
  const { health } = container;
  return {
    Id: id,
    Created: nanoTime(created),
    Path: path,
    Args: args,
    State: {
      Status: status,
      Running: container.running || status === 'restarting',
      Paused: status === 'paused',
      Restarting: status === 'restarting',
      OOMKilled: false,
      Dead: status === 'dead',
      Pid: container.run?.process.processId ?? 0,
      ExitCode: exitCode,
      Error: error,
      StartedAt: nanoTime(startedAt),
      FinishedAt: nanoTime(finishedAt),
      ...(health === undefined
        ? {}
        : { Health: { Status: health.status, FailingStreak: health.failingStreak, Log: health.log } }),
    },
    Image: image.id,
    ResolvConfPath: '',
    HostnamePath: '',
    HostsPath: '',
    LogPath: `${ROOT}\\containers\\${id}\\${id}-json.log`,
    Name: `/${container.name}`,
    RestartCount: container.restartCount,
    Driver: 'windowsfilter',
    Platform: 'windows',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: '',
    ExecIDs: orNull(state.execs.active(container)),
    HostConfig: container.hostConfig,
    GraphDriver: { Data: { dir: `${ROOT}\\windowsfilter\\${id}` }, Name: 'windowsfilter' },
    // Both are 0 on Windows, whatever was written.
    ...(withSize ? { SizeRw: 0, SizeRootFs: 0 } : {}),
    Mounts: mountsView(container),
    Config: config,
    NetworkSettings: networkSettings(container),
  };
}

const orNull = <T>(items: readonly T[]): readonly T[] | null => (items.length === 0 ? null : items);

function mountsView(container: Container): readonly unknown[] {
  return container.parts.mounts.map(mount => ({
    Type: mount.type,
    ...(mount.name === undefined ? {} : { Name: mount.name }),
    Source: mount.shownSource,
    Destination: mount.destination,
    ...(mount.type === 'volume' ? { Driver: 'local' } : {}),
    Mode: '',
    RW: !mount.readOnly,
    Propagation: '',
  }));
}

function networkSettings(container: Container): unknown {
  return {
    Bridge: '',
    SandboxID: container.running ? container.id : '',
    SandboxKey: container.running ? container.id : '',
    Ports: container.ports,
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    SecondaryIPAddresses: null,
    SecondaryIPv6Addresses: null,
    // Filled from a network named "bridge" only: empty on Windows, read Networks instead.
    EndpointID: '',
    Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    IPAddress: '',
    IPPrefixLen: 0,
    IPv6Gateway: '',
    MacAddress: '',
    Networks: networksView(container),
  };
}

function networksView(container: Container): Readonly<Record<string, unknown>> {
  const names = [...container.networks.keys()].filter(name => !name.startsWith('container:'));
  const live = new Map(container.endpoints.map(endpoint => [endpoint.networkName, endpoint]));
  return Object.fromEntries(names.map(name => [name, endpointView(container, name, live.get(name))]));
}

function endpointView(container: Container, network: string, endpoint: Endpoint | undefined): unknown {
  const { IPAMConfig, Aliases = [] } = container.networks.get(network) ?? {};
  const { Hostname } = container.parts.config;
  const found = [...new Set([container.name, ...Aliases, container.id.slice(0, 12), Hostname])];
  return {
    IPAMConfig: IPAMConfig ?? null,
    Links: null,
    Aliases: orNull(Aliases),
    MacAddress: endpoint?.macAddress ?? '',
    DriverOpts: null,
    GwPriority: 0,
    NetworkID: endpoint?.networkId ?? '',
    EndpointID: endpoint?.endpointId ?? '',
    Gateway: endpoint?.gateway ?? '',
    IPAddress: endpoint?.address ?? '',
    IPPrefixLen: endpoint?.prefixLength ?? 0,
    IPv6Gateway: '',
    GlobalIPv6Address: '',
    GlobalIPv6PrefixLen: 0,
    DNSNames: endpoint === undefined || network === 'none' ? null : found,
  };
}

/** One element of `GET /containers/json`. */
export function listView(state: EngineState, container: Container): unknown {
  const { id, image, config, created } = container.parts;
  const now = millisOf(state.time.now());
  // A tag that moved on leaves the container with the bare image id.
  const current = state.images.find(config.Image)?.id === image.id ? config.Image : image.id;
  return {
    Id: id,
    Names: [`/${container.name}`],
    Image: current,
    ImageID: image.id,
    Command: commandShown(container),
    Created: secondsOf(created),
    Ports: portsView(container),
    Labels: config.Labels,
    State: container.state.status,
    Status: statusWords(container.statusFacts(), now),
    HostConfig: { NetworkMode: container.hostConfig.NetworkMode },
    NetworkSettings: { Networks: networksView(container) },
    Mounts: mountsView(container),
  };
}

/** Path and arguments; those with spaces in single quotes. Ground: moby container/view.go. */
function commandShown(container: Container): string {
  const { path, args } = container.parts;
  return [path, ...args.map(argument => (argument.includes(' ') ? `'${argument}'` : argument))].join(' ');
}

function portsView(container: Container): readonly unknown[] {
  return Object.entries(container.ports).flatMap(([port, bindings]): unknown[] => {
    const [number, type = 'tcp'] = port.split('/');
    if (bindings === null) return [{ PrivatePort: Number(number), Type: type }];
    return bindings.map(({ HostIp, HostPort }) => ({
      IP: HostIp,
      PrivatePort: Number(number),
      PublicPort: Number(HostPort),
      Type: type,
    }));
  });
}
