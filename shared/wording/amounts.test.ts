import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatList } from './amounts.ts';

describe('amounts', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.00 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [1_540_000_000, '1.54 GB'],
    [13_100_000_000, '13.1 GB'],
    [-5, '0 B'],
  ])('of %i bytes', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0, '0 ms'],
    [340.4, '340 ms'],
    [1_000, '1 s'],
    [2_540, '2.5 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [273_600_000, '3 d 4 h'],
    [-1, '0 ms'],
  ])('of %i milliseconds', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('of things', () => {
    expect([0, 1, 2].map(count => formatCount(count, 'volume'))).toEqual(['no volumes', '1 volume', '2 volumes']);
    expect(formatCount(2, 'leak of memory', 'leaks of memory')).toBe('2 leaks of memory');
  });

  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
  ])('of a list %j', (items, text) => {
    expect(formatList(items)).toBe(text);
  });
});
