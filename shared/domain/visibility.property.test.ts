import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Namespace } from './namespace.ts';
import { cellsByRule } from './testing/cells-by-rule.ts';
import { verdictOf, type World } from './visibility.ts';
import type { Volume } from './volume.ts';

const NAMESPACES: readonly Namespace[] = [
  { id: 'host', kind: 'host', label: 'host' },
  { id: 'silo:4', kind: 'silo', label: 'a' },
  { id: 'silo:8', kind: 'silo', label: 'b' },
  { id: 'silo:12', kind: 'silo', label: 'c' },
  { id: 'vm:0123456789ab', kind: 'vm', label: 'v' },
];
const home = fc.constantFrom('host', 'silo:4', 'silo:8', 'silo:12');
const volume = fc.oneof(
  home.map((at): Omit<Volume, 'device'> => ({ kind: 'disk', home: at, mountPoints: ['Z:'] })),
  fc.tuple(home, fc.constantFrom('\\memfs\\a', '\\MEMFS\\b', '\\data\\x', '\\server\\y')).map(
    ([at, uncPrefix]): Omit<Volume, 'device'> => ({
      kind: 'network',
      home: at,
      uncPrefix,
      provider: `\\Device\\WinFsp.Mup{${at}}`,
      mountPoints: ['Y:'],
    }),
  ),
);
const world = fc
  .record({
    volumes: fc
      .array(volume, { minLength: 1, maxLength: 8 })
      .map(all => all.map((one, index): Volume => ({ device: `\\Device\\Volume{${index}}`, ...one }))),
    servers: fc.subarray(['SERVER', 'other']),
    behaviour: fc.record({ mupIsShared: fc.boolean(), mupIsSharedBetweenSilos: fc.boolean() }, { requiredKeys: [] }),
  })
  .map((parts): World => ({ namespaces: NAMESPACES, ...parts }));

describe('the visibility rule in any world', () => {
  it('shows every volume at home, by its mount point', () => {
    fc.assert(
      fc.property(world, given => {
        for (const [index, row] of cellsByRule(given).entries()) {
          const { home: at, mountPoints = [] } = given.volumes[index] ?? {};
          const cell = row.find(({ namespace }) => namespace === at);
          expect([cell?.visible, cell?.because, cell?.through[0]]).toEqual([
            'yes',
            'its-own-namespace',
            { kind: 'drive', path: mountPoints[0], evidence: { rank: 'rule', ground: 'documented' } },
          ]);
        }
      }),
    );
  });

  it('never shows a drive letter elsewhere, nor a disk volume at all, nor anything across kernels', () => {
    fc.assert(
      fc.property(world, given => {
        for (const [index, row] of cellsByRule(given).entries()) {
          const { home: at, kind } = given.volumes[index] ?? {};
          for (const { namespace, visible, through } of row) {
            if (namespace === at) continue;
            expect(through.some(way => way.kind === 'drive')).toBe(false);
            if (kind === 'disk' || namespace.startsWith('vm:')) expect(visible).toBe('no');
          }
        }
      }),
    );
  });

  it('never claims more than a rule, and gives ways exactly where something is visible', () => {
    fc.assert(
      fc.property(world, given => {
        for (const cell of cellsByRule(given).flat()) {
          expect([cell.evidence, ...cell.through.map(way => way.evidence)].map(({ rank }) => rank)).toEqual(
            Array.from({ length: cell.through.length + 1 }, () => 'rule'),
          );
          expect(cell.through.length > 0).toBe(cell.visible === 'yes');
        }
      }),
    );
  });

  it('does not depend on the order of volumes', () => {
    fc.assert(
      fc.property(world, given => {
        expect(cellsByRule({ ...given, volumes: given.volumes.toReversed() }).toReversed()).toEqual(cellsByRule(given));
      }),
    );
  });

  it('changes nobody from visible to hidden when a rival comes, and no verdict', () => {
    fc.assert(
      fc.property(world, volume, (given, rival) => {
        const before = cellsByRule(given);
        const after = cellsByRule({
          ...given,
          volumes: [...given.volumes, { device: '\\Device\\Volume{rival}', ...rival }],
        });
        for (const [index, row] of before.entries()) {
          const later = after[index] ?? [];
          expect(later.map(({ visible }) => visible)).toEqual(row.map(({ visible }) => visible));
          expect(verdictOf(given.volumes[index]?.home ?? '', later)).toBe(
            verdictOf(given.volumes[index]?.home ?? '', row),
          );
        }
      }),
    );
  });

  it('lists one UNC name for at most one of several claimants when the winner was seen', () => {
    fc.assert(
      fc.property(world, home, (given, winner) => {
        const rows = cellsByRule({ ...given, servers: [], behaviour: {}, classWinners: new Map([['memfs', winner]]) });
        for (const [column] of NAMESPACES.entries()) {
          const homes = new Set(
            rows.flatMap((row, index) =>
              row[column]?.through.some(({ kind, path }) => kind === 'unc' && /^\\\\memfs\\/i.test(path))
                ? [given.volumes[index]?.home]
                : [],
            ),
          );
          expect([...homes].filter(at => at !== winner)).toEqual([]);
        }
      }),
    );
  });
});
