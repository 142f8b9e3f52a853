import fc from 'fast-check';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { SERVERCORE } from './simulated-services.ts';

const MEMFS = '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS';
/** Prefixes collide in class and in whole, with each other and with servers. */
const PREFIXES = ['\\memfs\\share', '\\MEMFS\\Share', '\\memfs\\other', '\\fileserver\\x', '\\alone\\x'] as const;
const letter = fc.constantFrom('X:', 'Y:', 'Z:');
const memfs = fc
  .tuple(letter, fc.option(fc.constantFrom(...PREFIXES), { nil: undefined, freq: 3 }))
  .map(([at, prefix]) => `${MEMFS} -m ${at}${prefix === undefined ? '' : ` -u ${prefix}`}`);
const commandLine = fc.oneof(
  { weight: 6, arbitrary: memfs },
  { weight: 1, arbitrary: fc.constant(`${MEMFS} -u \\letterless\\share`) },
  { weight: 1, arbitrary: fc.constant(`${MEMFS} -m C:\\data`) },
  { weight: 1, arbitrary: fc.constant('C:\\hubfs\\hubfs.exe -o VolumePrefix=\\hubfs\\github.com github.com Y:') },
  { weight: 1, arbitrary: fc.constant('C:\\juicefs\\juicefs.exe mount --alias data sqlite3://meta.db Y:') },
);

const box = fc.record({
  isolation: fc.constantFrom('process', 'process', 'process', 'process', 'hyperv'),
  commandLines: fc.array(commandLine, { maxLength: 2 }),
  isManaged: fc.boolean(),
});

const often = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const GHOST = { mountPoint: 'Q:', target: '\\Device\\Volume{00000000-0000-4000-8000-000000000001}\\old\\x' };
const FILESERVER = { name: 'fileserver', shares: [{ name: 'x', files: { 'truth.txt': 'a server' } }] };

/** Small hosts of every sort: few enough volumes to open every name from everywhere, mixed enough that all collides. */
export const anyHost: fc.Arbitrary<ScenarioInput> = fc
  .record({
    seed: fc.nat({ max: 100_000 }),
    boxes: fc.array(box, { maxLength: 3 }),
    onHost: fc.array(
      fc.tuple(fc.constantFrom('G:', 'H:', 'C:\\mnt'), fc.option(fc.constantFrom(...PREFIXES), { nil: undefined })),
      { maxLength: 2 },
    ),
    ghosts: fc.subarray([GHOST]),
    servers: fc.subarray([FILESERVER]),
    isElevated: often(true, false),
    runs: often(true, false),
    behaviour: fc.record({
      siloMups: often<('shared' | 'own' | 'elsewhere')[]>(
        [],
        ['own'],
        ['shared', 'own'],
        ['elsewhere'],
        ['own', 'elsewhere'],
      ),
      mupIsShared: often(true, false),
      programsShareALogon: often(true, false),
      mupIsSharedBetweenSilos: often(true, false),
      prefixCacheIsShared: often(true, false),
      unknownProvidersAreAskedLast: often(true, false),
      providerLinkIsInSilo: often(true, false),
      runtimeIdIsContainerGuid: often(true, false),
    }),
  })
  .map(({ seed, boxes, onHost, ghosts, servers, isElevated, runs, behaviour }): ScenarioInput => {
    return {
      seed,
      windows: { elevated: isElevated },
      winfsp: { fsd: runs ? 'running' : 'stopped' },
      behaviour: { ...behaviour, unknownServerMs: 0 },
      network: { servers },
      images: [
        {
          reference: SERVERCORE,
          base: 'servercore',
          osVersion: '10.0.26100.4652',
          files: { 'C:\\hubfs\\hubfs.exe': 'program:hubfs', 'C:\\juicefs\\juicefs.exe': 'program:juicefs' },
        },
      ],
      containers: boxes.map(({ isolation, commandLines, isManaged }, index) => ({
        name: `box-${index}`,
        image: SERVERCORE,
        isolation,
        labels: isManaged ? { 'dev.siloscope.profile': 'custom' } : {},
        environment: { PATH: 'C:\\Program Files (x86)\\WinFsp\\bin;C:\\Windows\\System32' },
        fileSystems: runs && isolation === 'process' ? commandLines.map(line => ({ commandLine: line })) : [],
      })),
      hostFileSystems: (runs ? onHost : []).map(([at, prefix]) => ({
        commandLine: `${MEMFS} -m ${at}${prefix === undefined ? '' : ` -u ${prefix}`}`,
      })),
      ghosts,
    };
  });
