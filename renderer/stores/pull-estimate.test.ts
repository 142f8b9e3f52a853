import { describe, expect, it } from 'vitest';
import type { PullProgress } from '../../shared/domain/launch.ts';
import { addSample, estimateRemaining, monotone, type Sample } from './pull-estimate.ts';

const at = (ms: number, fraction: number): Sample => ({ at: ms, fraction });

describe('the time a pull still takes', () => {
  it.each<[string, Sample[], number | undefined]>([
    ['is unknown without samples', [], undefined],
    ['is unknown after one', [at(0, 0.1)], undefined],
    ['is unknown before half a second', [at(0, 0), at(400, 0.5)], undefined],
    ['is unknown while nothing moves', [at(0, 0.5), at(5_000, 0.5)], undefined],
    ['is judged by the speed', [at(0, 0), at(1_000, 0.25)], 3_000],
    ['is nothing at the end', [at(0, 0), at(1_000, 1)], 0],
  ])('%s', (_name, samples, expected) => {
    expect(estimateRemaining(samples)).toBe(expected);
  });

  it('forgets what is older than ten seconds', () => {
    const samples = [at(0, 0), at(1_000, 0.1), at(11_000, 0.2)].reduce<readonly Sample[]>(addSample, []);
    expect(samples).toEqual([at(1_000, 0.1), at(11_000, 0.2)]);
  });
});

describe('a pull shown', () => {
  const progress = (fraction: number): PullProgress => ({
    image: 'servercore',
    phase: 'downloading',
    layers: [],
    fraction,
  });

  it.each([
    [0.2, 0.5, 0.5],
    [0.5, 0.4, 0.5],
    [1, 0, 1],
  ])('never goes back: %d, then %d, shows %d', (before, next, shown) => {
    expect(monotone(progress(before), progress(next)).fraction).toBe(shown);
  });
});
