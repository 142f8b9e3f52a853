import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Look, Visibility } from './inspection.ts';
import { mergeEvidence, type Observation } from './merge-evidence.ts';
import type { Namespace, NamespaceId } from './namespace.ts';
import { classOf } from './unc-prefix.ts';
import { proofOf, verdictOf, visibilityOf, type World } from './visibility.ts';
import { VisibilityIndex, type WorldChange } from './visibility-index.ts';
import { cellIn } from './visibility-row.ts';
import type { Volume } from './volume.ts';

const IDS = ['host', 'silo:4', 'silo:8', 'silo:12', 'vm:0123456789ab'] as const;
const PREFIXES = ['\\memfs\\a', '\\MEMFS\\b', '\\data\\x', '\\server\\y'] as const;
const DEVICES = Array.from({ length: 8 }, (_, index) => `\\Device\\Volume{${index}}`);

const namespaceOf = (id: NamespaceId): Namespace => ({
  id,
  kind: id === 'host' ? 'host' : id.startsWith('vm:') ? 'vm' : 'silo',
  label: id,
});
const volume: fc.Arbitrary<Volume> = fc
  .record({
    device: fc.constantFrom(...DEVICES),
    home: fc.constantFrom(...IDS),
    uncPrefix: fc.option(fc.constantFrom(...PREFIXES), { nil: undefined }),
    isMounted: fc.boolean(),
  })
  .map(({ device, home, uncPrefix, isMounted }) => ({
    device,
    home,
    mountPoints: isMounted ? ['Y:'] : [],
    ...(uncPrefix === undefined
      ? { kind: 'disk' as const }
      : { kind: 'network' as const, uncPrefix, provider: `\\Device\\WinFsp.Mup{${home}}` }),
  }));
const observation: fc.Arbitrary<Observation> = fc.record({
  visible: fc.constantFrom('yes', 'no', 'unknown'),
  evidence: fc.constantFrom(
    { rank: 'namespace' as const, ground: 'observed' as const },
    { rank: 'probe' as const, ground: 'observed' as const },
    { rank: 'canary' as const, ground: 'observed' as const },
  ),
});
/** Mostly as the documents have it, or not seen. */
const seenMup = fc.constantFrom(
  undefined,
  undefined,
  'shared' as const,
  'shared' as const,
  'own' as const,
  'elsewhere' as const,
);
const change: fc.Arbitrary<WorldChange> = fc.oneof(
  volume.map(one => ({ what: 'volume-came' as const, volume: one })),
  fc.constantFrom(...DEVICES).map(device => ({ what: 'volume-went' as const, device })),
  fc.tuple(fc.constantFrom(...IDS), seenMup).map(([id, mup]) => ({
    what: 'namespace-came' as const,
    namespace: id.startsWith('silo:') && mup !== undefined ? { ...namespaceOf(id), mup } : namespaceOf(id),
  })),
  fc.constantFrom(...IDS).map(id => ({ what: 'namespace-went' as const, id })),
  fc.constantFrom('SERVER', 'other').map(name => ({ what: 'server-came' as const, name })),
  fc.record({
    what: fc.constant('observed' as const),
    device: fc.constantFrom(...DEVICES),
    namespace: fc.constantFrom(...IDS),
    observations: fc.array(observation, { maxLength: 2 }),
  }),
  fc.record({
    what: fc.constant('class-answered' as const),
    class: fc.constantFrom('memfs', 'DATA', 'server'),
    by: fc.option(fc.constantFrom('host', 'silo:4', 'silo:8', 'server'), { nil: undefined }),
  }),
);
const behaviour = fc.record({ mupIsShared: fc.boolean(), mupIsSharedBetweenSilos: fc.boolean() }, { requiredKeys: [] });

/** The world as plain lists: what the index must be equal to. */
interface Told {
  readonly volumes: Map<string, Volume>;
  readonly namespaces: Map<NamespaceId, Namespace>;
  readonly servers: Set<string>;
  readonly winners: Map<string, string>;
  readonly seen: Map<string, Map<NamespaceId, readonly Observation[]>>;
}

