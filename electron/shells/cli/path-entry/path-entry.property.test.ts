import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changePath, withFolder, withoutFolder } from './path-entry.ts';
import type { KeptPath } from './path-registry.ts';

const BIN = 'C:\\Users\\me\\AppData\\Local\\Programs\\Siloscope\\bin';

/** Entries as they are met: variables, quotes, empty ones, slashes at the end, letters of any script. */
const entry = fc.oneof(
  fc.constantFrom('%SystemRoot%\\system32', 'C:\\Windows', '"C:\\a b\\"', '', 'D:\\tools\\', '%JAVA_HOME%\\bin'),
  fc.string({ unit: 'binary' }).map(text => text.replaceAll(/[;\0]/g, '_')),
);
const searchPath = fc.array(entry, { maxLength: 200 }).map(entries => entries.join(';'));

describe('the command line on the search path', () => {
  it('stands at the end, and everything before it stays as it was', () => {
    fc.assert(
      fc.property(searchPath, path => {
        fc.pre(withoutFolder(path, BIN) === path);
        const added = withFolder(path, BIN);
        expect(added.startsWith(path)).toBe(true);
        expect(added.split(';').at(-1)).toBe(BIN);
        expect(withFolder(added, BIN)).toBe(added);
      }),
    );
  });

  it('goes away again without a trace but a separator that was missing', () => {
    fc.assert(
      fc.property(searchPath, path => {
        fc.pre(withoutFolder(path, BIN) === path);
        expect([path, path.replace(/;$/, '')]).toContain(withoutFolder(withFolder(path, BIN), BIN));
      }),
    );
  });

  it.each([
    ['once', '', BIN],
    [
      'not twice, however it is written',
      `C:\\a;"${BIN.toUpperCase()}\\";C:\\b`,
      `C:\\a;"${BIN.toUpperCase()}\\";C:\\b`,
    ],
    ['after a separator at the end', 'C:\\a;', `C:\\a;${BIN}`],
  ])('is there %s', (_how, before, after) => {
    expect(withFolder(before, BIN)).toBe(after);
  });

  it('is taken out wherever it stands', () => {
    expect(withoutFolder(`${BIN};C:\\a;${BIN}\\`, BIN)).toBe('C:\\a');
  });

  it.each([
    ['the first of all', undefined, [{ text: BIN, expands: true }]],
    [
      'one more, of the kind that was there',
      { text: 'C:\\a', expands: false },
      [{ text: `C:\\a;${BIN}`, expands: false }],
    ],
    ['nothing that is there already', { text: BIN, expands: true }, []],
  ])('is written and announced as %s', (_what, kept: KeptPath | undefined, expected: readonly KeptPath[]) => {
    const written: KeptPath[] = [];
    let announced = 0;
    const announce = (): void => {
      announced += 1;
    };
    changePath({ read: () => kept, write: path => void written.push(path), announce }, 'add', BIN);
    expect({ written, announced }).toEqual({ written: expected, announced: expected.length });
  });
});
