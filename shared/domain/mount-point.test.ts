import { describe, expect, it } from 'vitest';
import { freeLetters, judgeMountPoint, parseMountPoint } from './mount-point.ts';

describe('a mount point', () => {
  it.each([
    ['Y:', { ok: true, mountPoint: { kind: 'drive', letter: 'Y' } }],
    ['y:', { ok: true, mountPoint: { kind: 'drive', letter: 'Y' } }],
    ['*', { ok: true, mountPoint: { kind: 'any' } }],
    ['*:', { ok: true, mountPoint: { kind: 'any' } }],
    ['\\\\.\\x:', { ok: true, mountPoint: { kind: 'mount-manager', letter: 'X' } }],
    ['\\\\?\\X:', { ok: true, mountPoint: { kind: 'mount-manager', letter: 'X' } }],
    ['Y:\\dir', { ok: true, mountPoint: { kind: 'directory', path: 'Y:\\dir' } }],
    ['C:\\mnt\\data\\', { ok: true, mountPoint: { kind: 'directory', path: 'C:\\mnt\\data' } }],
    ['', { ok: false, because: 'empty' }],
    ['y', { ok: false, because: 'letter-without-colon', proposal: 'Y:' }],
    ['y:\\', { ok: false, because: 'trailing-backslash', proposal: 'Y:' }],
    ['y:/', { ok: false, because: 'trailing-backslash', proposal: 'Y:' }],
    ['\\\\memfs\\share', { ok: false, because: 'unc-path' }],
    ['\\\\.\\pipe\\x', { ok: false, because: 'unc-path' }],
    ['C:/mnt', { ok: false, because: 'forward-slash', proposal: 'C:\\mnt' }],
    ['mnt/data', { ok: false, because: 'forward-slash' }],
    ['mnt', { ok: false, because: 'relative-path' }],
    ['Y:dir', { ok: false, because: 'relative-path' }],
    ['C:\\a<b', { ok: false, because: 'illegal-character' }],
    ['1:', { ok: false, because: 'relative-path' }],
  ])('%j', (text, verdict) => {
    expect(parseMountPoint(text)).toEqual(verdict);
  });

  it.each([
    ['Y:', 'network', [], { ok: true, mountPoint: { kind: 'drive', letter: 'Y' } }],
    ['Y:', 'disk', ['y:'], { ok: false, because: 'letter-taken', proposal: 'Z:' }],
    ['Z:', 'network', ['C:', 'Z:', 'Y:'], { ok: false, because: 'letter-taken', proposal: 'X:' }],
    ['\\\\.\\Y:', 'disk', ['Y:'], { ok: false, because: 'letter-taken', proposal: 'Z:' }],
    ['\\\\.\\Y:', 'disk', [], { ok: true, mountPoint: { kind: 'mount-manager', letter: 'Y' } }],
    ['\\\\.\\Y:', 'network', [], { ok: false, because: 'network-volume-needs-a-letter', proposal: 'Z:' }],
    ['C:\\mnt', 'network', ['Z:'], { ok: false, because: 'network-volume-needs-a-letter', proposal: 'Y:' }],
    ['C:\\mnt', 'disk', [], { ok: true, mountPoint: { kind: 'directory', path: 'C:\\mnt' } }],
    ['c:', 'disk', [], { ok: false, because: 'system-drive', proposal: 'Z:' }],
    ['*', 'network', [], { ok: true, mountPoint: { kind: 'any' } }],
    ['y', 'disk', [], { ok: false, because: 'letter-without-colon', proposal: 'Y:' }],
  ] as const)('%j of a %s volume, with %j taken', (text, kind, taken, verdict) => {
    expect(judgeMountPoint(text, kind, taken)).toEqual(verdict);
  });

  it('is refused without a proposal when no letter is left', () => {
    const all = freeLetters([]);
    expect([all.length, judgeMountPoint('Z:', 'disk', all)]).toEqual([23, { ok: false, because: 'letter-taken' }]);
  });
});
