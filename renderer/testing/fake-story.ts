import type { ImageRow } from '../../shared/domain/image-row.ts';
import type { RunningFileSystem } from '../../shared/domain/launch.ts';
import type { Namespace } from '../../shared/domain/namespace.ts';
import type { Volume } from '../../shared/domain/volume.ts';

/** What the fake host starts with. */
export interface Story {
  readonly name: string;
  readonly fsdRunning: boolean;
  readonly silos: readonly FakeSilo[];
  readonly images: readonly ImageRow[];
}

export interface FakeSilo {
  readonly namespace: Namespace;
  readonly fileSystem: RunningFileSystem;
}

const SERVERCORE = 'mcr.microsoft.com/windows/servercore:ltsc2022';

const hex = (seed: number, digits: number): string => {
  let value = (seed * 2_654_435_761 + 12_345) >>> 0;
  let text = '';
  while (text.length < digits) {
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) >>> 0;
    text += value.toString(16).padStart(8, '0');
  }
  return text.slice(0, digits);
};

const guid = (seed: number): string => {
  const text = hex(seed, 32);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
};

/** A container with one memfs volume: with a prefix a network one, without a disk. */
export function fakeSilo(
  seed: number,
  name: string,
  mountPoint: string,
  uncPrefix?: string,
  program = 'memfs-x64.exe',
  managed = true,
): FakeSilo {
  const containerGuid = guid(seed);
  const siloId = 1_000 + seed * 4;
  const container = {
    id: hex(seed + 500, 64),
    name,
    image: SERVERCORE,
    isolation: 'process' as const,
    labels: managed ? { 'dev.siloscope.profile': uncPrefix === undefined ? 'memfs-disk' : 'memfs-network' } : {},
    managed,
  };
  const commandLine = [
    `"C:\\Program Files (x86)\\WinFsp\\bin\\${program}" -i -F NTFS -m ${mountPoint}`,
    ...(uncPrefix === undefined ? [] : [`-u ${uncPrefix}`]),
  ].join(' ');
  const volume: Volume = {
    device: `\\Device\\Volume{${guid(seed + 900)}}`,
    kind: uncPrefix === undefined ? 'disk' : 'network',
    home: `silo:${siloId}`,
    ...(uncPrefix === undefined ? {} : { uncPrefix, provider: `\\Device\\WinFsp.Mup+2.1{${containerGuid}}` }),
    mountPoints: [mountPoint],
    fileSystem: { program, processId: 4_000 + seed * 8, commandLine },
  };
  return {
    namespace: {
      id: `silo:${siloId}`,
      kind: 'silo',
      label: name,
      siloId,
      containerGuid,
      container,
      agreed: ['hcsdiag', 'silo-directory'],
      sources: [
        { source: 'hcsdiag', said: `ObRoot \\Silos\\${siloId}`, verdict: 'agrees' },
        { source: 'silo-directory', said: `\\Silos\\${siloId}`, verdict: 'agrees' },
        { source: 'provider-guid', said: `{${containerGuid}}`, verdict: 'alone' },
      ],
    },
    fileSystem: {
      container,
      state: 'running',
      status: `Up ${seed + 2} minutes`,
      program,
      commandLine,
      volumes: [volume],
    },
  };
}

