import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitBounds } from './fit-bounds.ts';
import type { Bounds } from './window-memory.ts';

const primary: Bounds = { x: 0, y: 0, width: 1920, height: 1040 };
const left: Bounds = { x: -1280, y: 100, width: 1280, height: 984 };
const usual: Bounds = { x: 200, y: 150, width: 1000, height: 700 };

describe('where the window stands', () => {
  it.each<[string, Bounds | undefined, readonly Bounds[], Bounds]>([
    ['the first time, in the middle', undefined, [primary], { x: 340, y: 110, width: 1240, height: 820 }],
    ['as it was left', usual, [primary], usual],
    ['as it was left, on the second display', { ...usual, x: -900 }, [primary, left], { ...usual, x: -900 }],
    ['half outside, where a hand can reach it', { ...usual, x: 1700 }, [primary], { ...usual, x: 1700 }],
    [
      'in the middle again when its display is gone',
      { ...usual, x: -900 },
      [primary],
      { x: 460, y: 170, width: 1000, height: 700 },
    ],
    [
      'in the middle again below the taskbar',
      { ...usual, y: 1030 },
      [primary],
      { x: 460, y: 170, width: 1000, height: 700 },
    ],
    ['with its title bar on the display', { ...usual, y: -10 }, [primary], { ...usual, y: 0 }],
    [
      'cut to a smaller display',
      { ...usual, width: 4000, height: 3000 },
      [primary],
      { x: 200, y: 150, width: 1920, height: 1040 },
    ],
    [
      'no smaller than it works',
      { ...usual, width: 10, height: 10 },
      [primary],
      { x: 200, y: 150, width: 400, height: 360 },
    ],
    ['somewhere, where no display is known', undefined, [], { x: 0, y: 0, width: 1240, height: 820 }],
  ])('is %s', (_, wish, areas, bounds) => {
    expect(fitBounds(wish, areas)).toEqual(bounds);
  });

  it('is always where its title bar can be reached', () => {
    const place = fc.integer({ min: -60_000, max: 60_000 });
    const length = fc.integer({ min: 1, max: 32_000 });
    const bounds = fc.record({ x: place, y: place, width: length, height: length });
    fc.assert(
      fc.property(bounds, fc.constantFrom([primary], [primary, left]), (wish, areas) => {
        const { x, y, width } = fitBounds(wish, areas);
        expect(
          areas.some(area => y >= area.y && y < area.y + area.height && x + width > area.x && x < area.x + area.width),
        ).toBe(true);
      }),
    );
  });
});
