import { expect, it } from 'vitest';
import { drawnColumns, leastWidth, tableTracks } from './table-tracks.ts';

it.each([
  [['96px'], 144],
  [['96px', 'minmax(120px, 1fr)'], 280],
  [['minmax(0, 1fr)', 'var(--actions, 190px)'], 254],
])('columns of %o stand beside each other in %d px', (widths, least) => {
  expect(leastWidth(widths.map(width => ({ width })))).toBe(least);
});

it('where there is little room, columns for wide tables are left out, and the others give way', () => {
  const columns = [
    { width: 'minmax(120px, 2fr)' },
    { width: '96px', wideOnly: true },
    { width: 'var(--actions, 190px)' },
  ];
  expect(tableTracks(drawnColumns(columns, false), false)).toEqual({
    '--tracks': 'minmax(120px, 2fr) 96px var(--actions, 190px)',
  });
  expect(tableTracks(drawnColumns(columns, true), true)).toEqual({
    '--tracks': 'minmax(0, 2fr) var(--actions, 190px)',
  });
});
