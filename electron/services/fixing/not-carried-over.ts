import { z } from 'zod';

const text = z.string().nullish();
const flag = z.boolean().nullish();
const amount = z.number().nullish();
const list = z.array(z.unknown()).nullish();
const record = z.record(z.string(), z.unknown()).nullish();

/** What an image sets for its containers, as far as a container may differ from it. */
export const ImageConfig = z.object({ User: text, WorkingDir: text, Entrypoint: list, Volumes: record }).partial();
export type ImageConfig = z.infer<typeof ImageConfig>;

/** The engine's answer about a container: how it was made. */
export const Made = z.object({
  Id: z.string(),
  Name: z.string(),
  Path: z.string(),
  Args: z.array(z.string()).nullish(),
  Image: z.string(),
  State: z.object({ Running: z.boolean() }),
  Config: z.object({
    Image: z.string(),
    Env: z.array(z.string()).nullish(),
    Labels: z.record(z.string(), z.string()).nullish(),
    Hostname: text,
    User: text,
    WorkingDir: text,
    Tty: flag,
    OpenStdin: flag,
    Volumes: record,
  }),
  HostConfig: z.object({
    Binds: z.array(z.string()).nullish(),
    Mounts: list,
    VolumesFrom: list,
    PortBindings: record,
    PublishAllPorts: flag,
    RestartPolicy: z.object({ Name: text }).nullish(),
    AutoRemove: flag,
    Isolation: text,
    NetworkMode: text,
    Dns: list,
    DnsSearch: list,
    ExtraHosts: list,
    SecurityOpt: list,
    Devices: list,
    StorageOpt: record,
    Memory: amount,
    NanoCpus: amount,
    CpuShares: amount,
    CpuPercent: amount,
    CpuCount: amount,
    IOMaximumIOps: amount,
    IOMaximumBandwidth: amount,
  }),
  NetworkSettings: z.object({ Networks: record }).nullish(),
});
export type Made = z.infer<typeof Made>;

/** Windows' default network, by either name. Ground: moby, network.DefaultNetwork for Windows. */
const DEFAULT_NETWORKS: ReadonlySet<string> = new Set(['', 'default', 'nat']);

/** What a container was made with and a launch does not take, in words; empty: it can be made again as it is. */
export function notCarriedOver(
  { Id, Config, HostConfig: host, NetworkSettings }: Made,
  image: ImageConfig,
  /** A secret of its goes through its input, which is opened again for that. */
  takesSecretInput: boolean,
): string[] {
  const networks = [host.NetworkMode ?? '', ...Object.keys(NetworkSettings?.Networks ?? {})];
  const ownVolumes = Object.keys(Config.Volumes ?? {}).filter(path => !Object.hasOwn(image.Volumes ?? {}, path));
  const hostname = Config.Hostname ?? '';
  const found: readonly (readonly [words: string, isSet: boolean])[] = [
    ['mounts', isAny(host.Mounts) || isAny(host.VolumesFrom) || ownVolumes.length > 0],
    ['published ports', isAny(host.PortBindings) || host.PublishAllPorts === true],
    ['a restart policy', !['', 'no'].includes(host.RestartPolicy?.Name ?? '')],
    ['a network of its own', networks.some(network => !DEFAULT_NETWORKS.has(network))],
    ['name servers or host entries', [host.Dns, host.DnsSearch, host.ExtraHosts].some(isAny)],
    ['security options', isAny(host.SecurityOpt)],
    ['devices', isAny(host.Devices)],
    ['storage options', isAny(host.StorageOpt)],
    ['resource limits', LIMITS.some(limit => (host[limit] ?? 0) !== 0)],
    ['a user', (Config.User ?? '') !== (image.User ?? '')],
    ['a working directory', (Config.WorkingDir ?? '') !== (image.WorkingDir ?? '')],
    ['a host name', hostname !== '' && hostname !== Id.slice(0, 12)],
    ['a terminal', Config.Tty === true],
    ['an open standard input', Config.OpenStdin === true && !takesSecretInput],
    ["its image's entry point", isAny(image.Entrypoint)],
  ];
  return found.flatMap(([words, isSet]) => (isSet ? [words] : []));
}

const LIMITS = [
  'Memory',
  'NanoCpus',
  'CpuShares',
  'CpuPercent',
  'CpuCount',
  'IOMaximumIOps',
  'IOMaximumBandwidth',
] as const;

const isAny = (value: readonly unknown[] | Readonly<Record<string, unknown>> | null | undefined): boolean =>
  value !== null && value !== undefined && Object.keys(value).length > 0;
