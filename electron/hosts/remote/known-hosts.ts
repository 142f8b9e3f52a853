import { createHash, createHmac, randomBytes } from 'node:crypto';
import { matchesWildcard } from '../../../shared/domain/wildcard.ts';

/** A host key as the server presents it: `type` is the name inside the blob, e.g. `ssh-ed25519`. */
export interface HostKey {
  readonly type: string;
  readonly blob: Buffer;
  /** `SHA256:` and base64 without padding, as ssh-keygen -l prints it. */
  readonly fingerprint: string;
}

/** What a known_hosts file says of a key. `line` counts from 1. */
export type HostKeyVerdict =
  | { readonly known: 'same'; readonly line: number }
  | { readonly known: 'changed' | 'revoked'; readonly line: number; readonly fingerprint: string }
  | { readonly known: 'not' };

export function readHostKey(blob: Buffer): HostKey {
  const length = blob.length >= 4 ? blob.readUInt32BE(0) : 0;
  return { type: blob.subarray(4, 4 + length).toString('latin1'), blob, fingerprint: fingerprintOf(blob) };
}

function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/** How known_hosts names a place: the bare name on port 22, else `[host]:port`. Ground: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
export function knownHostsName(host: string, port: number): string {
  return port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
}

interface Entry {
  readonly line: number;
  readonly marker: string;
  readonly names: string;
  readonly type: string;
  readonly blob: Buffer;
}

/**
 * Judges a key by the text of a known_hosts file: plain, wildcard, negated and hashed names, `@revoked` keys. Entries of
 * certificate authorities are left out. A host whose other keys are known, but not this one, counts as changed: the
 * types that are known were asked for first. Total.
 */
export function judgeHostKey(text: string, name: string, key: HostKey): HostKeyVerdict {
  const entries = readEntries(text).filter(entry => namesMatch(entry.names, name));
  const revoked = entries.find(entry => entry.marker === '@revoked' && entry.blob.equals(key.blob));
  if (revoked !== undefined) return { known: 'revoked', line: revoked.line, fingerprint: key.fingerprint };
  const plain = entries.filter(entry => entry.marker === '');
  const same = plain.find(entry => entry.blob.equals(key.blob));
  if (same !== undefined) return { known: 'same', line: same.line };
  const other = plain.find(entry => entry.type === key.type) ?? plain[0];
  if (other === undefined) return { known: 'not' };
  return { known: 'changed', line: other.line, fingerprint: fingerprintOf(other.blob) };
}

/** The key types known of a host, to ask for them first. */
export function knownTypes(text: string, name: string): readonly string[] {
  const entries = readEntries(text).filter(entry => entry.marker === '' && namesMatch(entry.names, name));
  return [...new Set(entries.map(entry => entry.type))];
}

/** The line that makes a key known. */
export function knownHostsLine(name: string, key: HostKey): string {
  return `${name} ${key.type} ${key.blob.toString('base64')}\n`;
}

/** A name as `HashKnownHosts` wants it: whoever reads the file cannot tell the host. Ground: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
export function hashedName(name: string): string {
  const salt = randomBytes(20);
  const digest = createHmac('sha1', salt).update(name).digest('base64');
  return `|1|${salt.toString('base64')}|${digest}`;
}

function readEntries(text: string): readonly Entry[] {
  return text.split('\n').flatMap((raw, index): readonly Entry[] => {
    const words = raw.trim().split(/\s+/);
    const marker = words[0]?.startsWith('@') === true ? (words.shift() ?? '') : '';
    const [names, type, data] = words;
    if (names === undefined || type === undefined || data === undefined || names.startsWith('#')) return [];
    const blob = Buffer.from(data, 'base64');
    return isWhole(blob, type) ? [{ line: index + 1, marker, names, type, blob }] : [];
  });
}

/** Parts of a public key, its type included. Ground: RFC 4253 6.6, RFC 5656 3.1, RFC 8709 4, OpenSSH's PROTOCOL.u2f. */
const PARTS: ReadonlyMap<string, number> = new Map([
  ['ssh-ed25519', 2],
  ['ssh-rsa', 3],
  ['ecdsa-sha2-nistp256', 3],
  ['ecdsa-sha2-nistp384', 3],
  ['ecdsa-sha2-nistp521', 3],
  ['sk-ssh-ed25519@openssh.com', 3],
  ['sk-ecdsa-sha2-nistp256@openssh.com', 4],
]);

/** A line that a crash cut off while it was added is nobody's key, and must not accuse the host of having changed its own. */
function isWhole(blob: Buffer, type: string): boolean {
  let parts = 0;
  let at = 0;
  while (at + 4 <= blob.length) {
    at += 4 + blob.readUInt32BE(at);
    parts++;
  }
  return at === blob.length && parts === (PARTS.get(type) ?? Math.max(2, parts));
}

function namesMatch(patterns: string, name: string): boolean {
  if (patterns.startsWith('|1|')) {
    const [, , salt = '', hash = ''] = patterns.split('|');
    const digest = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
    return digest.equals(Buffer.from(hash, 'base64'));
  }
  let matched = false;
  for (const pattern of patterns.split(',')) {
    const negated = pattern.startsWith('!');
    if (!matchesWildcard(negated ? pattern.slice(1) : pattern, name)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}
