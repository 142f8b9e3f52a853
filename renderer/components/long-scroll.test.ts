import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_AREA, placeOf, scrollOf } from './long-scroll.ts';

describe('a scroll area that is shorter than its list', () => {
  it.each([
    [
      'of a short list is the list itself',
      { length: 3_400, view: 600 },
      1_000,
      { area: 3_400, scrolled: 1_000, top: 1_000 },
    ],
    ['of a list that is seen whole does not move', { length: 300, view: 600 }, 50, { area: 300, scrolled: 0, top: 0 }],
    [
      'ends with the list',
      { length: 34_000_000, view: 600 },
      Number.POSITIVE_INFINITY,
      { area: LONGEST_AREA, scrolled: LONGEST_AREA - 600, top: 33_999_400 },
    ],
    ['begins with the list', { length: 34_000_000, view: 600 }, -7, { area: LONGEST_AREA, scrolled: 0, top: 0 }],
  ])('%s', (_, track, top, expected) => {
    expect(scrollOf(track, top)).toEqual(expected);
  });

  it('shows every place of the list, and finds it again', () => {
    const size = fc.integer({ min: 1, max: 10_000_000 }).map(rows => rows * 34);
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 50, max: 2_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (length, view, at) => {
          const track = { length, view };
          const { scrolled, top } = scrollOf(track, at * length);
          expect(placeOf(track, scrolled)).toBeCloseTo(top, 3);
        },
      ),
    );
  });
});
