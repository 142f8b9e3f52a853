import { describe, expect, it } from 'vitest';
import { checkMountPoint, checkUncPrefix } from './field-checks.ts';

describe('a mount point as it is typed', () => {
  it.each([
    ['', 'disk', 'none', undefined],
    ['Y:', 'disk', 'none', undefined],
    ['Y', 'disk', 'error', 'Y:'],
    ['C:', 'disk', 'error', undefined],
    ['C:\\mnt', 'network', 'error', undefined],
  ] as const)('%j of a %s volume: %s', (text, kind, state, proposal) => {
    const check = checkMountPoint(text, kind);
    expect(check.state).toBe(state);
    if (proposal !== undefined) expect(check.proposal).toBe(proposal);
  });
});

describe('a UNC prefix as it is typed', () => {
  const taken = [{ prefix: '\\memfs\\share', by: 'memfs-share' }];

  it.each([
    ['', 'none', undefined],
    ['\\other\\share', 'none', undefined],
    ['\\\\other\\share', 'error', '\\other\\share'],
    ['\\MEMFS\\elsewhere', 'warning', '\\MEMFS-2\\elsewhere'],
  ])('%j: %s', (text, state, proposal) => {
    const check = checkUncPrefix(text, taken);
    expect([check.state, check.proposal]).toEqual([state, proposal]);
  });

  it('names whoever is in the way', () => {
    expect(checkUncPrefix('\\memfs\\x', taken).message).toContain('memfs-share');
  });
});
