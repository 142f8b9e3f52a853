import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { powershellText } from './powershell-text.ts';

describe('a text as an expression of PowerShell', () => {
  it('is told whole, whatever is in it, lone surrogates too', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 0xffff }), { maxLength: 200 }), units => {
        const text = units.map(unit => String.fromCharCode(unit)).join('');
        const encoded =
          /^\[Text\.Encoding\]::Unicode\.GetString\(\[Convert\]::FromBase64String\('([A-Za-z0-9+/=]*)'\)\)$/.exec(
            powershellText(text),
          )?.[1];
        expect(Buffer.from(encoded ?? '?', 'base64').toString('utf16le')).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});
