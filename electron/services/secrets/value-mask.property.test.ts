import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHORTEST_MASKED } from '../../../shared/domain/secret-parts.ts';
import { MASK } from '../../../shared/domain/secrets.ts';
import { valueMask } from './value-mask.ts';

const value = fc
  .string({ unit: fc.constantFrom(...Array.from('abXYZ019 "\'\\%+/=&<>|-_.:@ä😀\t')), minLength: 8, maxLength: 60 })
  .filter(text => text.trim().length >= SHORTEST_MASKED);
const around = fc.string({ unit: fc.constantFrom(...Array.from('xyz 12"\\/,\n')), maxLength: 30 });
/** In how a program could print it. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': text => text,
  'in JSON': text => JSON.stringify(text),
  'in JSON in JSON': text => JSON.stringify(JSON.stringify({ text })),
  "in Go's JSON": text => JSON.stringify(text).replace(/[<>&]/g, sign => `\\u00${sign.charCodeAt(0).toString(16)}`),
  'in ASCII JSON': text =>
    JSON.stringify(text).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in a URL': encodeURIComponent,
  'in a URL, in small letters': text => encodeURIComponent(text).replace(/%../g, byte => byte.toLowerCase()),
  'in a form': text => new URLSearchParams({ text }).toString(),
  'in HTML': text =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  'in base64': text => Buffer.from(text).toString('base64'),
  'in base64 behind a name': text => `Basic ${Buffer.from(`me:${text}`).toString('base64')}`,
  'in base64 between others': text => Buffer.from(`user:${text}@host`).toString('base64'),
  'in base64 of a URL': text => Buffer.from(`m:${text}`).toString('base64url'),
  'in base64 of UTF-16': text => Buffer.from(`-p ${text}`, 'utf16le').toString('base64'),
  'in hexadecimal': text => Buffer.from(text).toString('hex'),
  'in capital hexadecimal': text => Buffer.from(text).toString('hex').toUpperCase(),
  'in UTF-16 read as bytes': text => Buffer.from(text, 'utf16le').toString('latin1'),
};
/** All that a reader could decode again from what is left. */
const readable = (form: string): boolean => form !== 'in UTF-16 read as bytes';

describe('a value that a program prints', () => {
  it.each(Object.keys(FORMS))('is masked %s', form => {
    fc.assert(
      fc.property(value, around, around, (secret, before, behind) => {
        const printed = FORMS[form]?.(secret.trim()) ?? '';
        fc.pre(readable(form) || /^[ -~]*$/.test(secret));
        const shown = valueMask([secret]).text(`${before}${printed}${behind}`);
        expect(shown).toContain(MASK);
        expect(shown).not.toContain(printed.replace(/^"|"$|=*$/g, ''));
        expect(shown).not.toContain(secret.trim());
      }),
      { numRuns: 60 },
    );
  });

  it('is masked line by line where it has several, whatever line breaks it is printed with', () => {
    const line = fc.string({ unit: fc.constantFrom(...Array.from('abXYZ019+/')), minLength: 8, maxLength: 64 });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 2, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\\n'),
        (lines, end) => {
          const key = ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----'].join('\n');
          const shown = valueMask([key]).text(key.replaceAll('\n', end));
          for (const one of lines) expect(shown).not.toContain(one);
          expect(shown).toContain('-----BEGIN OPENSSH PRIVATE KEY-----');
        },
      ),
    );
  });

  it('is never cut by what can be told while more may come', () => {
    fc.assert(
      fc.property(value, around, fc.array(fc.nat(12), { minLength: 1, maxLength: 40 }), (secret, before, sizes) => {
        const mask = valueMask([secret]);
        const printed = `${before.replaceAll('\n', '')}${secret.trim()} and ${encodeURIComponent(secret.trim())}`;
        let rest = '';
        let told = '';
        let at = 0;
        for (const size of [...sizes, printed.length]) {
          rest += printed.slice(at, at + size);
          at += size;
          const safe = mask.settled(rest);
          told += mask.text(rest.slice(0, safe));
          rest = rest.slice(safe);
        }
        told += mask.text(rest);
        expect(told).not.toContain(secret.trim());
        expect(told).toBe(mask.text(printed));
      }),
      { numRuns: 150 },
    );
  });

  it('changes nothing in a text that holds none of it', () => {
    fc.assert(
      fc.property(
        value,
        fc.string({ unit: fc.constantFrom(...Array.from('ijk lmn')), maxLength: 200 }),
        (secret, text) => {
          expect(valueMask([`${secret}0`]).text(text)).toBe(text);
        },
      ),
    );
  });

  it('is read through in linear time, whatever its signs', () => {
    const mask = valueMask(['\\'.repeat(30), `"${"'".repeat(30)}`, '%'.repeat(30), ' '.repeat(4) + '+'.repeat(30)]);
    const text = `${'\\'.repeat(20_000)}x${'%25'.repeat(5_000)}x${"'".repeat(20_000)}`;
    expect(mask.text(text).length).toBeLessThanOrEqual(text.length + MASK.length * 4_000);
  });
});
