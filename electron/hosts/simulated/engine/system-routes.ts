import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { badRequest } from './api-error.ts';
import type { Route } from './call.ts';
import { LOG_DRIVERS } from './create-validation.ts';
import type { EngineState } from './engine-state.ts';
import { API_MINOR, MIN_API_MINOR } from './http-server.ts';
import { isStep } from './image-routes.ts';
import { secondsOf } from './nano-time.ts';
import { NETWORK_DRIVERS } from './network-store.ts';

const BUILD_TIME = '2025-11-05T14:41:58.000000000+00:00';
const PING_HEADERS = {
  'Cache-Control': 'no-cache, no-store, must-revalidate',
  Pragma: 'no-cache',
  // The classic builder: BuildKit is off on Windows.
  'Builder-Version': '1',
  Swarm: 'inactive',
};

/** /_ping, /version, /info, /system/df and /auth. Shapes: moby daemon/info.go and info_windows.go. */
export function systemRoutes(state: EngineState): readonly Route[] {
  return [
    ['GET', '/_ping', (): Answer => ({ kind: 'text', status: 200, body: 'OK', headers: PING_HEADERS })],
    ['HEAD', '/_ping', (): Answer => ({ kind: 'text', status: 200, body: '', headers: PING_HEADERS })],
    ['GET', '/version', () => json(versionOf(state, kernelVersion(state), 'windows'))],
    ['GET', '/info', () => json(infoOf(state))],
    ['GET', '/system/df', call => json(diskUsage(state, call.parts.query.getAll('type')))],
    // A registry that asks for no credentials takes any, as a real one without authentication does.
    ['POST', '/auth', () => json({ IdentityToken: '', Status: 'Login Succeeded' })],
  ];
}

/** `10.0 26100 (26100.1.amd64fre.ge_release.240331-1435)`. */
function kernelVersion(state: EngineState): string {
  const { major, minor, build, buildLabEx } = state.machine.version;
  return `${major}.${minor} ${build} (${buildLabEx})`;
}

/** /version of either mode. */
export function versionOf(state: EngineState, kernel: string, os: 'windows' | 'linux'): unknown {
  const apiVersion = `1.${API_MINOR}`;
  const minimum = `1.${MIN_API_MINOR}`;
  const { version } = state.options.engine;
  const build = { GitCommit: '89c5e8f', GoVersion: 'go1.24.9' };
  return {
    Platform: { Name: 'Docker Engine - Community' },
    Components: [
      {
        Name: 'Engine',
        Version: version,
        Details: {
          ApiVersion: apiVersion,
          Arch: 'amd64',
          BuildTime: BUILD_TIME,
          Experimental: 'false',
          ...build,
          KernelVersion: kernel,
          MinAPIVersion: minimum,
          Os: os,
        },
      },
    ],
    Version: version,
    ApiVersion: apiVersion,
    MinAPIVersion: minimum,
    ...build,
    Os: os,
    Arch: 'amd64',
    KernelVersion: kernel,
    BuildTime: BUILD_TIME,
  };
}

/** `Microsoft Windows[ Server] Version 24H2 (OS Build 26100.4652)`: Windows 11 is not named. */
function operatingSystem(state: EngineState): string {
  const { productType, displayVersion, build, revision } = state.machine.version;
  return `Microsoft Windows${productType === 'server' ? ' Server' : ''} Version ${displayVersion} (OS Build ${build}.${revision})`;
}

function infoOf(state: EngineState): unknown {
  const { machine } = state;
  const { major, minor, build } = machine.version;
  return {
    ...infoCounts(state),
    Driver: 'windowsfilter',
    DriverStatus: [['Windows', '']],
    Plugins: {
      Volume: ['local'],
      Network: NETWORK_DRIVERS,
      Authorization: null,
      Log: LOG_DRIVERS,
    },
    ...NO_CGROUPS,
    IPv4Forwarding: true,
    Debug: false,
    NFd: -1,
    OomKillDisable: false,
    NGoroutines: 32,
    SystemTime: new Date(machine.clock.now()).toISOString(),
    LoggingDriver: 'json-file',
    CgroupDriver: '',
    NEventsListener: state.events.listeners,
    KernelVersion: kernelVersion(state),
    OperatingSystem: operatingSystem(state),
    OSVersion: `${major}.${minor}.${build}`,
    OSType: 'windows',
    Architecture: 'x86_64',
    ...REGISTRY,
    NCPU: machine.processors,
    MemTotal: machine.memoryBytes,
    GenericResources: null,
    DockerRootDir: 'C:\\ProgramData\\docker',
    ...PROXIES,
    Name: machine.name,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: state.options.engine.version,
    Runtimes: null,
    DefaultRuntime: '',
    ...NO_SWARM,
    LiveRestoreEnabled: false,
    Isolation: state.defaultIsolation,
    InitBinary: '',
    ContainerdCommit: { ID: '' },
    RuncCommit: { ID: '' },
    InitCommit: { ID: '' },
    SecurityOptions: null,
    CDISpecDirs: [],
    Warnings: null,
  };
}

function infoCounts(state: EngineState): Readonly<Record<string, unknown>> {
  const counts = { running: 0, paused: 0, stopped: 0 };
  for (const { state: now } of state.containers.all()) {
    if (now.status === 'running') counts.running += 1;
    else if (now.status === 'paused') counts.paused += 1;
    else counts.stopped += 1;
  }
  return {
    ID: state.id,
    Containers: state.containers.size,
    ContainersRunning: counts.running,
    ContainersPaused: counts.paused,
    ContainersStopped: counts.stopped,
    Images: state.images.all().length,
  };
}

