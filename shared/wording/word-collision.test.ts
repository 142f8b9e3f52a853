import { describe, expect, it } from 'vitest';
import type { Collision } from '../domain/collision.ts';
import { wordCollision } from './word-collision.ts';

const a = { namespace: 'silo:4', label: 'a' };

describe('a collision in words', () => {
  it.each<[Collision, string]>([
    [{ what: 'mount-point', name: 'Y:', by: [a], proposal: 'Z:' }, 'Y: is taken by a. Free: Z:.'],
    [
      { what: 'prefix', name: '\\memfs\\share', by: [a, a], proposal: '\\memfs-2\\share' },
      '\\\\memfs\\share is taken by a. Only one of the two would answer. Free: \\memfs-2\\share.',
    ],
    [
      { what: 'class', name: 'memfs', by: [a] },
      'Names that begin with \\\\memfs are taken by a. One of the two could not be reached by its UNC name (expected, not proven).',
    ],
    [
      { what: 'server', name: 'FS\u202e', by: [] },
      '\\\\FS\\u{202e} is a real server. One would hide the other (expected, not proven).',
    ],
  ])('%j', (collision, words) => {
    expect(wordCollision(collision)).toBe(words);
  });
});
