import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inspection, Visibility } from './inspection.ts';
import { LiveInspection } from './live-inspection.ts';
import type { Namespace, NamespaceId } from './namespace.ts';
import { anyChange, someVolumes } from './testing/any-change.ts';
import { proofOf, verdictOf, visibilityOf } from './visibility.ts';
import { cellIn, withCells } from './visibility-row.ts';
import type { Volume } from './volume.ts';

const IDS = ['host', 'silo:4', 'silo:8', 'silo:12', 'silo:16', 'vm:0123456789ab'] as const;
const mup = fc.constantFrom(
  undefined,
  undefined,
  'shared' as const,
  'shared' as const,
  'own' as const,
  'elsewhere' as const,
);
const namespace = fc.tuple(fc.constantFrom(...IDS), mup).map(([id, seen]): Namespace => {
  const kind = id === 'host' ? 'host' : id.startsWith('vm:') ? 'vm' : 'silo';
  return { id, kind, label: id, ...(kind === 'silo' && seen !== undefined ? { mup: seen } : {}) };
});
const volume = fc
  .record({
    device: fc.integer({ min: 0, max: 7 }).map(index => `\\Device\\Volume{${index}}`),
    home: fc.constantFrom(...IDS),
    uncPrefix: fc.option(fc.constantFrom('\\memfs\\a', '\\MEMFS\\b', '\\data\\x'), { nil: undefined }),
  })
  .map(
    ({ device, home, uncPrefix }): Volume => ({
      device,
      home,
      mountPoints: ['Y:'],
      ...(uncPrefix === undefined
        ? { kind: 'disk' }
        : { kind: 'network', uncPrefix, provider: `\\Device\\WinFsp.Mup{${home}}` }),
    }),
  );
const MOST = 3;
const change = anyChange({ ids: IDS, namespace, volume, most: MOST });

/** An inspection in which nobody looked, or in which a canary came back from the places of `proven`. */
function inspectionOf(volumes: readonly Volume[], namespaces: readonly Namespace[]): Inspection {
  const rows = visibilityOf({ volumes, namespaces });
  return {
    takenAt: '2026-11-22T00:00:00Z',
    host: {
      id: 'simulated',
      facts: {
        machineName: 'W',
        build: 26_100,
        revision: 1,
        displayVersion: '24H2',
        edition: 'Windows',
        productType: 'client',
        architecture: 'x64',
      },
    },
    namespaces: [...namespaces],
    volumes: volumes.map((one, at) => {
      const visibility = rows[at] ?? [];
      const { home } = one;
      return {
        ...one,
        visibility,
        verdict: verdictOf(home, visibility),
        proof: proofOf(home, visibility),
        chain: [],
        findings: [],
      };
    }),
    findings: [],
    gaps: [],
  };
}

const told = ({ volumes, namespaces }: Inspection) =>
  Object.fromEntries(
    volumes.map(({ device, verdict, proof, visibility }) => [
      device,
      { verdict, proof, cells: namespaces.map(({ id }) => cellIn(visibility, id)) },
    ]),
  );

