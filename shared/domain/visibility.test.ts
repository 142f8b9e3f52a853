import { describe, expect, it } from 'vitest';
import type { Evidence } from './evidence.ts';
import type { Visibility } from './inspection.ts';
import type { Namespace } from './namespace.ts';
import { predictLaunch } from './predict-launch.ts';
import { cellByRule, cellsByRule } from './testing/cells-by-rule.ts';
import { proofOf, verdictOf, visibilityOf, type World } from './visibility.ts';
import type { Volume } from './volume.ts';
import { providerName } from './volume-names.ts';

const host: Namespace = { id: 'host', kind: 'host', label: 'host' };
const a: Namespace = { id: 'silo:1720', kind: 'silo', label: 'a', siloId: 1720 };
const b: Namespace = { id: 'silo:1804', kind: 'silo', label: 'b', siloId: 1804 };
const vm: Namespace = { id: 'vm:0123456789ab', kind: 'vm', label: 'hyper' };
const namespaces = [host, a, b, vm];

const disk = (home: Namespace, letter = 'Z:'): Volume => ({
  device: `\\Device\\Volume{d-${home.id}}`,
  kind: 'disk',
  home: home.id,
  mountPoints: [letter],
});
const network = (home: Namespace, uncPrefix = '\\memfs\\share', letter = 'Y:'): Volume => ({
  device: `\\Device\\Volume{n-${home.id}}`,
  kind: 'network',
  home: home.id,
  uncPrefix,
  provider: `\\Device\\WinFsp.Mup+2.1{${home.id}}`,
  mountPoints: [letter],
});

const documented: Evidence = { rank: 'rule', ground: 'documented' };
const inferred: Evidence = { rank: 'rule', ground: 'inferred' };
const drive = { kind: 'drive', path: 'Y:', evidence: documented };
const unc = (evidence: object) => ({ kind: 'unc', path: '\\\\memfs\\share', evidence });
const provider = (home: Namespace, prefix = '\\memfs\\share') => ({
  kind: 'provider',
  path: `\\\\?\\GLOBALROOT\\Device\\Mup\\;WinFsp.Mup+2.1{${home.id}}${prefix}`,
  evidence: inferred,
});
const predicted = (...asked: Parameters<typeof predictLaunch>): Visibility[] => predictLaunch(...asked).predicted;
const row = (volume: Volume, world: Partial<World> = {}): Visibility[] =>
  namespaces.map(namespace => cellByRule(volume, namespace, { volumes: [volume], namespaces, ...world }));
const foreign = { namespace: vm.id, visible: 'no', through: [], because: 'another-kernel', evidence: inferred };

describe('a disk volume', () => {
  const stays = (namespace: Namespace, evidence: object) => ({
    namespace: namespace.id,
    visible: 'no',
    through: [],
    because: 'disk-stays-in-its-namespace',
    evidence,
  });

  it('in a silo is seen there only', () => {
    expect(row(disk(a))).toEqual([
      stays(host, documented),
      {
        namespace: a.id,
        visible: 'yes',
        through: [{ kind: 'drive', path: 'Z:', evidence: documented }],
        because: 'its-own-namespace',
        evidence: documented,
      },
      stays(b, documented),
      foreign,
    ]);
  });

  it('on the host is seen on the host only', () => {
    expect(row(disk(host))).toEqual([
      {
        namespace: host.id,
        visible: 'yes',
        through: [{ kind: 'drive', path: 'Z:', evidence: documented }],
        because: 'its-own-namespace',
        evidence: documented,
      },
      stays(a, inferred),
      stays(b, inferred),
      foreign,
    ]);
  });

  it('without a mount point is reached at home by its device', () => {
    expect(row({ ...disk(a), mountPoints: [] })[1]?.through).toEqual([
      { kind: 'provider', path: '\\\\?\\GLOBALROOT\\Device\\Volume{d-silo:1720}', evidence: inferred },
    ]);
  });
});

