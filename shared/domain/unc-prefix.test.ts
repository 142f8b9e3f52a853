import { describe, expect, it } from 'vitest';
import { classOf, parseUncPrefix, proposeUniquePrefix, sameClass, samePrefix, uncPath } from './unc-prefix.ts';

describe('a UNC prefix', () => {
  it.each([
    ['\\memfs\\share', { ok: true, prefix: '\\memfs\\share', class: 'memfs', instance: 'share' }],
    ['\\memfs\\share\\\\', { ok: true, prefix: '\\memfs\\share', class: 'memfs', instance: 'share' }],
    ['\\a\\b\\c', { ok: true, prefix: '\\a\\b\\c', class: 'a', instance: 'b\\c' }],
    [
      '\\sshfs.k\\user@host!2222',
      { ok: true, prefix: '\\sshfs.k\\user@host!2222', class: 'sshfs.k', instance: 'user@host!2222' },
    ],
    ['', { ok: false, because: 'empty' }],
    ['  ', { ok: false, because: 'empty' }],
    ['\\', { ok: false, because: 'one-part-only' }],
    ['\\x', { ok: false, because: 'one-part-only' }],
    ['\\x\\', { ok: false, because: 'one-part-only' }],
    ['\\\\a\\b', { ok: false, because: 'two-leading-backslashes', proposal: '\\a\\b' }],
    ['\\\\a', { ok: false, because: 'two-leading-backslashes' }],
    ['a\\b', { ok: false, because: 'no-leading-backslash', proposal: '\\a\\b' }],
    ['/a/b', { ok: false, because: 'forward-slash', proposal: '\\a\\b' }],
    ['//a/b', { ok: false, because: 'forward-slash', proposal: '\\a\\b' }],
    ['\\a\\\\b', { ok: false, because: 'empty-part', proposal: '\\a\\b' }],
    ['\\a\\b:c', { ok: false, because: 'illegal-character' }],
    ['\\;a\\b', { ok: false, because: 'illegal-character' }],
    ['\\a\\b\u0000', { ok: false, because: 'illegal-character' }],
    [`\\a\\${'b'.repeat(188)}`, { ok: true, prefix: `\\a\\${'b'.repeat(188)}`, class: 'a', instance: 'b'.repeat(188) }],
    [`\\a\\${'b'.repeat(189)}`, { ok: false, because: 'too-long' }],
  ])('%j', (text, verdict) => {
    expect(parseUncPrefix(text)).toEqual(verdict);
  });

  it('is typed with one more backslash', () => {
    expect(uncPath('\\memfs\\share')).toBe('\\\\memfs\\share');
  });

  it('compares without case, and collides by its class alone', () => {
    expect({
      same: samePrefix('\\MemFS\\Share', '\\memfs\\share'),
      other: samePrefix('\\memfs\\a', '\\memfs\\b'),
      oneClass: sameClass('\\MEMFS\\a', '\\memfs\\b'),
      longer: sameClass('\\memfs\\a', '\\memfs2\\a'),
      class: classOf('\\MemFS\\a\\b'),
    }).toEqual({ same: true, other: false, oneClass: true, longer: false, class: 'memfs' });
  });

  it.each([
    [[], '\\memfs\\share', '\\memfs\\share'],
    [['\\memfs\\other'], '\\memfs\\share', '\\memfs-2\\share'],
    [['\\memfs\\a', '\\MEMFS-2\\a', '\\memfs-4\\a'], '\\memfs\\share', '\\memfs-3\\share'],
    [['\\memfs\\share'], '\\\\malformed', '\\memfs-2\\share'],
  ])('is proposed with a class that nobody has: %j, wish %j', (taken, wish, proposal) => {
    expect(proposeUniquePrefix(taken, wish)).toBe(proposal);
  });
});
