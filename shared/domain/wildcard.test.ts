import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesWildcard } from './wildcard.ts';

describe('a wildcard', () => {
  it.each([
    ['*', '', true],
    ['*', 'anything', true],
    ['\\memfs\\*', '\\MemFS\\share', true],
    ['\\memfs\\*', '\\memfs2\\share', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a*b*c', 'aXbYbZc', true],
    ['a*b*c', 'aXbYbZ', false],
    ['a.c', 'abc', false],
    ['', '', true],
    ['', 'a', false],
    ['**', 'x', true],
  ])('%j on %j: %j', (pattern, text, matches) => {
    expect(matchesWildcard(pattern, text)).toBe(matches);
  });

  it('matches a text that was made from it, and does not choke on stars', () => {
    const piece = fc.stringMatching(/^[a-c]{0,3}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, piece)), parts => {
        expect(matchesWildcard(parts.map(([fixed]) => `${fixed}*`).join(''), parts.flat().join(''))).toBe(true);
      }),
    );
    expect(matchesWildcard('*a'.repeat(200), 'b'.repeat(5_000))).toBe(false);
  });
});
