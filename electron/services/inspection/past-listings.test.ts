import { describe, expect, it } from 'vitest';
import { PastListings } from './past-listings.ts';

const listing = (second: number, ...names: string[]) => ({
  path: '\\Device',
  namespace: 'silo:8',
  takenAt: `2026-11-22T14:02:${String(second).padStart(2, '0')}.000Z`,
  entries: names.map(name => ({ name, type: 'Device' })),
});

describe('earlier listings of a directory', () => {
  it('are told with the next one, and asked for by their time', () => {
    const past = new PastListings();
    const first = listing(1, 'Null');
    expect(past.keep(first)).toEqual([]);
    expect(past.keep(listing(2, 'Null'))).toEqual([]);
    expect(past.keep(listing(3, 'Null', 'Volume{1}'))).toEqual([first.takenAt]);
    expect(past.times(first)).toEqual([first.takenAt, listing(3).takenAt]);
    expect(past.times({ ...first, namespace: 'host' })).toEqual([]);
    expect(past.at(first, first.takenAt)).toEqual({ ...first, earlier: [] });
    expect(past.at({ ...first, path: '\\DEVICE' }, first.takenAt)?.entries).toEqual(first.entries);
    expect(past.at({ ...first, namespace: 'host' }, first.takenAt)).toBeUndefined();
  });

  it('are those of one silo, though its id is another’s now, and the last one before a time', () => {
    const past = new PastListings();
    past.keep(listing(1, 'a'), 'first');
    past.keep(listing(5, 'b'), 'first');
    expect(past.keep(listing(9, 'c'), 'second')).toEqual([]);
    const place = { ...listing(1), container: 'first' };
    expect(past.at(place, listing(4).takenAt)?.takenAt).toBe(listing(1).takenAt);
    expect(past.at(place, listing(59).takenAt)?.entries).toEqual(listing(5, 'b').entries);
    expect(past.at(place, '2026-11-22T14:02:00.000Z')).toBeUndefined();
  });

  it('are bounded: twenty of a directory, a hundred directories', () => {
    const past = new PastListings();
    for (let second = 0; second < 30; second++) past.keep(listing(second, `Volume{${second}}`));
    expect(past.keep(listing(31, 'last'))).toHaveLength(19);
    for (let at = 0; at < 100; at++) past.keep({ ...listing(1, 'Null'), path: `\\${at}` });
    expect(past.at(listing(31), listing(31).takenAt)).toBeUndefined();
  });
});
