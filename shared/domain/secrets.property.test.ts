import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hideSecrets, maskArguments, maskEnvironment, unmaskArguments, unmaskEnvironment } from './secrets.ts';

/** Told from everything else by its letters; no separator is in it. */
const secret = fc
  .stringMatching(/^[A-Za-z0-9._~-]{0,8}HIDDEN[A-Za-z0-9._~]{0,8}$/)
  .filter(text => !text.startsWith('-'));
const name = fc.constantFrom('password', 'token', 'secret-key', 'accessKey', 'api_key', 'passphrase');
const carrier = fc.oneof(
  fc.tuple(name, secret).map(([key, value]) => [`--${key}`, value]),
  fc.tuple(name, secret).map(([key, value]) => [`--${key}=${value}`]),
  fc.tuple(name, secret).map(([key, value]) => ['-o', `uid=1,${key}=${value},gid=2`]),
  fc
    .tuple(fc.constantFrom('https', 'redis', 'sftp'), secret)
    .map(([scheme, value]) => [`${scheme}://me:${value}@host/p`]),
  secret.map(value => [`me:${value}@host`]),
  secret.map(value => [`https://host/?a=1&token=${value}`]),
);
const plain = fc.oneof(
  fc.constantFrom('-i', '-m', 'Y:', '-u', '\\memfs\\share', '--volname', 'C:\\a b\\c'),
  fc.string({ maxLength: 10 }).filter(text => !/[=:]/.test(text)),
);
const argv = fc
  .array(
    fc.oneof(
      plain.map(text => [text]),
      carrier,
    ),
    { maxLength: 10 },
  )
  .map(parts => parts.flat());

describe('secrets in arguments', () => {
  it('are never shown, and come back whole', () => {
    fc.assert(
      fc.property(argv, given => {
        const shown = maskArguments(given);
        expect(shown).toHaveLength(given.length);
        expect(shown.join('\n')).not.toContain('HIDDEN');
        expect(maskArguments(shown)).toEqual(shown);
        expect(unmaskArguments(shown, given)).toEqual(given);
      }),
      { numRuns: 2_000 },
    );
  });

  it('come back whole from any arguments at all', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 8 }), given => {
        expect(unmaskArguments(maskArguments(given), given)).toEqual(given);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('secrets in variables', () => {
  it('come back whole', () => {
    const variables = fc.dictionary(fc.oneof(name, fc.stringMatching(/^[A-Z_]{1,8}$/)), fc.oneof(secret, fc.string()));
    fc.assert(
      fc.property(variables, given => {
        expect(unmaskEnvironment(maskEnvironment(given), given)).toEqual(given);
      }),
    );
  });
});

describe('secrets in running text', () => {
  it('are hidden once and for all', () => {
    const piece = fc.oneof(
      carrier.map(parts => parts.join(' ')),
      fc.string({ maxLength: 12 }).filter(text => !/["'\\/]/.test(text)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), pieces => {
        const shown = hideSecrets(pieces.join(' '), '<secret>');
        expect(shown).not.toContain('HIDDEN');
        expect(hideSecrets(shown, '<secret>')).toBe(shown);
      }),
      { numRuns: 2_000 },
    );
  });
});
