import { describe, expect, it } from 'vitest';
import { wordLinkEnd } from './word-link-end.ts';

describe('where a link ends', () => {
  it.each([
    [{ root: 'nowhere' }, '\\Device\\Gone', 'nothing: no such object'],
    [{ root: 'nowhere' }, '\\??', "the caller's own drive letters, then the global ones"],
    [{ root: 'host', path: '\\Device\\Mup', type: 'Device' }, '\\Device\\Mup', "the host's Device"],
    [{ root: 'silo', path: '\\Device\\B', type: 'Device' }, '\\Device\\A', 'its own Device \\Device\\B'],
  ] as const)('%j of %s is %s', (leads, target, words) => {
    expect(wordLinkEnd(leads, target)).toBe(words);
  });
});