function tell(told: Told, one: WorldChange): void {
  switch (one.what) {
    case 'volume-came':
      told.volumes.delete(one.volume.device);
      told.seen.delete(one.volume.device);
      told.volumes.set(one.volume.device, one.volume);
      return;
    case 'volume-went':
      told.volumes.delete(one.device);
      told.seen.delete(one.device);
      return;
    case 'namespace-came':
      told.namespaces.set(one.namespace.id, one.namespace);
      return;
    case 'namespace-went':
      told.namespaces.delete(one.id);
      return;
    case 'server-came':
      told.servers.add(one.name.toLowerCase());
      return;
    case 'observed':
      if (!told.volumes.has(one.device)) return;
      told.seen.set(one.device, new Map(told.seen.get(one.device)).set(one.namespace, one.observations));
      return;
    case 'class-answered':
      if (one.by === undefined) told.winners.delete(classOf(one.class));
      else told.winners.set(classOf(one.class), one.by);
  }
}

/** The matrix cell by cell, each from the whole world anew and without any table: dull on purpose. */
function cellByCell(told: Told, { mupIsShared = true, mupIsSharedBetweenSilos = true }: World['behaviour'] & {}) {
  const volumes = [...told.volumes.values()];
  const mupOf = (id: NamespaceId) => told.namespaces.get(id)?.mup;
  const rule = (one: Volume, { id, kind, mup }: Namespace): Look => {
    const name = one.uncPrefix === undefined ? '' : classOf(one.uncPrefix);
    const homes = volumes.filter(
      ({ uncPrefix, home }) =>
        uncPrefix !== undefined && classOf(uncPrefix) === name && !home.startsWith('vm:') && mupOf(home) !== 'own',
    );
    const rivals = new Set([...homes.map(({ home }) => home), ...(told.servers.has(name) ? ['server'] : [])]);
    const winner = told.winners.get(name);
    const isStray = [mup, mupOf(one.home)].includes('elsewhere');
    const isApart = [mup, mupOf(one.home)].includes('own');
    const shares = !isApart && (isStray || (mupIsShared && (kind === 'host' || mupIsSharedBetweenSilos)));
    const isAlone = mupOf(one.home) === 'own';
    const isContested = isAlone
      ? rivals.has('server')
      : rivals.size > 1 || (winner !== undefined && winner !== one.home);
    const isBeaten =
      one.uncPrefix !== undefined && isContested && winner !== one.home && (shares || rivals.has('server'));
    const names = (ground: 'documented' | 'inferred') =>
      one.uncPrefix === undefined
        ? []
        : [
            ...(isBeaten
              ? []
              : [{ kind: 'unc' as const, path: `\\${one.uncPrefix}`, evidence: { rank: 'rule' as const, ground } }]),
            {
              kind: 'provider' as const,
              path: `\\\\?\\GLOBALROOT\\Device\\Mup\\;WinFsp.Mup{${one.home}}${one.uncPrefix}`,
              evidence: { rank: 'rule' as const, ground: 'inferred' as const },
            },
          ];
    const no = (because: Look['because'], ground: 'documented' | 'inferred'): Look => ({
      visible: 'no',
      through: [],
      because,
      evidence: { rank: 'rule', ground },
    });
    const yes = (because: Look['because'], ground: 'documented' | 'inferred', through: Look['through']): Look => ({
      visible: 'yes',
      through,
      because,
      evidence: { rank: 'rule', ground },
    });
    if (id === one.home) {
      const drives = one.mountPoints.map(path => ({
        kind: 'drive' as const,
        path,
        evidence: { rank: 'rule' as const, ground: 'documented' as const },
      }));
      const device = {
        kind: 'provider' as const,
        path: `\\\\?\\GLOBALROOT${one.device}`,
        evidence: { rank: 'rule' as const, ground: 'inferred' as const },
      };
      const own = drives.length === 0 && one.kind === 'disk' ? [device] : drives;
      if (isStray) return yes('its-own-namespace', 'documented', own);
      return yes('its-own-namespace', 'documented', [...own, ...names(isAlone ? 'inferred' : 'documented')]);
    }
    if (kind === 'vm' || one.home.startsWith('vm:')) return no('another-kernel', 'inferred');
    if (one.kind === 'disk') return no('disk-stays-in-its-namespace', one.home === 'host' ? 'inferred' : 'documented');
    if (isStray) return { ...no('mup-leads-elsewhere', 'inferred'), visible: 'unknown' };
    if (!shares) return no('mup-not-shared', 'inferred');
    if (isBeaten) return yes('class-claimed-by-another', 'inferred', names('inferred'));
    return kind === 'host'
      ? yes('shared-mup', 'documented', names('documented'))
      : yes('shared-mup-inferred', 'inferred', names('inferred'));
  };
  return volumes.map(one => ({
    device: one.device,
    home: one.home,
    cells: [...told.namespaces.values()].map((namespace): Visibility => {
      const look = mergeEvidence(rule(one, namespace), told.seen.get(one.device)?.get(namespace.id) ?? []);
      return { namespace: namespace.id, ...look };
    }),
  }));
}

