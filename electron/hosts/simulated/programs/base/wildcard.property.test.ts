import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIpv4 } from '../windows/ipv4.ts';
import { matchesWildcard } from './wildcard.ts';
import { fullPath, parsePath } from './win32-path.ts';

const name = fc.string({ unit: fc.constantFrom(...'abcAB.-_1'.split('')), minLength: 1, maxLength: 12 });

describe('a wildcard', () => {
  it('matches a name against itself, in any case', () => {
    fc.assert(fc.property(name, text => matchesWildcard(text.toUpperCase(), text)));
  });

  it('agrees with the regular expression that it stands for', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', 'c'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 }), (text, given) => {
        const expected = new RegExp(`^${text.replaceAll('*', '.*')}$`).test(given);
        expect(matchesWildcard(text, given)).toBe(expected);
      }),
    );
  });

  it.each([
    ['*.*', 'readme', true],
    ['*.', 'readme', true],
    ['*.', 'a.txt', false],
    ['*.txt', 'A.TXT', true],
    ['a?.txt', 'ab.txt', true],
    ['f.*', 'f', true],
    ['?', 'ab', false],
  ])('%s against %s: %s', (pattern, given, expected) => {
    expect(matchesWildcard(pattern, given)).toBe(expected);
  });
});

describe('an IPv4 address', () => {
  it('is recognised from its four numbers', () => {
    fc.assert(fc.property(fc.ipV4(), isIpv4));
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '1', '2', '5', '9', '.') }), text => {
        const numbers = text.split('.').map(Number);
        const expected =
          text.split('.').length === 4 && numbers.every(number => number <= 255) && numbers.join('.') === text;
        expect(isIpv4(text)).toBe(expected);
      }),
    );
  });
});

describe('a full path', () => {
  it('is full already when it is made full again', () => {
    const path = fc.string({ unit: fc.constantFrom(...'ab.\\/: C'.split('')), maxLength: 20 });
    fc.assert(
      fc.property(path, text => {
        const full = fullPath(text, 'C:\\work');
        expect(fullPath(full, 'D:\\elsewhere')).toBe(full);
        expect(parsePath(full).parts.every(part => part !== '' && part !== '..')).toBe(true);
      }),
    );
  });

  it.each([
    ['..\\x', 'C:\\x'],
    ['Y:f.txt', 'Y:\\f.txt'],
    ['Y:', 'Y:\\'],
    ['\\top', 'C:\\top'],
    ['\\\\memfs\\share\\a\\..\\b', '\\\\memfs\\share\\b'],
    ['/a/b', 'C:\\a\\b'],
    ['\\\\?\\GLOBALROOT\\Device\\Mup\\x', '\\\\?\\GLOBALROOT\\Device\\Mup\\x'],
  ])('%s is %s', (text, expected) => {
    expect(fullPath(text, 'C:\\work')).toBe(expected);
  });
});