describe('a network volume', () => {
  it('without a mount point is reached at home by its names, and by its device where it has none', () => {
    const bare = { ...network(a), mountPoints: [] };
    expect(row(bare)[1]?.through).toEqual([unc(documented), provider(a)]);
    const { uncPrefix: _, provider: __, ...nameless } = bare;
    expect(row(nameless)[1]?.through).toEqual([
      { kind: 'provider', path: '\\\\?\\GLOBALROOT\\Device\\Volume{n-silo:1720}', evidence: inferred },
    ]);
  });

  const leak = (namespace: Namespace, home: Namespace) => ({
    namespace: namespace.id,
    visible: 'yes',
    through: [unc(namespace === host ? documented : inferred), provider(home)],
    because: namespace === host ? 'shared-mup' : 'shared-mup-inferred',
    evidence: namespace === host ? documented : inferred,
  });
  const own = (home: Namespace) => ({
    namespace: home.id,
    visible: 'yes',
    through: [drive, unc(documented), provider(home)],
    because: 'its-own-namespace',
    evidence: documented,
  });

  it('in a silo is reached from the host by its UNC prefix, and from other silos by inference', () => {
    expect(row(network(a))).toEqual([leak(host, a), own(a), leak(b, a), foreign]);
  });

  it('on the host is reached from silos by inference', () => {
    expect(row(network(host))).toEqual([own(host), leak(a, host), leak(b, host), foreign]);
  });

  it('in a Hyper-V container would be reached from nowhere else', () => {
    const elsewhere = { visible: 'no', through: [], because: 'another-kernel', evidence: inferred };
    expect(row(network(vm)).map(({ visible, because }) => [visible, because])).toEqual([
      ...Array.from({ length: 3 }, () => [elsewhere.visible, elsewhere.because]),
      ['yes', 'its-own-namespace'],
    ]);
  });

  it('whose prefix or provider nobody knows is visible by no name that can be given', () => {
    const { uncPrefix: _, ...nameless } = network(a);
    expect(row(nameless)[0]).toEqual({ ...leak(host, a), through: [] });
    const { provider: __, ...anonymous } = network(a);
    expect(row(anonymous)[0]).toEqual({ ...leak(host, a), through: [unc(documented)] });
  });

  it.each([
    [{ mupIsShared: false }, ['mup-not-shared', 'its-own-namespace', 'mup-not-shared', 'another-kernel']],
    [{ mupIsSharedBetweenSilos: false }, ['shared-mup', 'its-own-namespace', 'mup-not-shared', 'another-kernel']],
  ])('under %j', (behaviour, because) => {
    expect(row(network(a), { behaviour }).map(cell => cell.because)).toEqual(because);
  });
});

describe('two silos with one class', () => {
  const first = network(a, '\\memfs\\one');
  const second = network(b, '\\MEMFS\\two');
  const volumes = [first, second];
  const ways = (volume: Volume, world: Partial<World> = {}) =>
    row(volume, { volumes, ...world }).map(({ because, through }) => [because, ...through.map(({ kind }) => kind)]);

  it('are both reachable by their providers, and by the UNC name nobody can say which', () => {
    expect([ways(first), ways(second)]).toEqual([
      [
        ['class-claimed-by-another', 'provider'],
        ['its-own-namespace', 'drive', 'provider'],
        ['class-claimed-by-another', 'provider'],
        ['another-kernel'],
      ],
      [
        ['class-claimed-by-another', 'provider'],
        ['class-claimed-by-another', 'provider'],
        ['its-own-namespace', 'drive', 'provider'],
        ['another-kernel'],
      ],
    ]);
  });

  it('give the UNC name to the one that was seen to win', () => {
    const classWinners = new Map([['memfs', a.id]]);
    expect([ways(first, { classWinners })[0], ways(second, { classWinners })[0]]).toEqual([
      ['shared-mup', 'unc', 'provider'],
      ['class-claimed-by-another', 'provider'],
    ]);
  });

  it('do not meet where MUPs are not shared', () => {
    expect(ways(first, { behaviour: { mupIsShared: false } })[1]).toEqual([
      'its-own-namespace',
      'drive',
      'unc',
      'provider',
    ]);
  });

  it('do not collide with themselves: one silo may use a class twice', () => {
    const twin = { ...network(a, '\\memfs\\two'), device: '\\Device\\Volume{n2}' };
    expect(ways(first, { volumes: [first, twin] })[0]).toEqual(['shared-mup', 'unc', 'provider']);
  });

  it('are not bothered by a Hyper-V container of that class', () => {
    expect(ways(first, { volumes: [first, network(vm, '\\memfs\\x')] })[0]).toEqual(['shared-mup', 'unc', 'provider']);
  });
});

