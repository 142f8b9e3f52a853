import { describe, expect, it } from 'vitest';
import type { Inspection, Visibility, Way } from '../../shared/domain/inspection.ts';
import { fakeInspection } from '../testing/fake-inspection.ts';
import { fakeSilo } from '../testing/fake-story.ts';
import { carryEvidence } from './carry-evidence.ts';

const disk = fakeSilo(1, 'a', 'Z:');
const share = fakeSilo(2, 'b', 'Y:', '\\memfs\\share');
const namespaces = [disk.namespace, share.namespace];
const volumes = [...disk.fileSystem.volumes, ...share.fileSystem.volumes];
const EARLY = '2026-11-22T10:31:00.000Z';
const LATE = '2026-11-22T10:40:00.000Z';
const proven = fakeInspection(namespaces, volumes, { probe: true, canary: true }, EARLY);
const looked = fakeInspection(namespaces, volumes, { probe: false, canary: false }, LATE);

const hostCell = (inspection: Inspection, volume: number) =>
  inspection.volumes[volume]?.visibility.find(({ namespace }) => namespace === 'host')?.evidence;

describe('what a canary proved', () => {
  it('stays proven, with its time, when a weaker look says the same', () => {
    expect(hostCell(carryEvidence(proven, looked), 1)).toMatchObject({ rank: 'canary', at: EARLY });
  });

  it('gives way to a newer look that is as strong', () => {
    const again = fakeInspection(namespaces, volumes, { probe: true, canary: true }, LATE);
    expect(hostCell(carryEvidence(proven, again), 1)).toMatchObject({ rank: 'canary', at: LATE });
  });

  it('falls when the newer look says otherwise', () => {
    const sealed: Inspection = {
      ...looked,
      volumes: looked.volumes.map(volume => ({
        ...volume,
        visibility: volume.visibility.map(cell => ({ ...cell, visible: 'no' as const })),
      })),
    };
    const kept = ({ volumes: all }: Inspection) => all.map(({ visibility, chain }) => ({ visibility, chain }));
    expect(kept(carryEvidence(proven, sealed))).toEqual(kept(sealed));
  });

  it('does not pass to another container that got the same silo id', () => {
    const reborn = { ...share.namespace, containerGuid: '00000000-0000-4000-8000-000000000000' };
    const next = fakeInspection([disk.namespace, reborn], volumes, { probe: false, canary: false }, LATE);
    expect(hostCell(carryEvidence(proven, next), 1)).toMatchObject({ rank: 'rule' });
  });

  it('keeps the tested steps of the chain', () => {
    const steps = carryEvidence(proven, looked).volumes[1]?.chain.map(({ code, holds }) => [code, holds]);
    expect(steps).toEqual([
      ['mup-is-shared', 'yes'],
      ['provider-carries-guid', 'yes'],
      ['listed-in-silo-only', 'yes'],
      ['opened-through-provider', 'yes'],
      ['canary-read-back', 'yes'],
    ]);
  });

  it('by one name is kept beside what a newer look found by another', () => {
    const at = (inspection: Inspection, change: Partial<Visibility>): Inspection => ({
      ...inspection,
      volumes: inspection.volumes.map(volume => ({
        ...volume,
        visibility: volume.visibility.map(cell => ({ ...cell, ...change })),
      })),
    });
    const way = (kind: Way['kind'], rank: Way['evidence']['rank']): Way => ({
      kind,
      path: kind,
      evidence: { rank, ground: 'observed' },
    });
    const evidence = (rank: Way['evidence']['rank']) => ({ rank, ground: 'observed' as const });
    const before = at(proven, {
      through: [way('unc', 'rule'), way('provider', 'canary')],
      evidence: evidence('canary'),
    });
    const found = (change: Partial<Visibility>) => {
      const {
        through,
        refuted,
        evidence: best,
      } = carryEvidence(before, at(proven, change)).volumes[1]?.visibility.find(() => true) ?? {};
      return { through, refuted, rank: best?.rank };
    };
    expect(found({ through: [way('unc', 'probe'), way('provider', 'rule')], evidence: evidence('probe') })).toEqual({
      through: [way('unc', 'probe'), way('provider', 'canary')],
      refuted: undefined,
      rank: 'canary',
    });
    expect(
      found({ through: [way('provider', 'rule')], refuted: [way('unc', 'probe')], evidence: evidence('rule') }),
    ).toEqual({ through: [way('provider', 'canary')], refuted: [way('unc', 'probe')], rank: 'canary' });
    expect(
      found({ through: [way('unc', 'rule')], refuted: [way('provider', 'canary')], evidence: evidence('rule') }),
    ).toEqual({ through: [way('unc', 'rule')], refuted: [way('provider', 'canary')], rank: 'rule' });
  });

  it('is nothing without an earlier look', () => {
    expect(carryEvidence(undefined, looked)).toBe(looked);
  });
});
