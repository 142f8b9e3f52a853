import { z } from 'zod';
import { EndpointSettings } from './endpoint-settings.ts';
import { flag, number, record, text, texts } from './go-json.ts';

/* Bodies of the calls: unknown fields pass. */
/** A command may be one string; an empty list says nothing. */
const words = z
  .union([z.string().transform(word => [word]), z.array(z.string())])
  .nullish()
  .transform(value => value ?? undefined);
const keys = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform(value => value ?? undefined);

const MountEntry = z.object({
  Type: z
    .string()
    .nullish()
    .transform(value => value ?? undefined),
  Source: text,
  Target: text,
  ReadOnly: flag,
  BindOptions: z
    .object({ Propagation: text })
    .nullish()
    .transform(value => value ?? undefined),
  VolumeOptions: z
    .object({ DriverConfig: z.object({ Name: text }).nullish() })
    .nullish()
    .transform(value => value ?? undefined),
});

/** `HostConfig`: what we act on is typed, the rest is kept for inspect as it came. */
export const HostConfig = z.looseObject({
  Binds: texts,
  Mounts: z
    .array(MountEntry)
    .nullish()
    .transform(value => value ?? undefined),
  NetworkMode: text,
  PortBindings: z
    .record(
      z.string(),
      z
        .array(z.object({ HostIp: text, HostPort: text }))
        .nullish()
        .transform(value => value ?? []),
    )
    .nullish()
    .transform(value => value ?? {}),
  PublishAllPorts: flag,
  RestartPolicy: z
    .object({ Name: text, MaximumRetryCount: number })
    .nullish()
    .transform(value => value ?? { Name: '', MaximumRetryCount: 0 }),
  AutoRemove: flag,
  Isolation: text,
  Privileged: flag,
  ReadonlyRootfs: flag,
  SecurityOpt: texts,
  LogConfig: z
    .object({ Type: text, Config: record })
    .nullish()
    .transform(value => value ?? { Type: '', Config: {} }),
  Devices: z.array(z.looseObject({ PathOnHost: text })).nullish(),
  CapAdd: texts,
  CapDrop: texts,
  VolumesFrom: texts,
  ExtraHosts: texts,
  CpuShares: number,
  CpuPercent: number,
  CpuCount: number,
  NanoCpus: number,
  CpuRealtimePeriod: number,
  CpuRealtimeRuntime: number,
  CpuPeriod: number,
  Memory: number,
  MemoryReservation: number,
  MemorySwap: number,
  MemorySwappiness: z
    .number()
    .nullish()
    .transform(value => (value === undefined || value === -1 ? null : value)),
  OomKillDisable: z
    .boolean()
    .nullish()
    .transform(value => value ?? null),
  PidsLimit: z
    .number()
    .nullish()
    .transform(value => (value === undefined || value === null || value <= 0 ? null : value)),
  BlkioWeight: number,
  BlkioWeightDevice: z.array(z.unknown()).nullish(),
  BlkioDeviceReadBps: z.array(z.unknown()).nullish(),
  BlkioDeviceReadIOps: z.array(z.unknown()).nullish(),
  BlkioDeviceWriteBps: z.array(z.unknown()).nullish(),
  BlkioDeviceWriteIOps: z.array(z.unknown()).nullish(),
  CgroupParent: text,
  CpusetCpus: text,
  CpusetMems: text,
  Ulimits: z.array(z.unknown()).nullish(),
  ConsoleSize: z
    .array(z.int().nonnegative())
    .nullish()
    .transform(value => value ?? [0, 0]),
  StorageOpt: record,
});
export type HostConfig = z.infer<typeof HostConfig>;

export const CreateRequest = z.looseObject({
  Hostname: text,
  Domainname: text,
  User: text,
  AttachStdin: flag,
  AttachStdout: flag,
  AttachStderr: flag,
  ExposedPorts: keys,
  Tty: flag,
  OpenStdin: flag,
  StdinOnce: flag,
  Env: texts,
  Cmd: words,
  Entrypoint: words,
  ArgsEscaped: flag,
  Image: text,
  Volumes: keys,
  WorkingDir: text,
  Labels: record,
  StopSignal: text,
  StopTimeout: z
    .int()
    .nullish()
    .transform(value => value ?? undefined),
  Healthcheck: z
    .looseObject({
      Test: texts,
      Interval: number,
      Timeout: number,
      StartPeriod: number,
      StartInterval: number,
      Retries: number,
    })
    .nullish()
    .transform(value => value ?? undefined),
  HostConfig: HostConfig.nullish().transform(value => value ?? HostConfig.parse({})),
  NetworkingConfig: z
    .object({
      EndpointsConfig: z
        .record(z.string(), EndpointSettings.nullish())
        .nullish()
        .transform(value => value ?? {}),
    })
    .nullish()
    .transform(value => value ?? { EndpointsConfig: {} }),
});
export type CreateRequest = z.infer<typeof CreateRequest>;
/** What a caller in this process may leave out. */
export type CreateInput = z.input<typeof CreateRequest>;

export const ExecRequest = z.object({
  User: text,
  Privileged: flag,
  Tty: flag,
  ConsoleSize: z
    .array(z.int().nonnegative())
    .nullish()
    .transform(value => value ?? undefined),
  AttachStdin: flag,
  AttachStdout: flag,
  AttachStderr: flag,
  Detach: flag,
  DetachKeys: text,
  Env: texts,
  WorkingDir: text,
  Cmd: words,
});
export type ExecRequest = z.infer<typeof ExecRequest>;

export const ExecStartRequest = z.object({
  Detach: flag,
  Tty: flag,
  ConsoleSize: z
    .array(z.int().nonnegative())
    .nullish()
    .transform(value => value ?? undefined),
});
export type ExecStartRequest = z.infer<typeof ExecStartRequest>;
