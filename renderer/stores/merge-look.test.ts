import { describe, expect, it } from 'vitest';
import type { Inspection } from '../../shared/domain/inspection.ts';
import { fakeInspection } from '../testing/fake-inspection.ts';
import { fakeSilo } from '../testing/fake-story.ts';
import { mergeLook } from './merge-look.ts';

const silos = [fakeSilo(1, 'share', 'Y:', '\\memfs\\share'), fakeSilo(2, 'other', 'Y:', '\\memfs\\two')];
const take = (probe: boolean, canary: boolean): Inspection =>
  fakeInspection(
    silos.map(({ namespace }) => namespace),
    silos.flatMap(({ fileSystem }) => fileSystem.volumes),
    { probe, canary },
    '2026-11-22T09:00:00.000Z',
  );
const plain = take(false, false);
const [first, second] = plain.volumes;
const proven = take(true, true).volumes[0];
if (first === undefined || second === undefined || proven === undefined) throw new Error('no volumes');
const fromHost = proven.visibility.filter(({ namespace }) => namespace === 'host');

describe('a look at one cell', () => {
  const merged = mergeLook(plain, first.device, { cells: fromHost, chain: proven.chain, gaps: [] });

  it('changes that cell, its volume’s proof and chain, and nothing else', () => {
    const [looked, rest] = merged.volumes;
    const ranks = looked?.visibility.map(({ namespace, evidence }) => [namespace === 'host', evidence.rank]);
    expect({
      host: ranks?.find(([isHost]) => isHost)?.[1],
      proof: looked?.proof.rank,
      sameRest: rest === second,
    }).toEqual({
      host: 'canary',
      proof: 'canary',
      sameRest: true,
    });
    expect(looked?.visibility.filter(({ namespace }) => namespace !== 'host').map(({ evidence }) => evidence)).toEqual(
      first.visibility.filter(({ namespace }) => namespace !== 'host').map(({ evidence }) => evidence),
    );
  });

  it('that sees less takes nothing away from what was proven', () => {
    const probed = take(true, false).volumes[0]?.visibility.filter(({ namespace }) => namespace === 'host') ?? [];
    const again = mergeLook(merged, first.device, { cells: probed, chain: first.chain, gaps: [] });
    expect(again.volumes[0]?.proof.rank).toBe('canary');
  });

  it('that contradicts what was expected changes the verdict', () => {
    const refused = first.visibility
      .filter(({ namespace }) => namespace !== first.home)
      .map(cell => ({
        ...cell,
        visible: 'no' as const,
        because: 'observed-otherwise' as const,
        through: [],
        evidence: { rank: 'probe' as const, ground: 'observed' as const, at: '2026-11-22T09:01:00.000Z' },
      }));
    expect(mergeLook(plain, first.device, { cells: refused, chain: [], gaps: [] }).volumes[0]?.verdict).toBe('private');
  });
});
