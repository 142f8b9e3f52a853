import { z } from 'zod';

/**
 * A scenario: a whole simulated Windows host as data. Published as JSON Schema (assets/scenarios/scenario.schema.json),
 * hence the descriptions. Everything has a default, so that `{}` is a host on which everything works and the FSD is stopped.
 */

const bytes = z.number().nonnegative();
const milliseconds = z.number().nonnegative().max(86_400_000);
const driveLetter = z
  .string()
  .regex(/^[A-Za-z]:$/, 'expected a drive letter such as "Z:"')
  .describe('A drive letter with its colon, such as "Z:".');
const osVersion = z
  .string()
  .regex(/^10\.0\.\d{4,6}(\.\d+)?$/, 'expected a Windows version such as "10.0.20348.4294"')
  .describe('`os.version` of the manifest; its third field decides what may run.');
const imageReference = z
  .string()
  .regex(
    /^[a-z0-9][^\s@]*$/,
    'expected an image reference in lower case such as "mcr.microsoft.com/windows/servercore:ltsc2022"',
  );
const texts = z.record(z.string(), z.string());
const filesWithPrograms = texts.describe('Path -> text. A text `program:<id>` puts that program there.');

const WindowsScenario = z
  .strictObject({
    machineName: z.string().min(1).max(63).default('WORKSTATION'),
    build: z.int().positive().default(26100).describe('Third field of the Windows version: decides which images run.'),
    revision: z.int().nonnegative().default(4652),
    displayVersion: z.string().default('24H2'),
    edition: z.string().default('Windows 11 Pro'),
    productType: z.enum(['client', 'server']).default('client').describe("Decides Docker's default isolation."),
    processors: z.int().positive().default(8),
    memoryBytes: bytes.default(34_359_738_368),
    user: z.string().min(1).default('user').describe('The signed-in user.'),
    elevated: z
      .boolean()
      .default(true)
      .describe(
        'Siloscope runs elevated: hcsdiag answers and `\\Silos` can be listed. A drive letter belongs to one of the two sessions.',
      ),
    elevation: z
      .enum(['allowed', 'refused', 'unavailable'])
      .default('allowed')
      .describe(
        'What the prompt of Windows comes to when Siloscope, not elevated, asks for an administrator. `unavailable`: nobody sits before the session.',
      ),
    freeBytes: bytes.default(214_748_364_800).describe('Free bytes of C:.'),
  })
  .describe('The Windows itself.');

const WinFspScenario = z
  .strictObject({
    installed: z.boolean().default(true),
    version: z
      .string()
      .regex(/^\d+(\.\d+){1,2}$/, 'expected a version such as "2.1.25156"')
      .default('2.1.25156'),
    instance: z
      .string()
      .max(32)
      .default('2.1')
      .describe('Side-by-side id: the service is `WinFsp+<instance>`, and so are the devices. Empty before 2.0.'),
    installDirectory: z
      .string()
      .regex(/^[A-Za-z]:\\/, 'expected an absolute path such as "C:\\\\Program Files (x86)\\\\WinFsp"')
      .default('C:\\Program Files (x86)\\WinFsp'),
    fsd: z.enum(['stopped', 'running', 'missing-file']).default('stopped').describe('The kernel driver.'),
    launcherServices: z
      .array(
        z.strictObject({
          name: z
            .string()
            .regex(/^[^\\/]{1,64}$/, 'expected a name without backslashes such as "sshfs"')
            .describe('The first part of the UNC names it answers for.'),
          executable: z.string().min(1),
          commandLine: z.string().default(''),
        }),
      )
      .default([])
      .describe("What is registered with WinFsp's Launcher, for `net use`."),
  })
  .describe('WinFsp as installed on the host.');

