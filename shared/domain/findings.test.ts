import { describe, expect, it } from 'vitest';
import { type FindingParts, findFindings } from './findings.ts';
import type { Visibility } from './inspection.ts';
import type { Namespace } from './namespace.ts';

const silo = (id: number, name: string, managed = true): Namespace => ({
  id: `silo:${id}`,
  kind: 'silo',
  label: name,
  container: { id: name, name, image: 'i', isolation: 'process', labels: {}, managed },
});
const namespaces: Namespace[] = [
  { id: 'host', kind: 'host', label: 'host' },
  silo(4, 'a'),
  silo(8, 'b'),
  { id: 'vm:0123456789ab', kind: 'vm', label: 'v' },
];
type Parts = FindingParts['volumes'][number];
const cell = (
  namespace: string,
  visible: Visibility['visible'],
  rank: Visibility['evidence']['rank'] = 'rule',
  ground: Visibility['evidence']['ground'] = 'documented',
): Visibility => ({ namespace, visible, through: [], because: 'shared-mup', evidence: { rank, ground } });
const volume = (device: string, home: string, uncPrefix: string | undefined, cells: Visibility[] = []): Parts => ({
  device,
  kind: uncPrefix === undefined ? 'disk' : 'network',
  home,
  ...(uncPrefix === undefined ? {} : { uncPrefix }),
  mountPoints: ['Y:'],
  verdict: 'leaked',
  proof: { rank: 'rule', ground: 'documented' },
  visibility: cells,
});
const none: FindingParts = { namespaces: namespaces.slice(0, 3), volumes: [], fsd: { state: 'running' } };

describe('findings', () => {
  it('are none where all is well', () => {
    expect(
      findFindings({
        ...none,
        volumes: [volume('v', 'silo:4', undefined, [cell('silo:4', 'yes'), cell('host', 'no')])],
      }),
    ).toEqual([]);
  });

  it.each([
    ['proven', [cell('host', 'yes', 'canary', 'observed')], 'serious'],
    ['documented', [cell('host', 'yes')], 'serious'],
    ['inferred', [cell('silo:8', 'yes', 'rule', 'inferred')], 'warning'],
    [
      'one of several proven',
      [cell('silo:8', 'yes', 'rule', 'inferred'), cell('host', 'yes', 'probe', 'observed')],
      'serious',
    ],
  ] as const)('tell a leak: %s', (_, cells, severity) => {
    const leaking = {
      ...volume('v', 'silo:4', '\\memfs\\share', [cell('silo:4', 'yes'), ...cells]),
      fileSystem: { program: 'memfs-x64.exe', commandLine: 'memfs-x64.exe -m Y: -u \\memfs\\share' },
    };
    expect(findFindings({ ...none, volumes: [leaking] })).toEqual([
      {
        code: 'unc-leak',
        severity,
        volumes: ['v'],
        namespaces: ['silo:4'],
        home: 'silo:4',
        uncPrefix: '\\memfs\\share',
        mountPoint: 'Y:',
        program: 'memfs',
        seen: cells.map(look => ({ look, count: 1, first: [look.namespace] })),
        uncName: { leads: 'unclear', evidence: { rank: 'not-tested', ground: 'inferred' } },
      },
    ]);
  });

  it('tell two silos with one prefix, and with one class, apart', () => {
    const volumes = [
      volume('1', 'silo:4', '\\memfs\\share'),
      volume('2', 'silo:8', '\\MEMFS\\Share'),
      volume('3', 'host', '\\memfs\\other'),
    ];
    expect(findFindings({ ...none, volumes })).toEqual([
      {
        code: 'prefix-collision',
        severity: 'serious',
        volumes: ['1', '2'],
        namespaces: ['silo:4', 'silo:8'],
        uncPrefix: '\\memfs\\share',
        proposal: '\\MEMFS-2\\Share',
      },
      {
        code: 'class-collision',
        severity: 'warning',
        volumes: ['1', '2', '3'],
        namespaces: ['silo:4', 'silo:8', 'host'],
        class: 'memfs',
        proposal: '\\memfs-2\\other',
      },
    ]);
  });

  it('leave one silo with two volumes of a class, and other kernels, alone', () => {
    const volumes = [
      volume('1', 'silo:4', '\\memfs\\a'),
      volume('2', 'silo:4', '\\memfs\\b'),
      volume('3', 'vm:0123456789ab', '\\memfs\\a'),
    ];
    expect(findFindings({ ...none, volumes })).toEqual([]);
  });

  it('tell a server whose name is taken', () => {
    expect(
      findFindings({ ...none, volumes: [volume('1', 'silo:4', '\\fileserver\\x')], servers: ['FileServer', 'other'] }),
    ).toEqual([
      {
        code: 'shadows-server',
        severity: 'serious',
        volumes: ['1'],
        namespaces: ['silo:4'],
        server: 'FileServer',
        proposal: '\\fileserver-2\\x',
      },
    ]);
  });

  it('tell ghosts, a stopped FSD, Hyper-V containers and strangers, the serious first', () => {
    const stranger = { ...volume('1', 'silo:12', undefined), fileSystem: { program: 'memfs-x64.exe' } };
    const ghost = { namespace: 'host', mountPoint: 'X:', target: '\\Device\\Volume{gone}' };
    const found = findFindings({
      namespaces: [...namespaces, silo(12, 'c', false)],
      volumes: [stranger],
      fsd: { state: 'stopped', service: 'WinFsp+2.1' },
      ghosts: [ghost],
      hypervCommands: new Map([['vm:0123456789ab', 'memfs-x64.exe -m Y:']]),
    });
    expect(found).toEqual([
      {
        code: 'fsd-stopped',
        severity: 'serious',
        volumes: [],
        namespaces: ['host'],
        fsd: { state: 'stopped', service: 'WinFsp+2.1' },
      },
      {
        code: 'ghost-mount-point',
        severity: 'warning',
        volumes: [],
        namespaces: ['host'],
        mountPoint: 'X:',
        target: '\\Device\\Volume{gone}',
      },
      { code: 'hyperv-no-winfsp', severity: 'warning', volumes: [], namespaces: ['vm:0123456789ab'], program: 'memfs' },
      {
        code: 'unmanaged-file-system',
        severity: 'info',
        volumes: ['1'],
        namespaces: ['silo:12'],
        programs: ['memfs-x64.exe'],
      },
    ]);
  });

  it('count all strangers as one', () => {
    const strangers = Array.from({ length: 40 }, (_, index) => silo(100 + 4 * index, `c${index}`, false));
    const volumes = strangers.map(({ id }, index) => volume(`${index}`, id, undefined));
    expect(findFindings({ namespaces: strangers, volumes })).toEqual([
      {
        code: 'unmanaged-file-system',
        severity: 'info',
        volumes: volumes.map(({ device }) => device),
        namespaces: strangers.map(({ id }) => id),
        programs: [],
      },
    ]);
  });

  it('mention a Hyper-V container without a file system in passing', () => {
    expect(findFindings({ ...none, namespaces })).toEqual([
      { code: 'hyperv-no-winfsp', severity: 'info', volumes: [], namespaces: ['vm:0123456789ab'] },
    ]);
  });
});