describe('an inspection that is kept up to date', () => {
  it('says after any changes what a new one by the rule would say', () => {
    fc.assert(
      fc.property(someVolumes(volume, MOST), fc.array(change, { maxLength: 8 }), (first, changes) => {
        const namespaces = new Map<NamespaceId, Namespace>([['host', { id: 'host', kind: 'host', label: 'host' }]]);
        const volumes = new Map(first.map(one => [one.device, one]));
        const live = new LiveInspection(inspectionOf([...volumes.values()], [...namespaces.values()]));
        for (const one of changes) {
          for (const device of one.volumes.gone) volumes.delete(device);
          for (const id of one.namespaces.gone) namespaces.delete(id);
          for (const came of one.namespaces.changed) namespaces.set(came.id, came);
          for (const came of one.volumes.changed) volumes.set(came.device, came);
          const expected = inspectionOf([...volumes.values()], live.apply(one).namespaces);
          expect(new Set(live.inspection.namespaces)).toEqual(new Set(namespaces.values()));
          expect(told(live.inspection)).toEqual(told(expected));
        }
      }),
      { numRuns: 500 },
    );
  });

  const host: Namespace = { id: 'host', kind: 'host', label: 'host' };
  const silo: Namespace = { id: 'silo:4', kind: 'silo', label: 'a' };
  const one: Volume = {
    device: '\\Device\\Volume{1}',
    kind: 'network',
    home: 'silo:4',
    uncPrefix: '\\memfs\\a',
    provider: '\\Device\\WinFsp.Mup{4}',
    mountPoints: ['Y:'],
  };
  const canary = { rank: 'canary', ground: 'observed', at: '2026-11-22T00:00:00Z' } as const;

  function proven(): LiveInspection {
    const inspection = inspectionOf([one], [host, silo]);
    const [volume1] = inspection.volumes;
    if (volume1 === undefined) throw new Error('no volume');
    const cell = cellIn(volume1.visibility, 'host');
    const cells: Visibility[] = cell === undefined ? [] : [{ ...cell, evidence: canary }];
    return new LiveInspection({
      ...inspection,
      volumes: [{ ...volume1, visibility: withCells(volume1.visibility, cells) }],
    });
  }

  it('keeps what was proven where somebody else comes', () => {
    const other: Namespace = { id: 'silo:8', kind: 'silo', label: 'b' };
    const { volumes } = proven().apply({
      namespaces: { changed: [other], gone: [] },
      volumes: { changed: [], gone: [] },
    });
    const [kept] = volumes;
    expect(
      kept === undefined ? [] : [...kept.visibility].map(({ namespace: id, evidence }) => [id, evidence.rank]),
    ).toEqual([
      ['host', 'canary'],
      ['silo:4', 'rule'],
      ['silo:8', 'rule'],
    ]);
    expect(kept?.proof).toEqual(canary);
  });

  it('gives up what was proven of a name that another claims now', () => {
    const rival: Volume = { ...one, device: '\\Device\\Volume{2}', home: 'host', uncPrefix: '\\MEMFS\\b' };
    const { volumes } = proven().apply({
      namespaces: { changed: [], gone: [] },
      volumes: { changed: [{ ...rival, atHome: { rank: 'namespace', ground: 'observed' } }], gone: [] },
    });
    expect(volumes.map(({ visibility }) => cellIn(visibility, 'host')?.evidence.rank)).toEqual(['rule', 'namespace']);
    expect(volumes.map(({ visibility }) => cellIn(visibility, 'silo:4')?.because)).toEqual([
      'its-own-namespace',
      'class-claimed-by-another',
    ]);
  });

  it('does not forget a server that has the name of a volume', () => {
    const namespaces = [host, silo];
    const [row = []] = visibilityOf({ volumes: [one], namespaces, servers: ['memfs'] });
    const [first] = inspectionOf([one], namespaces).volumes;
    if (first === undefined) throw new Error('no volume');
    const live = new LiveInspection({
      ...inspectionOf([], namespaces),
      volumes: [{ ...first, visibility: row }],
      findings: [
        {
          id: 'shadows-server:memfs',
          code: 'shadows-server',
          severity: 'serious',
          volumes: [one.device],
          namespaces: [one.home],
          summary: '',
          fix: '',
        },
      ],
    });
    const { volumes } = live.apply({
      namespaces: { changed: [], gone: [] },
      volumes: { changed: [{ ...one, mountPoints: ['Z:'] }], gone: [] },
    });
    expect(volumes.map(({ visibility }) => cellIn(visibility, 'host')?.because)).toEqual(['class-claimed-by-another']);
  });

  it('hands out the same objects where nothing changed', () => {
    const live = proven();
    const before = live.inspection;
    expect(live.apply({ namespaces: { changed: [], gone: [] }, volumes: { changed: [], gone: [] } })).toBe(before);
    const unrelated: Volume = { ...one, device: '\\Device\\Volume{3}', uncPrefix: '\\other\\x' };
    const after = live.apply({ namespaces: { changed: [], gone: [] }, volumes: { changed: [unrelated], gone: [] } });
    expect(after.volumes[0]).toBe(before.volumes[0]);
  });
});
