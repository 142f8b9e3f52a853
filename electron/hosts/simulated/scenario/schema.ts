import { z } from 'zod';

/**
 * A scenario: a whole simulated Windows host as data. Published as JSON Schema (assets/scenarios/scenario.schema.json).
 * Everything has a default, so that `{}` is a host on which everything works and the FSD is stopped.
 */

const bytes = z.number().nonnegative();
/** `C:`, or `Z:`; upper or lower case. */
const driveLetter = z.string().regex(/^[A-Za-z]:$/, 'expected a drive letter such as "Z:"');
const uncPrefix = z.string().regex(/^\\[^\\]+(\\[^\\]+)+$/, 'expected one leading backslash and two parts, such as "\\\\memfs\\\\share"');

export const WindowsScenario = z.strictObject({
  machineName: z.string().default('WORKSTATION'),
  build: z.int().positive().default(26100),
  revision: z.int().nonnegative().default(4652),
  displayVersion: z.string().default('24H2'),
  edition: z.string().default('Windows 11 Pro'),
  productType: z.enum(['client', 'server']).default('client'),
  processors: z.int().positive().default(8),
  memoryBytes: bytes.default(34_359_738_368),
  /** The signed-in user. */
  user: z.string().default('user'),
  /** Free bytes of C:. */
  freeBytes: bytes.default(214_748_364_800),
});

export const WinFspScenario = z.strictObject({
  installed: z.boolean().default(true),
  version: z.string().default('2.1.25156'),
  /** Side-by-side id: the service is `WinFsp+<instance>` and every device carries `+<instance>`. Empty before 2.0. */
  instance: z.string().max(32).default('2.1'),
  installDirectory: z.string().default('C:\\Program Files (x86)\\WinFsp'),
  fsd: z.enum(['stopped', 'running', 'missing-file']).default('stopped'),
});

/** Behaviour that no vendor documents: each is a switch, on as the sources suggest. See README, "What is inferred". */
export const BehaviourScenario = z.strictObject({
  /** A silo's `\Device\Mup` is a global link to the host's MUP. WinFsp's page reports its effect silo -> host. */
  mupIsShared: z.boolean().default(true),
  /** The effect holds silo -> silo and host -> silo as well. [inferred] */
  mupIsSharedBetweenSilos: z.boolean().default(true),
  /** MUP keeps one winner a class in a cache all namespaces share. [inferred] */
  prefixCacheIsShared: z.boolean().default(true),
  prefixCacheSeconds: z.number().positive().default(900),
  /** Providers whose name is not in ProviderOrder are asked after the known ones. [inferred] */
  unknownProvidersAreAskedLast: z.boolean().default(true),
  /** MUP puts the provider's link in the silo's `\Device` (true) or in the host's (false). [inferred] */
  providerLinkIsInSilo: z.boolean().default(true),
  /** Milliseconds SMB and WebDAV take to give up on an unknown server name. [inferred] */
  unknownServerMs: z.number().nonnegative().default(150),
  /** Exit code of a process ended by `docker kill`. Open in the sources. */
  killExitCode: z.int().nonnegative().default(1_067),
});

export const NetworkScenario = z.strictObject({
  /** SMB servers that answer on the simulated network. */
  servers: z
    .array(
      z.strictObject({
        name: z.string(),
        shares: z.array(z.strictObject({ name: z.string(), files: z.record(z.string(), z.string()).default({}) })),
      }),
    )
    .default([]),
});

export const ImageScenario = z.strictObject({
  reference: z.string(),
  /** Which file tree it carries: decides which programs exist in it. */
  base: z.enum(['servercore', 'server', 'windows', 'nanoserver', 'linux']),
  osVersion: z.string().optional(),
  sizeBytes: bytes.default(5_100_000_000),
  layers: z.int().positive().max(40).default(3),
  created: z.string().optional(),
  labels: z.record(z.string(), z.string()).default({}),
  /** Extra files: path -> text; a value `program:<id>` puts a program there. */
  files: z.record(z.string(), z.string()).default({}),
  cmd: z.array(z.string()).default(['c:\\windows\\system32\\cmd.exe']),
});

export const FileSystemScenario = z.strictObject({
  /** The command line, as typed. `{winfsp}` stands for the installation directory. */
  commandLine: z.string(),
  /** Files written through the mount point once it is there: path relative to the volume -> text. */
  files: z.record(z.string(), z.string()).default({}),
});

