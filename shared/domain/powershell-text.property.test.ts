import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { powershellQuoted, powershellText } from './powershell-text.ts';

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

describe('a text in quotes of PowerShell', () => {
  const SINGLE = "'\u2018\u2019\u201a\u201b";
  /** As PowerShell reads it: the first single quote, of whichever shape, that is not followed by another ends it. */
  const read = (quoted: string): { readonly text: string; readonly end: number } => {
    let text = '';
    for (let at = 1; at < quoted.length; at++) {
      const isQuote = SINGLE.includes(quoted.charAt(at));
      if (isQuote && !SINGLE.includes(quoted.charAt(at + 1) || ' ')) return { text, end: at + 1 };
      text += quoted.charAt(at);
      if (isQuote) at++;
    }
    return { text, end: -1 };
  };

  it('ends at its end, and says what was meant, whichever quotes are in it', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from(SINGLE), 'a', ' ', ';', '$', '`', '"', '\n') });
    fc.assert(
      fc.property(text, given => {
        const quoted = powershellQuoted(given);
        expect(read(quoted)).toEqual({ text: given, end: quoted.length });
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays readable', () => {
    expect(powershellQuoted('C:\\Users\\O\u2019Brien')).toBe("'C:\\Users\\O\u2019\u2019Brien'");
  });
});
