import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeOutput } from './decode-output.ts';
import { OEM_UPPER_HALVES } from './oem-code-pages.ts';

describe('what a console program prints', () => {
  it.each([
    ['UTF-8, as Go programs write', [0x4d, 0xc3, 0xbc, 0x70], 850, 'Müp'],
    ['UTF-8 cut in its last character', [0xc3, 0xbc, 0xe2, 0x82], 850, 'ü\ufffd'],
    ['UTF-16 with its mark', [0xff, 0xfe, 0x4d, 0x00, 0xfc, 0x00], 850, 'Mü'],
    ['code page 437', [0x81, 0x20, 0xe1], 437, 'ü ß'],
    ['code page 850', [0x84, 0x94, 0x81, 0xe1], 850, 'äöüß'],
    ['code page 852', [0xa5, 0xb9], 852, 'ą╣'],
    ['code page 858', [0xd5], 858, '€'],
    ['code page 866', [0x8f, 0xe0, 0xa8], 866, 'При'],
    ['code page 932', [0x83, 0x65, 0x83, 0x58, 0x83, 0x67], 932, 'テスト'],
    ['a code page nobody knows', [0x81], 1, 'ü'],
    ['ASCII', [0x6f, 0x6b, 0x0d, 0x0a], 437, 'ok\r\n'],
    ['nothing', [], 437, ''],
  ])('is read as %s', (_what, bytes, codePage, text) => {
    expect(decodeOutput(Uint8Array.from(bytes), codePage)).toBe(text);
  });

  it('has 128 characters in the upper half of every code page', () => {
    expect([...OEM_UPPER_HALVES].filter(([, half]) => half.length !== 128)).toEqual([]);
  });

  it('is always text, and UTF-8 comes through unharmed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(437, 850, 852, 866, 932, 65_001), (bytes, page) => {
        expect(typeof decodeOutput(bytes, page)).toBe('string');
      }),
      { numRuns: 10_000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        fc.pre(!text.startsWith('\ufeff'));
        expect(decodeOutput(Buffer.from(text, 'utf8'), 850)).toBe(text);
      }),
      { numRuns: 10_000 },
    );
  });
});
