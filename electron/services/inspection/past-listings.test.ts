import { describe, expect, it } from 'vitest';
import { PastListings } from './past-listings.ts';

const listing = (second: number, ...names: string[]) => ({
  path: '\\Device',
  namespace: 'silo:8',
  takenAt: `2026-11-22T14:02:${String(second).padStart(2, '0')}.000Z`,
  entries: names.map(name => ({ name, type: 'Device' })),
});

const BOX = { label: 'billing', container: 'aaaa1111' };

describe('earlier listings of a directory', () => {
  it('are told with the next one, and asked for by their time', () => {
    const past = new PastListings();
    const first = listing(1, 'Null');
    expect(past.keep(first, BOX)).toEqual([]);
    expect(past.keep(listing(2, 'Null'), BOX)).toEqual([]);
    expect(past.keep(listing(3, 'Null', 'Volume{1}'), BOX)).toEqual([first.takenAt]);
    for (const within of ['billing', 'silo:8', 'aaaa1111', 'aaaa']) {
      expect(past.times(within, '\\Device'), within).toEqual([first.takenAt, listing(3).takenAt]);
      expect(past.at(within, '\\DEVICE', first.takenAt), within).toEqual({ ...first, earlier: [] });
    }
    for (const within of [undefined, 'web', 'aaa', 'bill']) {
      expect(past.times(within, '\\Device'), within).toEqual([]);
      expect(past.at(within, '\\Device', first.takenAt), within).toBeUndefined();
    }
  });

  it('are those of whom the name or id belonged to then, and the last one before a time', () => {
    const past = new PastListings();
    past.keep(listing(1, 'a'), BOX);
    past.keep(listing(5, 'b'), BOX);
    expect(past.keep(listing(9, 'c'), { ...BOX, container: 'bbbb2222' })).toEqual([]);
    const at = (within: string, second: number) =>
      past
        .at(within, '\\Device', listing(second).takenAt)
        ?.entries.map(({ name }) => name)
        .join();
    expect([0, 1, 4, 5, 8, 9, 59].map(second => at('billing', second))).toEqual([
      undefined,
      'a',
      'a',
      'b',
      'b',
      'c',
      'c',
    ]);
    expect([9, 59].map(second => at('aaaa1111', second))).toEqual(['b', 'b']);
    expect(past.times('billing', '\\Device')).toHaveLength(3);
  });

  it('are bounded: twenty of a directory, a hundred directories', () => {
    const past = new PastListings();
    for (let second = 0; second < 30; second++) past.keep(listing(second, `Volume{${second}}`), BOX);
    expect(past.keep(listing(31, 'last'), BOX)).toHaveLength(19);
    for (let at = 0; at < 100; at++) past.keep({ ...listing(1, 'Null'), path: `\\${at}` }, BOX);
    expect(past.at('billing', '\\Device', listing(31).takenAt)).toBeUndefined();
  });
});
