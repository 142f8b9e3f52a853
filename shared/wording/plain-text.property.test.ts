import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeUntrusted, escapeUntrustedLines } from './plain-text.ts';

const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '\u202e',
      '\u2066',
      '\u0000',
      '\u001b',
      '\r',
      '\n',
      '\t',
      '\u2028',
      '\ud800',
      '\udc00',
      '\u200b',
      '\ufeff',
      '\ue000',
      'a',
      '😀',
      'é',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

describe('untrusted text', () => {
  it('is shown without a character that could fake or hide anything, and never longer than allowed', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 0, max: 40 }), (text, longest) => {
        const shown = escapeUntrusted(text, longest);
        expect(shown).not.toMatch(unsafe);
        expect(shown.length).toBeLessThanOrEqual(longest);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is left as it is when it is harmless and short, and escaping twice changes nothing', () => {
    fc.assert(
      fc.property(hostile, text => {
        const once = escapeUntrusted(text, 10_000);
        expect(escapeUntrusted(once, 10_000)).toBe(once);
        if (!unsafe.test(text)) expect(once).toBe(text);
      }),
    );
  });

  it('keeps its last lines, each safe', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 20 }), lines => {
        const shown = escapeUntrustedLines(lines.join('\n'), 5, 50);
        expect(shown.length).toBeLessThanOrEqual(5);
        for (const line of shown) expect(line).not.toMatch(unsafe);
      }),
    );
  });

  it.each([
    ['a\u202eb', 200, 'a\\u{202e}b'],
    ['\u001b[31m', 200, '\\u{1b}[31m'],
    ['abcdef', 4, 'abc…'],
    ['abcd', 4, 'abcd'],
    ['ab\u0000', 4, 'ab…'],
    ['😀😀', 3, '😀…'],
    ['abc', 0, ''],
    ['C:\\Program Files', 200, 'C:\\Program Files'],
  ])('%j in %i characters', (text, longest, shown) => {
    expect(escapeUntrusted(text, longest)).toBe(shown);
  });
});
