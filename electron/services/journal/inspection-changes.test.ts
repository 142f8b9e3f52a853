import { describe, expect, it } from 'vitest';
import type { InspectedVolume, Inspection, VolumeVerdict } from '../../../shared/domain/inspection.ts';
import { JournalState } from '../../../shared/domain/journal-state.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import { inspectionChanges } from './inspection-changes.ts';

const volume = (device: string, verdict: InspectedVolume['verdict'], home = 'silo:8'): InspectedVolume => ({
  device,
  kind: 'network',
  home,
  uncPrefix: '\\memfs\\share',
  mountPoints: ['Y:'],
  verdict,
  proof: { rank: 'rule', ground: 'documented' },
  visibility: [],
  chain: [],
  findings: [],
});

const taken = (volumes: InspectedVolume[], more: Partial<Inspection> = {}): Inspection => ({
  takenAt: '2026-01-01T00:00:00.000Z',
  host: {
    id: 'simulated',
    facts: {
      machineName: 'M',
      build: 1,
      revision: 0,
      displayVersion: '',
      edition: '',
      productType: 'client',
      architecture: 'x64',
    },
  },
  namespaces: [
    { id: 'host', kind: 'host', label: 'host' },
    { id: 'silo:8', kind: 'silo', label: 'aa' },
  ],
  volumes,
  findings: [],
  gaps: [],
  ...more,
});

const told = (before: Inspection | undefined, now: Inspection): string[] =>
  inspectionChanges(before, now).map(({ what, subject }) => `${what} ${subject}`);

describe('what changed between two inspections', () => {
  const leaked = taken([volume('v1', 'leaked')]);

  it.each<[string, Inspection | undefined, Inspection, string[]]>([
    [
      'at first: what is there, and the leaks',
      undefined,
      leaked,
      ['silo.arrived aa', 'volume.appeared v1', 'volume.leaked v1'],
    ],
    [
      'a volume that is mounted elsewhere',
      leaked,
      taken([{ ...volume('v1', 'leaked'), mountPoints: ['Y:', 'X:'] }]),
      ['volume.mounted v1'],
    ],
    ['nothing', leaked, leaked, []],
    ['a volume that came', taken([]), taken([volume('v1', 'private')]), ['volume.appeared v1']],
    ['a volume that began to leak', taken([volume('v1', 'private')]), leaked, ['volume.leaked v1']],
    ['a leak that was sealed', leaked, taken([volume('v1', 'private')]), ['volume.sealed v1']],
    ['a volume that went', leaked, taken([]), ['volume.gone v1']],
    [
      'a silo that went with its volume',
      leaked,
      taken([], { namespaces: [{ id: 'host', kind: 'host', label: 'host' }] }),
      ['silo.departed aa', 'volume.gone v1'],
    ],
    [
      'a silo that came',
      taken([], { namespaces: [] }),
      taken([], { namespaces: [{ id: 'silo:8', kind: 'silo', label: 'aa' }] }),
      ['silo.arrived aa'],
    ],
    [
      'a silo that could not be asked: nothing',
      leaked,
      taken([], { gaps: [{ namespace: 'silo:8', what: 'volume list', reason: 'no answer', hides: 'volumes' }] }),
      [],
    ],
  ])('%s', (_, before, now, expected) => {
    expect(told(before, now)).toEqual(expected);
  });

  it('names the home of a volume by its label, though its silo went with it', () => {
    const host = taken([], { namespaces: [{ id: 'host', kind: 'host', label: 'host' }] });
    const [, gone] = inspectionChanges(leaked, host);
    expect(gone).toMatchObject({ what: 'volume.gone', data: { home: 'aa', namespace: 'silo:8' } });
  });
});

describe('two processes that see the same, of which one may not read the MUPs of silos', () => {
  const seen = (mup: Namespace['mup'], verdict: InspectedVolume['verdict']): Inspection =>
    taken([volume('v1', verdict)], {
      namespaces: [
        { id: 'host', kind: 'host', label: 'host' },
        { id: 'silo:8', kind: 'silo', label: 'aa', ...(mup === undefined ? {} : { mup }) },
      ],
    });
  const unprivileged = seen(undefined, 'leaked');

  it.each<[string, readonly Inspection[], string, VolumeVerdict, readonly string[]]>([
    ['who may is first', [seen('own', 'unknown'), unprivileged], 'own', 'unknown', []],
    ['who may is second', [unprivileged, seen('own', 'unknown')], 'own', 'unknown', ['silo.mup-seen', 'volume.judged']],
    [
      'it leads elsewhere',
      [unprivileged, seen('elsewhere', 'unknown')],
      'elsewhere',
      'unknown',
      ['silo.mup-seen', 'volume.judged'],
    ],
    ['it is shared, who may is first', [seen('shared', 'leaked'), unprivileged], 'shared', 'leaked', []],
    [
      'it is shared, who may is second',
      [unprivileged, seen('shared', 'leaked')],
      'shared',
      'leaked',
      ['silo.mup-seen'],
    ],
    ['neither may', [unprivileged, unprivileged], 'not-read', 'leaked', []],
  ])('%s: what was read stays known, and nothing is told twice', (_, looks, mup, verdict, second) => {
    const state = new JournalState();
    const written = looks.map(look =>
      inspectionChanges(undefined, look).flatMap((note, at) => {
        const news = state.newsOf(note);
        if (news === undefined) return [];
        state.apply({ sequence: at + 1, at: '2026-01-01T00:00:00.000Z', ...news });
        return [news.what];
      }),
    );
    expect(written[1]).toEqual(second);
    expect(state.namespaces.get('silo:8')?.mup).toBe(mup);
    expect(state.volumes.get('v1')?.verdict).toBe(verdict);
  });
});
