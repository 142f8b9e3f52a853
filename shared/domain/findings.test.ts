import { describe, expect, it } from 'vitest';
import { bySeverity, findAffected, findFindings } from './findings.ts';
import { cell, namespaces, none, silo, volume } from './testing/finding-parts.ts';

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
    ['proven by an inferred name', [cell('silo:8', 'yes', 'probe', 'inferred')], 'serious'],
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

  it('weigh no leak less because somebody who may see it got no answer', () => {
    const silent = { ...cell('host', 'unknown', 'probe', 'observed'), because: 'no-answer' as const };
    const cells = [cell('silo:4', 'yes'), silent, cell('silo:8', 'yes', 'rule', 'inferred')];
    const [leak] = findFindings({ ...none, volumes: [volume('v', 'silo:4', '\\memfs\\share', cells)] });
    expect(leak).toMatchObject({ code: 'unc-leak', severity: 'serious' });
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

  it.each<[string, string, string, object]>([
    [
      '\\memfs\\share',
      '\\MEMFS\\Share\\deep\\er',
      'serious',
      { inner: '\\MEMFS\\Share\\deep\\er', outer: '\\memfs\\share' },
    ],
    ['\\memfs\\share', '\\memfs\\share-2', 'warning', {}],
    ['\\memfs\\share', '\\memfs\\other\\share', 'warning', {}],
  ])('tell %s and %s of one class, and whether the one lies inside the other', (one, other, severity, nested) => {
    const volumes = [volume('1', 'silo:4', one), volume('2', 'silo:8', other)];
    const [found, ...more] = findFindings({ ...none, volumes });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: 'class-collision', severity });
    expect(found?.code === 'class-collision' ? found.nested : undefined).toEqual(
      'inner' in nested ? nested : undefined,
    );
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

  it('come with the serious first, whatever the order in which they were found', () => {
    const severities = (['info', 'serious', 'warning', 'info', 'serious'] as const).map(severity => ({ severity }));
    expect(bySeverity(severities).map(({ severity }) => severity)).toEqual([
      'serious',
      'serious',
      'warning',
      'info',
      'info',
    ]);
  });

  it.each([
    ['starting', 'info'],
    ['stopped', 'serious'],
    ['stopping', 'serious'],
    ['not-installed', 'serious'],
  ] as const)('weigh a driver that is %s as %s', (state, severity) => {
    const found = findFindings({ ...none, fsd: { state } });
    expect(found.map(one => [one.code, one.severity])).toEqual([['fsd-stopped', severity]]);
  });

  it('leave those with a MUP of their own out of every collision', () => {
    const apart = namespaces.slice(0, 3).map(one => (one.id === 'silo:8' ? { ...one, mup: 'own' as const } : one));
    const volumes = [volume('1', 'silo:4', '\\memfs\\a'), volume('2', 'silo:8', '\\memfs\\a')];
    expect(findFindings({ ...none, namespaces: apart, volumes })).toEqual([]);
  });

  it('say of a ghost which sessions have it, and of a server what told of it, where that is known', () => {
    const ghost = { namespace: 'host', mountPoint: 'X:', target: '\\Device\\Volume{gone}', sessions: ['3e7'] };
    const volumes = [volume('1', 'silo:4', '\\fileserver\\x')];
    const serverSources = new Map([['FileServer', 'net-use' as const]]);
    const found = findFindings({ ...none, volumes, ghosts: [ghost], servers: ['FileServer'], serverSources });
    expect(found).toMatchObject([
      { code: 'shadows-server', source: 'net-use' },
      { code: 'ghost-mount-point', sessions: ['3e7'] },
    ]);
  });
});

describe('a leak', () => {
  it('weighs less where whoever sees it can change nothing', () => {
    const fileSystem = { program: 'rclone.exe', commandLine: 'rclone.exe mount r: Y: --network-mode --read-only' };
    const sealed = { ...volume('v', 'silo:4', '\\server\\r', [cell('host', 'yes')]), fileSystem };
    const [found] = findFindings({ ...none, volumes: [sealed] });
    expect([found?.code, found?.severity]).toEqual(['unc-leak', 'info']);
  });

  it('is told of a volume whose prefix, mount point and program nobody knows', () => {
    const bare = { ...volume('v', 'silo:4', undefined, [cell('host', 'yes')]), mountPoints: [] };
    const [found] = findFindings({ ...none, volumes: [bare] });
    expect(Object.keys(found ?? {})).toEqual(['code', 'severity', 'volumes', 'namespaces', 'home', 'seen', 'uncName']);
  });
});

describe('a volume whose program alone is known', () => {
  it('is told by that program', () => {
    const one = {
      ...volume('v', 'silo:4', '\\memfs\\a', [cell('host', 'yes')]),
      fileSystem: { program: 'memfs-x64.exe' },
    };
    expect(findFindings({ ...none, volumes: [one] })).toMatchObject([{ code: 'unc-leak', program: 'memfs' }]);
  });
});

describe('what a change of some volumes may have made otherwise', () => {
  it('is told of those volumes, of the classes that they have or had, and of no other', () => {
    const volumes = [
      volume('1', 'silo:4', '\\memfs\\a', [cell('host', 'yes')]),
      volume('2', 'silo:8', '\\memfs\\a', [cell('host', 'yes')]),
      volume('3', 'silo:4', '\\data\\x'),
      volume('4', 'silo:8', '\\data\\x'),
    ];
    const told = findAffected({ ...none, volumes }, { volumes: volumes.slice(0, 1), classes: new Set(['memfs']) });
    expect(told.map(({ code, volumes: of }) => [code, ...of])).toEqual([
      ['unc-leak', '1'],
      ['prefix-collision', '1', '2'],
    ]);
  });
});