/** Behaviour that no vendor documents: each is a switch, on as the sources suggest. See README, "What is inferred". */
const BehaviourScenario = z
  .strictObject({
    mupIsShared: z
      .boolean()
      .default(true)
      .describe(
        "A silo's `\\Device\\Mup` is a global link to the host's MUP. WinFsp's page reports its effect silo -> host.",
      ),
    mupIsSharedBetweenSilos: z
      .boolean()
      .default(true)
      .describe('The effect holds silo -> silo and host -> silo as well. [inferred]'),
    siloMups: z
      .array(z.enum(['shared', 'own', 'elsewhere']))
      .default([])
      .describe(
        "The MUPs of the silos in the order in which they are made: the host's, one of their own, or a link to another MUP of the host's; then from the first again. Empty: as `mupIsShared` says. [inferred]",
      ),
    runtimeIdIsContainerGuid: z
      .boolean()
      .default(true)
      .describe("HCS gives as `RuntimeId` the GUID that the silo's WinFsp provider carries. [inferred]"),
    programsShareALogon: z
      .boolean()
      .default(true)
      .describe(
        'All programs of a container run in one logon session: what `docker exec` starts sees the drive letters of its first program. [inferred]',
      ),
    prefixCacheIsShared: z
      .boolean()
      .default(true)
      .describe('MUP keeps one winner a class in a cache all namespaces share. [inferred]'),
    prefixCacheSeconds: z.number().positive().default(900),
    unknownProvidersAreAskedLast: z
      .boolean()
      .default(true)
      .describe('Providers whose name is not in ProviderOrder are asked after the known ones. [inferred]'),
    providerLinkIsInSilo: z
      .boolean()
      .default(true)
      .describe("MUP puts the provider's link in the silo's `\\Device` (true) or in the host's (false). [inferred]"),
    unknownServerMs: milliseconds
      .default(150)
      .describe('Milliseconds SMB and WebDAV take to give up on an unknown server name. [inferred]'),
    killExitCode: z
      .int()
      .nonnegative()
      .max(0xffff_ffff)
      .default(1_067)
      .describe('Exit code of a process ended by `docker kill`. Open in the sources.'),
  })
  .describe('Switches for what no vendor documents.');

const NetworkScenario = z
  .strictObject({
    servers: z
      .array(
        z.strictObject({
          name: z.string().min(1),
          shares: z.array(
            z.strictObject({
              name: z.string().min(1),
              files: texts.default({}).describe('Path relative to the share -> text.'),
            }),
          ),
        }),
      )
      .default([])
      .describe('SMB servers that answer on the simulated network.'),
  })
  .describe('What is around the host.');

export const ImageScenario = z.strictObject({
  reference: imageReference,
  base: z
    .enum(['servercore', 'server', 'windows', 'nanoserver', 'linux'])
    .describe('Which file tree it carries: decides which programs exist in it.'),
  osVersion: osVersion.optional(),
  sizeBytes: bytes.default(5_100_000_000),
  layers: z.int().positive().max(40).default(3),
  created: z.string().optional().describe('ISO 8601.'),
  labels: texts.default({}),
  files: filesWithPrograms.default({}),
  cmd: z.array(z.string()).default(['c:\\windows\\system32\\cmd.exe']),
});

export const FileSystemScenario = z.strictObject({
  commandLine: z.string().min(1).describe('As typed. `{winfsp}` stands for the installation directory.'),
  files: texts
    .default({})
    .describe(
      'Written through the mount point (or the UNC prefix) once it is there: path relative to the volume -> text.',
    ),
});

export const ContainerScenario = z.strictObject({
  name: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/, 'expected a container name: two or more letters, digits, "_", "." or "-"'),
  image: imageReference.describe('One of the local images.'),
  isolation: z.enum(['default', 'process', 'hyperv']).default('process'),
  labels: texts.default({}),
  environment: texts.default({}),
  binds: z
    .array(z.string())
    .default([])
    .describe('As `docker run -v` takes them. WinFsp is bound, read-only, wherever file systems are given.'),
  command: z
    .string()
    .optional()
    .describe('The entry process; default: the first file system, else `ping -t localhost`.'),
  fileSystems: z
    .array(FileSystemScenario)
    .default([])
    .describe('The first one is the entry process unless `command` is given; further ones are started by exec.'),
  state: z.enum(['running', 'exited', 'created']).default('running'),
  restart: z
    .enum(['no', 'always', 'unless-stopped', 'on-failure'])
    .default('no')
    .describe("The restart policy: what comes back after the engine's own restart."),
});

const EngineScenario = z
  .strictObject({
    mode: z
      .enum(['windows', 'linux', 'stopped', 'denied'])
      .default('windows')
      .describe('`linux`: Docker Desktop in Linux mode. `stopped`: no pipe. `denied`: the pipe refuses this user.'),
    version: z.string().default('28.5.2'),
    defaultIsolation: z
      .enum(['process', 'hyperv'])
      .optional()
      .describe('Absent: by product type, as dockerd does (server: process, client: hyperv).'),
    downloadBytesPerSecond: z.number().positive().default(2_000_000_000),
    extractBytesPerSecond: z.number().positive().default(4_000_000_000),
  })
  .describe('The Docker Engine.');

