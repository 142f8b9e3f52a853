import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeNamer } from './safe-names.ts';

describe('names of files that come from a container', () => {
  it.each([
    [
      ['a.txt', 'dir/b.txt'],
      ['a.txt', 'dir/b.txt'],
    ],
    [['dir\\c.txt'], ['dir/c.txt']],
    [
      ['../../etc/passwd', '/etc/passwd'],
      ['etc/passwd', 'etc/passwd (2)'],
    ],
    [
      ['C:\\Windows\\x', 'a\u202etxt.exe', 'a. . '],
      ['C_/Windows/x', 'a_txt.exe', 'a'],
    ],
    [
      ['Same', 'same'],
      ['Same', 'same (2)'],
    ],
    [
      ['..', ''],
      ['_', '_ (2)'],
    ],
  ])('%j become %j', (paths, names) => {
    expect(paths.map(safeNamer())).toEqual(names);
  });

  it('stay below, and are each there once', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '', 'a', 'A', 'C:', ' ', '\u0000', '\u202e'), fc.string());
    const path = fc.array(part, { maxLength: 5 }).map(parts => parts.join('/'));
    fc.assert(
      fc.property(fc.array(path, { maxLength: 8 }), paths => {
        const names = paths.map(safeNamer());
        expect(names).toHaveLength(paths.length);
        expect(new Set(names.map(name => name.toLowerCase())).size).toBe(names.length);
        for (const name of names) {
          expect(name).not.toMatch(/^\/|\\|:|\p{Cc}/u);
          expect(name.split('/').every(one => one !== '' && one !== '..' && one !== '.')).toBe(true);
        }
      }),
    );
  });
});