export const ContainerScenario = z.strictObject({
  name: z.string(),
  image: z.string(),
  isolation: z.enum(['default', 'process', 'hyperv']).default('process'),
  labels: z.record(z.string(), z.string()).default({}),
  environment: z.record(z.string(), z.string()).default({}),
  binds: z.array(z.string()).default([]),
  /** The container's entry process; default: the first file system, else `ping -t localhost`. */
  command: z.string().optional(),
  /** Further file systems, started by exec. The first one is the entry process unless `command` is given. */
  fileSystems: z.array(FileSystemScenario).default([]),
  state: z.enum(['running', 'exited', 'created']).default('running'),
});

export const EngineScenario = z.strictObject({
  /** `linux`: Docker Desktop in Linux mode. `stopped`: no pipe. `denied`: the pipe refuses this user. */
  mode: z.enum(['windows', 'linux', 'stopped', 'denied']).default('windows'),
  version: z.string().default('28.5.2'),
  /** Absent: by product type, as dockerd does (server: process, client: hyperv). */
  defaultIsolation: z.enum(['process', 'hyperv']).optional(),
  /** Bytes per second of a pull's download and extraction, each. */
  downloadBytesPerSecond: z.number().positive().default(2_000_000_000),
  extractBytesPerSecond: z.number().positive().default(4_000_000_000),
});

export const FaultScenario = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pull-breaks'), reference: z.string(), layer: z.int().positive(), message: z.string().default('unexpected EOF') }),
  /** The engine drops all connections after so many ms of the host's life, and is back after `downMs`. */
  z.strictObject({ kind: z.literal('engine-restarts'), afterMs: z.number().nonnegative(), downMs: z.number().nonnegative().default(1_000) }),
  /** Execs whose command matches never answer. */
  z.strictObject({ kind: z.literal('exec-hangs'), command: z.string() }),
  /** The scratch disk of new containers has no room; creating one fails. */
  z.strictObject({ kind: z.literal('disk-full') }),
  /** File systems whose command line contains the text accept opens and never answer. */
  z.strictObject({ kind: z.literal('file-system-hangs'), commandLine: z.string() }),
  /** Starting the FSD fails with this Win32 error. */
  z.strictObject({ kind: z.literal('fsd-start-fails'), win32: z.int().positive().default(2) }),
  /** The FSD goes away after so many ms (somebody ran fsptool unload). */
  z.strictObject({ kind: z.literal('fsd-unloads'), afterMs: z.number().nonnegative() }),
  /** Process-isolated containers whose image matches fail at start with this HRESULT. */
  z.strictObject({ kind: z.literal('start-fails'), image: z.string(), hresult: z.string().default('0xc0370106') }),
]);

export const Scenario = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().default('unnamed'),
  /** Two sentences: what this host is, what to try on it. */
  description: z.string().default(''),
  seed: z.int().default(1),
  windows: WindowsScenario.prefault({}),
  winfsp: WinFspScenario.prefault({}),
  behaviour: BehaviourScenario.prefault({}),
  network: NetworkScenario.prefault({}),
  engine: EngineScenario.prefault({}),
  /** Local images. */
  images: z.array(ImageScenario).default([]),
  /** What can be pulled. Local images can always be pulled again. */
  registry: z.array(ImageScenario).default([]),
  containers: z.array(ContainerScenario).default([]),
  /** File systems that run on the host itself, as the signed-in user. */
  hostFileSystems: z.array(FileSystemScenario).default([]),
  /** Drive letters on the host whose target is gone. */
  ghosts: z.array(z.strictObject({ mountPoint: driveLetter, target: z.string() })).default([]),
  /** Extra files on the host's C:, path -> text; `program:<id>` puts a program there. */
  hostFiles: z.record(z.string(), z.string()).default({}),
  faults: z.array(FaultScenario).default([]),
});
export type Scenario = z.infer<typeof Scenario>;
export type ScenarioInput = z.input<typeof Scenario>;
export type ImageScenario = z.infer<typeof ImageScenario>;
export type ContainerScenario = z.infer<typeof ContainerScenario>;
export type FaultScenario = z.infer<typeof FaultScenario>;
export { uncPrefix as UncPrefixText };
