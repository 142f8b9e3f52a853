import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Evidence } from './evidence.ts';
import type { HostFacts } from './host-facts.ts';
import type { Cells, InspectedVolume, Inspection } from './inspection.ts';
import { TravellingInspection } from './packed-inspection.ts';
import { proofOf, verdictOf, visibilityOf, type World } from './visibility.ts';
import type { VisibilityRow } from './visibility-row.ts';

const PROVEN: Evidence = { rank: 'canary', ground: 'observed', at: '2026-11-22T03:00:00Z' };

function world(silos: number): World {
  const names = Array.from({ length: silos }, (_, index) => `silo:${index + 1}`);
  return {
    namespaces: [
      { id: 'host', kind: 'host', label: 'host' },
      ...names.map(id => ({ id, kind: 'silo' as const, label: id })),
    ],
    volumes: names.map((home, index) => ({
      device: `\\Device\\Volume{${index}}`,
      kind: 'network' as const,
      home,
      uncPrefix: `\\class${index}\\share`,
      mountPoints: ['X:'],
    })),
  };
}

function inspectionOf(known: World, change: (row: VisibilityRow, index: number) => Cells): Inspection {
  const rows = visibilityOf(known).map(change);
  const volumes = known.volumes.map((volume, index): InspectedVolume => {
    const visibility = rows[index] ?? [];
    const proof = proofOf(volume.home, visibility);
    return { ...volume, verdict: verdictOf(volume.home, visibility), proof, visibility, chain: [], findings: [] };
  });
  const facts: HostFacts = {
    machineName: 'WORKSTATION',
    build: 26_100,
    revision: 4_652,
    displayVersion: '24H2',
    edition: 'Windows 11 Pro',
    productType: 'client',
    architecture: 'x64',
  };
  return {
    takenAt: '2026-11-22T03:00:00Z',
    host: { id: 'simulated', facts },
    namespaces: [...known.namespaces],
    volumes,
    findings: [],
    gaps: [],
  };
}

describe('an inspection that travels', () => {
  it.each<[string, (row: VisibilityRow, index: number) => Cells]>([
    ['as the rule gives it', row => row],
    [
      'with a cell that was proven',
      row => row.with([...row].filter((_, at) => at === 2).map(cell => ({ ...cell, evidence: PROVEN }))),
    ],
    ['with rows that are plain lists', row => [...row]],
    ['with rows that miss a namespace', (row, index) => (index === 0 ? [...row].slice(1) : row)],
    ['with rows in another order', row => [...row].reverse()],
    ['without a row', () => []],
  ])('arrives as it was: %s', (_, change) => {
    const sent = inspectionOf(world(5), change);
    const travelled = JSON.parse(JSON.stringify(z.encode(TravellingInspection, sent)));
    const arrived = z.decode(TravellingInspection, travelled);
    expect(arrived).toEqual(sent);
    expect(JSON.parse(JSON.stringify(arrived))).toEqual(JSON.parse(JSON.stringify(sent)));
  });

  it('grows with volumes and namespaces, not with cells', () => {
    const sizeOf = (silos: number): number =>
      JSON.stringify(
        z.encode(
          TravellingInspection,
          inspectionOf(world(silos), row => row),
        ),
      ).length;
    expect(sizeOf(400) / sizeOf(100)).toBeLessThan(5);
  });

  it('claims nothing where a look or a namespace leads nowhere', () => {
    const packed = z.encode(
      TravellingInspection,
      inspectionOf(world(1), row => row),
    );
    const row = { looks: [], groups: [9], exceptions: [[1_000_000_000, 7]] as [number, number][] };
    const broken = { ...packed, volumes: packed.volumes.map(volume => ({ ...volume, row })) };
    expect([...(z.decode(TravellingInspection, broken).volumes[0]?.visibility ?? [])]).toEqual([]);
  });
});