const images: readonly ImageRow[] = [
  {
    reference: SERVERCORE,
    local: true,
    id: `sha256:${hex(71, 64)}`,
    family: 'servercore',
    osVersion: '10.0.20348.4405',
    build: 20348,
    sizeBytes: 4_831_838_208,
    mainstreamEnd: '2026-10-13',
    extendedEnd: '2031-10-14',
    support: 'extended',
    verdict: { runs: 'yes', because: 'exact-build' },
  },
  {
    reference: 'mcr.microsoft.com/windows/servercore:ltsc2025',
    local: false,
    family: 'servercore',
    osVersion: '10.0.26100.7171',
    build: 26100,
    sizeBytes: 5_261_334_937,
    mainstreamEnd: '2029-11-13',
    extendedEnd: '2034-11-14',
    support: 'mainstream',
    verdict: { runs: 'no', because: 'newer-than-host' },
  },
  {
    reference: 'mcr.microsoft.com/windows/server:ltsc2022',
    local: false,
    family: 'server',
    osVersion: '10.0.20348.4405',
    build: 20348,
    sizeBytes: 9_878_424_780,
    mainstreamEnd: '2026-10-13',
    extendedEnd: '2031-10-14',
    support: 'extended',
    verdict: { runs: 'untested', because: 'server-image-untested-with-winfsp' },
  },
  {
    reference: 'mcr.microsoft.com/windows/nanoserver:ltsc2022',
    local: true,
    id: `sha256:${hex(72, 64)}`,
    family: 'nanoserver',
    osVersion: '10.0.20348.4405',
    build: 20348,
    sizeBytes: 298_844_160,
    mainstreamEnd: '2026-10-13',
    extendedEnd: '2031-10-14',
    support: 'extended',
    verdict: { runs: 'no', because: 'nano-server-no-winfsp' },
  },
  {
    reference: 'mcr.microsoft.com/windows/servercore:ltsc2019',
    local: false,
    family: 'servercore',
    osVersion: '10.0.17763.8027',
    build: 17763,
    sizeBytes: 5_583_457_484,
    mainstreamEnd: '2024-01-09',
    extendedEnd: '2029-01-09',
    support: 'extended',
    verdict: { runs: 'no', because: 'host-build-differs' },
  },
];

const PROGRAMS = ['memfs-x64.exe', 'rclone.exe', 'juicefs.exe', 'hubfs.exe', 'sshfs.exe'] as const;
const NAMES = ['billing', 'search', 'ledger', 'render', 'intake', 'mirror', 'export', 'cache'] as const;

/** The stories the fixture page and the tests tell. `crowd(n)` makes n containers. */
export const STORIES = {
  /** The two examples of the page that documents WinFsp in containers. */
  'winfsp-container-support': (): Story => ({
    name: 'winfsp-container-support',
    fsdRunning: true,
    silos: [fakeSilo(1, 'memfs-disk', 'Z:'), fakeSilo(2, 'memfs-share', 'Y:', '\\memfs\\share')],
    images,
  }),
  default: (): Story => ({ name: 'default', fsdRunning: false, silos: [], images }),
  crowd: (count = 40): Story => ({
    name: 'noisy-neighbours',
    fsdRunning: true,
    silos: Array.from({ length: count }, (_, index) => {
      const name = `${NAMES[index % NAMES.length]}-${Math.floor(index / NAMES.length) + 1}`;
      const isLeak = index % 3 === 1;
      const letter = 'ZYXWVUTSRQPONM'.charAt(index % 14);
      const program = PROGRAMS[index % PROGRAMS.length] ?? PROGRAMS[0];
      const prefix = isLeak ? `\\${program.split('.')[0]?.split('-')[0]}\\${name}` : undefined;
      return fakeSilo(index + 10, name, `${letter}:`, prefix, program, index % 2 === 0);
    }),
    images,
  }),
  /** Twenty containers that share so many volumes: a long matrix that is not wide. */
  shelves: (count = 400): Story => ({
    name: 'shelves',
    fsdRunning: true,
    silos: Array.from({ length: 20 }, (_, shelf) => {
      const silo = fakeSilo(shelf + 10, `shelf-${shelf + 1}`, 'Z:', '\\memfs\\shelf');
      const volumes = Array.from({ length: Math.ceil(count / 20) }, (_volume, index) => {
        const seed = 10_000 + shelf * count + index;
        const made = fakeSilo(seed, 'book', 'Z:', index % 3 === 1 ? `\\memfs\\book-${shelf}-${index}` : undefined);
        return made.fileSystem.volumes.map(volume => ({ ...volume, home: silo.namespace.id }));
      });
      return { ...silo, fileSystem: { ...silo.fileSystem, volumes: volumes.flat() } };
    }),
    images,
  }),
} as const;
