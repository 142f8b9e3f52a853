import { describe, expect, it } from 'vitest';
import { isTooShort, secretParts } from './secret-parts.ts';

describe('what of a secret is looked for', () => {
  it.each<[string, string, readonly string[]]>([
    ['a password', 'correct horse', ['correct horse']],
    ['a password of a file with its line end', 'correct horse\r\n', ['correct horse']],
    ['nothing of a short one', 'hunter2', []],
    [
      'lines of a key, but not its head and foot',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nabc=\n-----END RSA PRIVATE KEY-----\n',
      ['MIIEowIBAAKCAQEA'],
    ],
    [
      'lines of a configuration, and what in it has a secret name',
      '[s3]\ntype = s3\nsecret_access_key = wJalrXUtnFEMI\nregion = x',
      ['wJalrXUtnFEMI', 'secret_access_key = wJalrXUtnFEMI', 'region = x', 'type = s3'],
    ],
    [
      'tokens in JSON in a configuration',
      'token = {"access_token":"ya29.a0\\/Af","token_type":"Bearer","refresh_token":"1//0eXyzzy"}',
      [
        '{"access_token":"ya29.a0\\/Af","token_type":"Bearer","refresh_token":"1//0eXyzzy"}',
        'ya29.a0/Af',
        '1//0eXyzzy',
        'token = {"access_token":"ya29.a0\\/Af","token_type":"Bearer","refresh_token":"1//0eXyzzy"}',
      ],
    ],
    [
      'the password in an address, as it is written and as it is meant',
      'redis://me:p%40ssw0rd@host:6379/1',
      ['p%40ssw0rd', 'p@ssw0rd', 'redis://me:p%40ssw0rd@host:6379/1'],
    ],
  ])('%s', (_, value, parts) => {
    expect(secretParts(value)).toEqual(parts);
    expect(isTooShort(value)).toBe(parts.length === 0);
  });

  it('is bounded, and what has a secret name goes first', () => {
    const lines = Array.from({ length: 2_000 }, (_, at) => `setting-number-${at} = value-${at}`);
    const parts = secretParts([...lines, 'password = correct horse'].join('\n'));
    expect(parts).toHaveLength(400);
    expect(parts[0]).toBe('correct horse');
  });
});
