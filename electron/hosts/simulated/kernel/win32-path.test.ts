import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askOr } from './testing/boot.ts';
import { ntPath } from './win32-path.ts';

describe('the NT name of a Win32 path', () => {
  it.each([
    ['C:\\a\\b.txt', '\\??\\C:\\a\\b.txt'],
    ['c:/a/../b', '\\??\\C:\\b'],
    ['C:\\..\\..\\a', '\\??\\C:\\a'],
    ['C:\\a\\.\\b\\', '\\??\\C:\\a\\b'],
    ['C:\\a. \\b...', '\\??\\C:\\a\\b'],
    ['C:', '\\??\\C:\\'],
    ['Y:\\', '\\??\\Y:\\'],
    ['\\\\srv\\share\\f', '\\??\\UNC\\srv\\share\\f'],
    ['//srv/share/../../f', '\\??\\UNC\\srv\\share\\f'],
    ['\\\\srv\\share\\', '\\??\\UNC\\srv\\share'],
    ['\\\\.\\X:', '\\??\\X:'],
    ['\\\\.\\pipe\\docker_engine', '\\??\\pipe\\docker_engine'],
    ['\\\\?\\GLOBALROOT\\Device\\Mup\\;A.B{g}\\c\\i\\..', '\\??\\GLOBALROOT\\Device\\Mup\\;A.B{g}\\c\\i\\..'],
    ['\\??\\C:\\a', '\\??\\C:\\a'],
    ['nul', '\\??\\NUL'],
    ['C:\\dir\\nul', '\\??\\NUL'],
    ['C:\\dir\\NUL.txt', '\\??\\NUL'],
    ['C:\\dir\\null', '\\??\\C:\\dir\\null'],
    ['relative\\path', 'STATUS_OBJECT_PATH_SYNTAX_BAD'],
    ['\\rooted', 'STATUS_OBJECT_PATH_SYNTAX_BAD'],
    ['', 'STATUS_OBJECT_PATH_SYNTAX_BAD'],
    ['C:\\a\0b', 'STATUS_OBJECT_NAME_INVALID'],
  ])('of %j is %s', (path, name) => {
    expect(askOr(() => ntPath(path))).toBe(name);
  });

  const component = fc.constantFrom('a', 'B c', '..', '.', 'x.y', '', 'end.', 'blank ');

  it('has no dots to follow, no empty components and no trailing dots left', () => {
    fc.assert(
      fc.property(fc.array(component), fc.constantFrom('C:\\', '\\\\srv\\share\\'), (components, root) => {
        const parts = ntPath(root + components.join('\\'))
          .split('\\')
          .slice(3);
        expect(parts.filter((part, index) => part === '' && index > 0)).toEqual([]);
        expect(parts.filter(part => /^\.+$|[. ]$/.test(part))).toEqual([]);
      }),
    );
  });

  it('is the same when it is normalised twice', () => {
    fc.assert(
      fc.property(fc.array(component), components => {
        const once = ntPath(`C:\\${components.join('\\')}`);
        expect(ntPath(once.slice('\\??\\'.length))).toBe(once);
      }),
    );
  });

  it('never leaves the share it names', () => {
    fc.assert(
      fc.property(fc.array(component), components => {
        const name = ntPath(`\\\\srv\\share\\${components.join('\\')}`);
        expect(name === '\\??\\UNC\\srv\\share' || name.startsWith('\\??\\UNC\\srv\\share\\')).toBe(true);
      }),
    );
  });
});