describe('a world that changes', () => {
  it('is judged as if each cell were judged from all there is, after every change', () => {
    fc.assert(
      fc.property(behaviour, fc.array(change, { maxLength: 24 }), (known, changes) => {
        const told: Told = {
          volumes: new Map(),
          namespaces: new Map([['host', namespaceOf('host')]]),
          servers: new Set(),
          winners: new Map(),
          seen: new Map(),
        };
        const index = new VisibilityIndex({ volumes: [], namespaces: [namespaceOf('host')], behaviour: known });
        for (const one of changes) {
          const before = new Map(cellByCell(told, known).map(({ device, cells }) => [device, cells]));
          tell(told, one);
          const touched = new Set(index.change(one));
          const rows = cellByCell(told, known);
          for (const { device, home, cells } of rows) {
            const row = index.row(device) ?? [];
            expect([...row]).toEqual(cells);
            expect(index.verdict(device)).toBe(verdictOf(home, cells));
            expect(proofOf(home, row)).toEqual(proofOf(home, cells));
            for (const cell of cells) expect(index.cell(device, cell.namespace)).toEqual(cell);
            // A cell that reads otherwise than before was named, or its namespace has just come.
            const was = new Map(before.get(device)?.map(cell => [cell.namespace, cell]));
            const differs = cells.some(
              cell => was.has(cell.namespace) && JSON.stringify(was.get(cell.namespace)) !== JSON.stringify(cell),
            );
            if (differs) expect([...touched]).toContain(device);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('all rows of a world at once', () => {
  it('say what each cell by itself says', () => {
    fc.assert(
      fc.property(
        behaviour,
        fc.uniqueArray(volume, { maxLength: 8, selector: ({ device }) => device }),
        fc.subarray([...IDS]),
        fc.subarray(['server', 'other']),
        fc.array(seenMup, { minLength: IDS.length, maxLength: IDS.length }),
        (known, volumes, ids, servers, mups) => {
          const namespaces = ids.map((id, at): Namespace => {
            const mup = id.startsWith('silo:') ? mups[at] : undefined;
            return mup === undefined ? namespaceOf(id) : { ...namespaceOf(id), mup };
          });
          const told: Told = {
            volumes: new Map(volumes.map(one => [one.device, one])),
            namespaces: new Map(namespaces.map(one => [one.id, one])),
            servers: new Set(servers),
            winners: new Map(),
            seen: new Map(),
          };
          const rows = visibilityOf({ volumes, namespaces, servers, behaviour: known });
          const expected = cellByCell(told, known).map(({ cells }) => cells);
          expect(rows.map(row => [...row])).toEqual(expected);
          expect(rows.map(row => ids.map(id => cellIn(row, id)))).toEqual(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