describe('a volume with the class of a real server', () => {
  it('may lose its UNC name to the server, even at home', () => {
    const volume = network(a, '\\fileserver\\x');
    const cells = row(volume, { servers: ['FILESERVER'], behaviour: { mupIsShared: true } });
    expect(cells.slice(0, 2).map(({ because, through }) => [because, ...through.map(({ kind }) => kind)])).toEqual([
      ['class-claimed-by-another', 'provider'],
      ['its-own-namespace', 'drive', 'provider'],
    ]);
  });
});

describe('a volume that is yet to be launched', () => {
  it.each([
    [{ kind: 'disk', isolation: 'process' }, ['no', 'no', 'no', 'no']],
    [{ kind: 'network', uncPrefix: '\\memfs\\new', isolation: 'process' }, ['yes', 'yes', 'yes', 'no']],
    [{ kind: 'network', uncPrefix: '\\memfs\\new', isolation: 'hyperv' }, ['no', 'no', 'no', 'no']],
  ] as const)('%j', (wish, visible) => {
    expect(predicted(wish, { volumes: [], namespaces }).map(cell => cell.visible)).toEqual(visible);
  });

  it('meets those who have its class already', () => {
    const cells = predicted(
      { kind: 'network', uncPrefix: '\\memfs\\new', isolation: 'process' },
      { volumes: [network(a)], namespaces },
    );
    expect(cells[0]?.because).toBe('class-claimed-by-another');
  });
});

describe('the verdict on a volume', () => {
  const cell = (namespace: string, visible: Visibility['visible']): Visibility => ({
    namespace,
    visible,
    through: [],
    because: 'no-answer',
    evidence: { rank: 'probe', ground: 'observed' },
  });
  it.each([
    [['yes', 'no', 'no'], 'private'],
    [['yes', 'yes', 'no'], 'leaked'],
    [['yes', 'unknown', 'yes'], 'leaked'],
    [['yes', 'unknown', 'no'], 'unknown'],
    [['unknown', 'no', 'no'], 'private'],
  ] as const)('%j (its home first) is %s', (cells, verdict) => {
    expect(
      verdictOf(
        'silo:1720',
        ['silo:1720', 'host', 'silo:1804'].map((id, index) => cell(id, cells[index] ?? 'no')),
      ),
    ).toBe(verdict);
  });
});

describe('the proof of a verdict', () => {
  const cell = (namespace: string, visible: Visibility['visible'], rank: Evidence['rank']): Visibility => ({
    namespace,
    visible,
    through: [],
    because: 'no-answer',
    evidence: { rank, ground: rank === 'rule' ? 'inferred' : 'observed' },
  });
  const observed = (rank: Evidence['rank']): Evidence => ({ rank, ground: 'observed' });
  it.each<[string, Visibility[], Evidence]>([
    [
      'of a leak is its most certain witness',
      [cell('host', 'yes', 'canary'), cell('silo:1804', 'yes', 'rule'), cell('silo:8', 'no', 'probe')],
      observed('canary'),
    ],
    [
      'of privacy is the least certain denial',
      [cell('host', 'no', 'probe'), cell('silo:1804', 'no', 'namespace')],
      observed('namespace'),
    ],
    ['of privacy may be a rule only', [cell('host', 'no', 'probe'), cell('vm:0123456789ab', 'no', 'rule')], inferred],
    ['of doubt is the doubt', [cell('host', 'unknown', 'probe'), cell('silo:8', 'no', 'namespace')], observed('probe')],
    ['is none where nobody else is there', [], { rank: 'not-tested', ground: 'inferred' }],
  ])('%s', (_, outside, expected) => {
    expect(proofOf('silo:1720', [cell('silo:1720', 'yes', 'inventory'), ...outside])).toEqual(expected);
  });
});