const NO_CGROUPS = {
  MemoryLimit: false,
  SwapLimit: false,
  CpuCfsPeriod: false,
  CpuCfsQuota: false,
  CPUShares: false,
  CPUSet: false,
  PidsLimit: false,
};
const REGISTRY = {
  IndexServerAddress: 'https://index.docker.io/v1/',
  RegistryConfig: {
    IndexConfigs: { 'docker.io': { Mirrors: [], Name: 'docker.io', Official: true, Secure: true } },
    InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
    Mirrors: null,
  },
};
const PROXIES = { HttpProxy: '', HttpsProxy: '', NoProxy: '' };
const NO_SWARM = {
  Swarm: {
    NodeID: '',
    NodeAddr: '',
    LocalNodeState: 'inactive',
    ControlAvailable: false,
    Error: '',
    RemoteManagers: null,
  },
};

/** /info of a daemon in Linux mode: enough for a client to see what it is. */
export function linuxInfoOf(state: EngineState): unknown {
  return {
    ID: state.id,
    Containers: 0,
    ContainersRunning: 0,
    ContainersPaused: 0,
    ContainersStopped: 0,
    Images: 0,
    Driver: 'overlay2',
    DriverStatus: [['Backing Filesystem', 'extfs']],
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
      Authorization: null,
      Log: ['json-file', 'local'],
    },
    ...Object.fromEntries(Object.keys(NO_CGROUPS).map(name => [name, true])),
    IPv4Forwarding: true,
    SystemTime: new Date(state.machine.clock.now()).toISOString(),
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '2',
    KernelVersion: LINUX_KERNEL,
    OperatingSystem: 'Docker Desktop',
    OSVersion: '',
    OSType: 'linux',
    Architecture: 'x86_64',
    ...REGISTRY,
    NCPU: state.machine.processors,
    MemTotal: Math.floor(state.machine.memoryBytes / 2),
    DockerRootDir: '/var/lib/docker',
    ...PROXIES,
    Name: 'docker-desktop',
    Labels: [],
    ServerVersion: state.options.engine.version,
    Runtimes: { runc: { path: 'runc' } },
    DefaultRuntime: 'runc',
    ...NO_SWARM,
    Isolation: '',
    InitBinary: 'docker-init',
    SecurityOptions: ['name=seccomp,profile=unconfined', 'name=cgroupns'],
    Warnings: null,
  };
}

export const LINUX_KERNEL = '6.6.87.2-microsoft-standard-WSL2';

const DISK_USERS = ['container', 'image', 'volume', 'build-cache'];

/** /system/df. Arrays of what was asked for must be there, even when empty; the rest is null. */
function diskUsage(state: EngineState, types: readonly string[]): unknown {
  const strange = types.find(type => !DISK_USERS.includes(type));
  if (strange !== undefined) throw badRequest(`unknown object type: ${strange}`);
  const isAsked = (type: string): boolean => types.length === 0 || types.includes(type);
  // Steps of a build are no images of their own here. Ground: moby daemon/images/images.go.
  const images = state.images.all().filter(image => !isStep(state, image));
  const uses = new Map<string, number>();
  for (const { layers: own } of images) {
    for (const { digest } of own) uses.set(digest, (uses.get(digest) ?? 0) + 1);
  }
  const layers = new Map(images.flatMap(image => image.layers.map(layer => [layer.digest, layer.size] as const)));
  const users = new Map<string, number>();
  for (const container of state.containers.all()) {
    users.set(container.parts.image.id, (users.get(container.parts.image.id) ?? 0) + 1);
  }
  return {
    LayersSize: !isAsked('image') ? 0 : [...layers.values()].reduce((sum, size) => sum + size, 0),
    Images: !isAsked('image')
      ? null
      : images.map(image => ({
          Containers: users.get(image.id) ?? 0,
          Created: image.createdSeconds,
          Id: image.id,
          Labels: image.scenario.labels,
          ParentId: '',
          RepoDigests: image.tags.map(tag => `${tag.repository}@${image.digest}`),
          RepoTags: image.tags.map(tag => tag.familiar),
          SharedSize: image.layers.reduce((sum, { digest, size }) => sum + ((uses.get(digest) ?? 0) > 1 ? size : 0), 0),
          Size: image.scenario.sizeBytes,
        })),
    Containers: !isAsked('container')
      ? null
      : [...state.containers.all()].map(container => ({
          Id: container.id,
          Names: [`/${container.name}`],
          Image: container.parts.config.Image,
          ImageID: container.parts.image.id,
          Command: container.parts.path,
          Created: secondsOf(container.parts.created),
          Ports: [],
          SizeRw: container.parts.disk.scratchBytes(),
          SizeRootFs: container.parts.image.scenario.sizeBytes,
          Labels: container.parts.config.Labels,
          State: container.state.status,
          Status: container.state.status,
          HostConfig: { NetworkMode: container.hostConfig.NetworkMode },
          NetworkSettings: { Networks: {} },
          Mounts: [],
        })),
    Volumes: !isAsked('volume')
      ? null
      : state.volumes.all().map(volume => ({
          Driver: 'local',
          Labels: volume.labels,
          Mountpoint: '',
          Name: volume.name,
          Options: null,
          Scope: 'local',
          UsageData: { RefCount: volume.users.size, Size: 0 },
        })),
    BuildCache: isAsked('build-cache') ? [] : null,
  };
}
