import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeHostKey, knownHostsLine, knownHostsName, knownTypes, readHostKey } from './known-hosts.ts';

function keyOf(...parts: readonly string[]): ReturnType<typeof readHostKey> {
  const blob = parts.flatMap(part => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, Buffer.from(part)];
  });
  return readHostKey(Buffer.concat(blob));
}

const ours = keyOf('ssh-ed25519', 'ours');
const other = keyOf('ssh-ed25519', 'other');
const rsa = keyOf('ssh-rsa', '\u0001\u0000\u0001', 'modulus');
const entry = (names: string, key = ours): string => `${names} ${key.type} ${key.blob.toString('base64')} comment`;

function hashed(name: string): string {
  const salt = Buffer.from('0123456789abcdefghij');
  return `|1|${salt.toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`;
}

describe('a known_hosts file', () => {
  it.each([
    ['names the host', entry('box'), { known: 'same', line: 1 }],
    ['names it among others, in another case', entry('a,BOX,10.0.0.1'), { known: 'same', line: 1 }],
    ['names it by a pattern', entry('b?x,*.example'), { known: 'same', line: 1 }],
    ['leaves it out of a pattern', entry('!box,b*'), { known: 'not' }],
    ['names it by its hash', entry(hashed('box')), { known: 'same', line: 1 }],
    ['names another by a hash', entry(hashed('bux')), { known: 'not' }],
    ['has a comment and an empty line before it', `# box\n\n${entry('box')}`, { known: 'same', line: 3 }],
    ['ends its lines with CRLF', `${entry('a')}\r\n${entry('box')}\r\n`, { known: 'same', line: 2 }],
    ['names another port', entry('[box]:2222'), { known: 'not' }],
    [
      'knows another key',
      `${entry('a')}\n${entry('box', other)}`,
      { known: 'changed', line: 2, fingerprint: other.fingerprint },
    ],
    ['knows both keys', `${entry('box', other)}\n${entry('box')}`, { known: 'same', line: 2 }],
    [
      'knows a key of another type only',
      entry('box', rsa),
      { known: 'changed', line: 1, fingerprint: rsa.fingerprint },
    ],
    [
      'revokes it',
      `${entry('box')}\n@revoked ${entry('*')}`,
      { known: 'revoked', line: 2, fingerprint: ours.fingerprint },
    ],
    ['speaks of authorities only', `@cert-authority ${entry('*')}`, { known: 'not' }],
    ['is empty', '', { known: 'not' }],
  ])('that %s', (_, text, verdict) => {
    expect(judgeHostKey(text, 'box', ours)).toEqual(verdict);
  });

  it('knows what was added to it, on any port', () => {
    fc.assert(
      fc.property(fc.domain(), fc.integer({ min: 1, max: 65_535 }), fc.string(), (host, port, before) => {
        const name = knownHostsName(host, port);
        const text = `${before}\n${knownHostsLine(name, ours)}`;
        expect(judgeHostKey(text, name, ours)).toMatchObject({ known: 'same' });
        expect(knownTypes(text, name)).toContain('ssh-ed25519');
      }),
    );
  });

  it.each([
    ['of two parts', ours],
    ['of three parts', rsa],
  ])('that was cut off while a key %s was added accuses no host', (_, key) => {
    const line = entry('box', key).replace(' comment', '');
    for (let length = 0; length < line.length; length++) {
      expect(judgeHostKey(line.slice(0, length), 'box', key).known).toMatch(/^(?:not|same)$/);
    }
    expect(judgeHostKey(`${line.slice(0, -8)}\n${line}\n`, 'box', key)).toEqual({ known: 'same', line: 2 });
  });

  it('is read whatever it holds, in time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => void judgeHostKey(text, 'box', ours)),
      { numRuns: 10_000 },
    );
    expect(judgeHostKey(entry('*'.repeat(20_000)), 'box', ours)).toEqual({ known: 'same', line: 1 });
    expect(judgeHostKey(entry('*a'.repeat(20_000)), 'a'.repeat(250), ours)).toEqual({ known: 'not' });
  });
});

describe('a host key', () => {
  it('is told by the fingerprint that ssh-keygen prints', () => {
    const blob = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
    expect(readHostKey(Buffer.from(blob, 'base64'))).toMatchObject({
      type: 'ssh-ed25519',
      // As published: https://docs.github.com/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints
      fingerprint: 'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU',
    });
  });
});
