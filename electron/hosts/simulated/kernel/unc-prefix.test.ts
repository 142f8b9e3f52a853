import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askOr } from './testing/boot.ts';
import { classOf, isBelow, volumePrefix } from './unc-prefix.ts';

const component = fc.stringMatching(/^[a-zA-Z$][a-zA-Z0-9.$-]{0,8}$/);
const prefix = fc.array(component, { minLength: 2, maxLength: 4 }).map(parts => `\\${parts.join('\\')}`);

describe('a volume prefix', () => {
  it('is taken as it is given, but for trailing backslashes', () => {
    fc.assert(
      fc.property(prefix, fc.nat(3), (given, trailing) => {
        expect(volumePrefix(given + '\\'.repeat(trailing))).toBe(given);
      }),
    );
  });

  it('is refused with anything but one leading backslash', () => {
    fc.assert(
      fc.property(prefix, fc.constantFrom('', '\\\\', '\\\\\\'), (given, leading) => {
        expect(askOr(() => volumePrefix(leading + given.slice(1)))).toBe('STATUS_INVALID_PARAMETER');
      }),
    );
  });

  it('is above everything that starts with its components, in any case, and above nothing else', () => {
    fc.assert(
      fc.property(prefix, component, (given, more) => {
        expect(isBelow(given.toUpperCase(), given)).toBe(true);
        expect(isBelow(`${given}\\${more}`, given.toLowerCase())).toBe(true);
        expect(isBelow(given + more, given)).toBe(false);
        expect(isBelow(given, `${given}\\${more}`)).toBe(false);
      }),
    );
  });

  it.each([
    ['\\memfs\\share', '\\memfs'],
    ['\\memfs\\', '\\memfs'],
    ['\\memfs', undefined],
    ['\\\\memfs\\x', undefined],
    ['memfs\\share', undefined],
    ['', undefined],
  ])('of %j has the class %j', (path, name) => {
    expect(classOf(path)).toBe(name);
  });
});