const FaultScenario = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('pull-breaks'),
      reference: imageReference,
      layer: z.int().positive().describe('Counted from 1.'),
      message: z.string().default('unexpected EOF'),
    })
    .describe('The download of one layer ends early.'),
  z
    .strictObject({ kind: z.literal('engine-restarts'), afterMs: milliseconds, downMs: milliseconds.default(1_000) })
    .describe(
      "The engine goes away after so many ms of the host's life, with all connections and containers, and is back after `downMs`.",
    ),
  z
    .strictObject({ kind: z.literal('exec-hangs'), command: z.string().min(1) })
    .describe('Execs whose command contains the text never answer.'),
  z
    .strictObject({ kind: z.literal('disk-full') })
    .describe('The scratch disk of new containers has no room; creating one fails.'),
  z
    .strictObject({ kind: z.literal('file-system-hangs'), commandLine: z.string().min(1) })
    .describe('File systems whose command line contains the text accept opens and never answer.'),
  z
    .strictObject({
      kind: z.literal('file-system-lies'),
      commandLine: z.string().min(1),
      how: z
        .enum(['content', 'existence'])
        .default('content')
        .describe('`content`: every second read shows something else. `existence`: every second read finds no file.'),
    })
    .describe('File systems whose command line contains the text show one reader what they hide from the next.'),
  z
    .strictObject({
      kind: z.literal('file-system-floods'),
      commandLine: z.string().min(1),
      entries: z.int().positive().max(5_000_000).default(1_000_000),
    })
    .describe(
      'Directories of file systems whose command line contains the text have so many entries more, with control and bidi characters in their names.',
    ),
  z
    .strictObject({ kind: z.literal('fsd-start-fails'), win32: z.int().positive().default(2) })
    .describe('Starting the FSD fails with this Win32 error.'),
  z
    .strictObject({ kind: z.literal('fsd-unloads'), afterMs: milliseconds })
    .describe('The FSD goes away after so many ms (somebody ran fsptool unload).'),
  z
    .strictObject({
      kind: z.literal('start-fails'),
      image: z.string().min(1),
      hresult: z
        .string()
        .regex(/^0[xX][0-9a-fA-F]{8}$/, 'expected an HRESULT such as "0xc0370106"')
        .default('0xc0370106'),
    })
    .describe('Process-isolated containers whose image matches fail at start with this HRESULT.'),
]);

export const Scenario = z
  .strictObject({
    $schema: z.string().optional(),
    name: z.string().default('unnamed'),
    description: z.string().default('').describe('Two sentences: what this host is, what to try on it.'),
    seed: z.int().default(1).describe('Ids are drawn from it: the same scenario and seed give the same ids.'),
    windows: WindowsScenario.prefault({}),
    winfsp: WinFspScenario.prefault({}),
    behaviour: BehaviourScenario.prefault({}),
    network: NetworkScenario.prefault({}),
    engine: EngineScenario.prefault({}),
    images: z.array(ImageScenario).default([]).describe('Local images.'),
    registry: z
      .array(ImageScenario)
      .default([])
      .describe('What can be pulled. Local images can always be pulled again.'),
    containers: z.array(ContainerScenario).default([]),
    hostFileSystems: z
      .array(FileSystemScenario)
      .default([])
      .describe('They run on the host itself, as the signed-in user.'),
    ghosts: z
      .array(
        z.strictObject({
          mountPoint: driveLetter,
          target: z.string().min(1).describe('E.g. `\\Device\\Volume{guid}`.'),
        }),
      )
      .default([])
      .describe('Drive letters on the host whose target is gone.'),
    hostFiles: filesWithPrograms
      .default({})
      .describe("Extra files on the host's C:, path -> text; `program:<id>` puts a program there."),
    faults: z.array(FaultScenario).default([]).describe('What goes wrong, and when.'),
  })
  .describe('A simulated Windows host for Siloscope. Everything has a default.');
export type Scenario = z.infer<typeof Scenario>;
export type ScenarioInput = z.input<typeof Scenario>;
export type ImageScenario = z.infer<typeof ImageScenario>;
export type ContainerScenario = z.infer<typeof ContainerScenario>;
export type FileSystemScenario = z.infer<typeof FileSystemScenario>;
