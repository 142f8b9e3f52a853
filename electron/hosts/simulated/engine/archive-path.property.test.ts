import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archivePath, entryPlace } from './archive-path.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

describe('a path of docker cp', () => {
  it.each([
    ['C:\\Windows\\System32', '\\Windows\\System32'],
    ['c:/windows/system32/drivers/etc/hosts', '\\windows\\system32\\drivers\\etc\\hosts'],
    ['/data/', '\\data'],
    ['data/../other/./f.txt', '\\other\\f.txt'],
    ['C:\\', '\\'],
    ['/', '\\'],
  ])('%s is %s on the disk', (path, place) => {
    expect(archivePath(path)).toBe(place);
  });

  it.each([
    ['C:', 'no relative path specified in "C:"'],
    ['D:\\x', 'the specified path is not on the system drive (C:)'],
  ])('%s is refused', (path, message) => {
    expect(() => archivePath(path)).toThrow(expect.objectContaining({ status: 500, message }));
  });
});

describe('an entry of a tar', () => {
  it('never leaves the directory it is unpacked in', () => {
    const names = fc.oneof(
      fc.string(),
      fc.array(fc.constantFrom('..', '.', 'a', 'b', '')).map(parts => parts.join('/')),
    );
    fc.assert(
      fc.property(names, name => {
        const place = entryPlace('\\box', name);
        if (place === undefined) return;
        expect(place === '\\box' || place.startsWith('\\box\\')).toBe(true);
        expect(place.split('\\')).not.toContain('..');
      }),
      { numRuns: RUNS },
    );
  });
});
