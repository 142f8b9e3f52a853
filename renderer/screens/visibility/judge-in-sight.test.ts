import { describe, expect, it } from 'vitest';
import { judgePolicy, NO_LEAKS } from '../../../shared/domain/judge-policy.ts';
import { fakeInspection } from '../../testing/fake-inspection.ts';
import { fakeSilo } from '../../testing/fake-story.ts';
import { cellTip } from './cell-tip.ts';
import { judgeInSight, MOST_COUNTED } from './judge-in-sight.ts';

const take = (count: number) => {
  const silos = Array.from({ length: count }, (_, index) => fakeSilo(index + 1, `s${index}`, 'Y:', `\\c${index}\\s`));
  return fakeInspection(
    silos.map(({ namespace }) => namespace),
    silos.flatMap(({ fileSystem }) => fileSystem.volumes),
    { probe: false, canary: false },
    '2026-11-22T09:00:00.000Z',
  );
};

describe('a policy held against what is in sight', () => {
  it('counts what the rules count, and words the first few', () => {
    const inspection = take(6);
    const { shown, count, atLeast } = judgeInSight(NO_LEAKS, inspection, undefined, 4);
    expect([count, atLeast, shown.length]).toEqual([judgePolicy(NO_LEAKS, inspection).violations.length, false, 4]);
  });

  it('gives up counting where nobody would read on', () => {
    const { count, atLeast } = judgeInSight(NO_LEAKS, take(80), undefined, 4);
    expect([count, atLeast]).toEqual([MOST_COUNTED, true]);
  });

  it('can be about one volume', () => {
    const inspection = take(3);
    const [volume] = inspection.volumes;
    const { shown } = judgeInSight(NO_LEAKS, inspection, volume, 10);
    expect(shown.map(one => one.kind === 'sight' && one.device === volume?.device)).toEqual(shown.map(() => true));
  });
});

describe('the tip of a cell', () => {
  it('says who, why, how sure, and the way in', () => {
    const inspection = take(2);
    const [volume] = inspection.volumes;
    if (volume === undefined) throw new Error('no volume');
    const lines = cellTip(inspection, volume, 'host');
    expect([lines[0], lines[2], lines.at(-1)]).toEqual([
      '\\\\c0\\s, seen from host',
      'Expected, not tested: by a documented rule.',
      'P opens it from here, C proves it with a canary.',
    ]);
    expect(lines.some(line => line.startsWith('Way in (by rule): '))).toBe(true);
  });
});
