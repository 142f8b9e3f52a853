import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareMoments, isUnchanged } from './compare-moments.ts';
import { type JournalMoment, momentInspection } from './journal-moment.ts';
import type { KnownNamespace, KnownVolume, SightGroup } from './journal-state-data.ts';
import { cellIn } from './visibility-row.ts';

const IDS = ['silo:4', 'silo:8', 'silo:12', 'vm:0123456789ab'] as const;
const namespace = fc
  .record({
    id: fc.constantFrom(...IDS),
    container: fc.constantFrom('a', 'b'),
    mup: fc.constantFrom('shared' as const, 'own' as const, 'elsewhere' as const, 'not-read' as const, undefined),
    arrived: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ id, container, mup, arrived }): KnownNamespace => {
    const kind = id.startsWith('vm:') ? 'vm' : 'silo';
    return { id, kind, label: id, container, arrived, ...(mup === undefined || kind === 'vm' ? {} : { mup }) };
  });
const group = fc
  .record({
    visible: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
    rank: fc.constantFrom('probe' as const, 'canary' as const),
    namespaces: fc.oneof(fc.subarray([...IDS, 'host']), fc.constant('rest' as const)),
  })
  .map((one): SightGroup => ({ ...one, ground: 'observed', because: 'shared-mup' }));
const volume = fc
  .record({
    device: fc.constantFrom('v1', 'v2', 'v3'),
    home: fc.constantFrom('host', ...IDS),
    uncPrefix: fc.option(fc.constantFrom('\\memfs\\a', '\\data\\x'), { nil: undefined }),
    mountPoints: fc.subarray(['X:', 'Y:']),
    groups: fc.option(fc.array(group, { maxLength: 3 }), { nil: undefined }),
  })
  .map(
    ({ device, home, uncPrefix, mountPoints, groups }): KnownVolume => ({
      device,
      kind: uncPrefix === undefined ? 'disk' : 'network',
      home,
      homeLabel: home,
      ...(uncPrefix === undefined ? {} : { uncPrefix }),
      mountPoints,
      verdict: 'unknown',
      proof: 'rule',
      since: 5,
      ...(groups === undefined ? {} : { tested: { sequence: 6, at: '2026-11-22T14:00:00Z', groups } }),
    }),
  );
const moment = fc
  .record({
    namespaces: fc.uniqueArray(namespace, { selector: ({ id }) => id }),
    volumes: fc.uniqueArray(volume, { selector: ({ device }) => device }),
  })
  .map(
    (known): JournalMoment => ({
      ...known,
      at: '2026-11-22T14:02:00Z',
      sequence: 9,
      watched: true,
      first: 1,
      last: 9,
      findings: [],
    }),
  );

describe('two moments', () => {
  it('are unchanged where they are one', () => {
    fc.assert(
      fc.property(moment, one => {
        expect(isUnchanged(compareMoments(one, structuredClone(one)))).toBe(true);
      }),
    );
  });

  it('differ by exactly those cells that say something else, among who was there at both', () => {
    fc.assert(
      fc.property(moment, moment, (before, after) => {
        const containers = ({ namespaces }: JournalMoment) =>
          new Map<string, string | undefined>(namespaces.map(({ id, container }) => [id, container]));
        const [old, now] = [momentInspection(before), momentInspection(after)];
        const isSame = (id: string): boolean =>
          id === 'host' || (containers(before).get(id) ?? '') === (containers(after).get(id) ?? '');
        const expected = now.volumes.flatMap(({ device, visibility }) => {
          const was = old.volumes.find(one => one.device === device);
          return now.namespaces.flatMap(({ id }) => {
            const [one, other] = [was && cellIn(was.visibility, id), cellIn(visibility, id)];
            if (one === undefined || other === undefined || !isSame(id)) return [];
            const said = ({ visible, because, evidence: { rank, ground } }: typeof one) =>
              [visible, because, rank, ground].join();
            return said(one) === said(other) ? [] : [`${device} ${id} ${said(one)} ${said(other)}`];
          });
        });
        const told = compareMoments(before, after).volumes.changed.flatMap(({ device, cells }) =>
          cells.flatMap(({ namespaces, before: one, after: other }) =>
            namespaces.map(
              id =>
                `${device} ${id} ${[one.visible, one.because, one.rank, one.ground].join()} ${[other.visible, other.because, other.rank, other.ground].join()}`,
            ),
          ),
        );
        expect([...told].sort()).toEqual([...expected].sort());
      }),
      { numRuns: 300 },
    );
  });
});
