import { describe, expect, it } from 'vitest';
import { gridMove } from './grid-keys.ts';

const size = { rows: 10, columns: 4, page: 3 };
const from = { row: 5, column: 2 };

describe('a key in a grid', () => {
  it.each([
    ['ArrowUp', false, 4, 2],
    ['ArrowDown', false, 6, 2],
    ['ArrowLeft', false, 5, 1],
    ['ArrowRight', false, 5, 3],
    ['ArrowUp', true, 0, 2],
    ['ArrowRight', true, 5, 3],
    ['Home', false, 5, 0],
    ['End', false, 5, 3],
    ['Home', true, 0, 0],
    ['End', true, 9, 3],
    ['PageUp', false, 2, 2],
    ['PageDown', false, 8, 2],
  ])('%s (Ctrl: %s) leads to row %d, column %d', (key, ctrl, row, column) => {
    expect(gridMove(from, size, key, ctrl)).toEqual({ row, column });
  });

  it.each(['Tab', 'Enter', 'a', 'Escape'])('%s is not the grid’s', key => {
    expect(gridMove(from, size, key, false)).toBeUndefined();
  });

  it('stops at the edges', () => {
    expect(gridMove({ row: 9, column: 3 }, size, 'ArrowDown', false)).toEqual({ row: 9, column: 3 });
    expect(gridMove({ row: 0, column: 0 }, size, 'PageUp', false)).toEqual({ row: 0, column: 0 });
  });
});
