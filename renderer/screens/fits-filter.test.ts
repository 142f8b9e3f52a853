import { describe, expect, it } from 'vitest';
import { fitsFilter } from './fits-filter.ts';

describe('a filter', () => {
  it.each([
    ['', true],
    ['  ', true],
    ['memfs', true],
    [' MEMFS share ', true],
    ['memfs running', true],
    ['memfs stopped', false],
    ['memfs-share', false],
  ])('%j keeps a row: %s', (filter, keeps) => {
    expect(fitsFilter(filter)('\\\\memfs\\share\nrunning')).toBe(keeps);
  });
});