describe('a verdict where nobody else is known to be there', () => {
  it.each<[string, Volume, string]>([
    ['a disk', disk(host), 'private'],
    ['a network volume', network(host), 'unknown'],
    ['a network volume without a letter', { ...network(host), mountPoints: [] }, 'unknown'],
  ])('of %s', (_, volume, verdict) => {
    const [row] = visibilityOf({ volumes: [volume], namespaces: [host] });
    expect(row && verdictOf(volume.home, row)).toBe(verdict);
    // As it is told over the wire.
    expect(row && verdictOf(volume.home, [...row])).toBe(verdict);
  });
});

describe('all cells', () => {
  it('are those of each pair', () => {
    const world: World = { volumes: [disk(a), network(a), network(b), network(host, '\\x\\y')], namespaces };
    expect(cellsByRule(world)).toEqual(
      world.volumes.map(volume => namespaces.map(namespace => cellByRule(volume, namespace, world))),
    );
  });

  it('of 1,000 volumes and 1,000 namespaces share their ways and their evidence', () => {
    const silos = Array.from(
      { length: 999 },
      (_, index): Namespace => ({ id: `silo:${4 * index + 4}`, kind: 'silo', label: `c${index}` }),
    );
    const world: World = {
      namespaces: [host, ...silos],
      volumes: [...silos.map((silo, index) => network(silo, `\\fs${index}\\share`)), network(host, '\\h\\s')],
    };
    const rows = visibilityOf(world);
    expect({
      rows: rows.length,
      cells: rows[0]?.length,
      exceptions: Math.max(...rows.map(({ exceptions }) => exceptions.size)),
      ways: new Set(rows[0]?.map(cell => cell.through)).size,
      evidence: new Set(rows.flatMap(row => [...row.looks, ...row.exceptions.values()].map(look => look.evidence)))
        .size,
    }).toEqual({
      rows: 1_000,
      cells: 1_000,
      exceptions: 1,
      ways: 3,
      evidence: 2,
    });
  });
});

describe("the name of a volume's provider", () => {
  it.each([
    ['\\Device\\WinFsp.Mup', 'WinFsp.Mup'],
    [
      '\\Device\\WinFsp.Mup+2.1{8f765361-beae-4c1c-9b54-887f11b6a724}',
      'WinFsp.Mup+2.1{8f765361-beae-4c1c-9b54-887f11b6a724}',
    ],
    ['\\Device\\Mup\\;WinFsp.Mup+2.1', 'WinFsp.Mup+2.1'],
    ['\\Device\\LanmanRedirector\\evil\\WinFsp.Mup', undefined],
    ['\\Device\\WinFsp.Mup\\..\\LanmanRedirector', undefined],
    ['\\Device\\Mup\\;LanmanRedirector', undefined],
    ['\\Device\\WinFsp.Mup{x};LanmanRedirector', undefined],
    ['\\Device\\Mup\\evil\\share', undefined],
    ['', undefined],
  ])('in %j is %j: a link may lead wherever its maker wants', (target, name) => {
    expect(providerName(target)).toBe(name);
  });

  it('that is none of WinFsp gives no way to be copied', () => {
    const hostile = { ...network(a), provider: '\\Device\\LanmanRedirector\\evil\\WinFsp.Mup' };
    expect(row(hostile)[0]?.through).toEqual([unc(documented)]);
  });
});

describe('a launch of a program that nobody here knows', () => {
  it('is predicted nowhere: neither seen nor unseen, but from another kernel', () => {
    const unknown = (namespace: Namespace) => ({
      namespace: namespace.id,
      visible: 'unknown',
      through: [],
      because: 'program-unknown',
      evidence: { rank: 'not-tested', ground: 'inferred' },
    });
    expect(predicted({ isolation: 'process' }, { volumes: [], namespaces })).toEqual([
      unknown(host),
      unknown(a),
      unknown(b),
      foreign,
    ]);
  });
});
