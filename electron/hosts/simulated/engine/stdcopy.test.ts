import { describe, expect, it } from 'vitest';
import { frame } from './stdcopy.ts';

describe('a frame on a connection', () => {
  it.each([
    ['stdin', 0],
    ['stdout', 1],
    ['stderr', 2],
    ['system', 3],
  ] as const)('begins with its stream and its length, big-endian: %s', (stream, number) => {
    expect([...frame(stream, Buffer.from('ab'))]).toEqual([number, 0, 0, 0, 0, 0, 0, 2, 97, 98]);
    expect([...frame(stream, Buffer.alloc(0x010203)).subarray(0, 8)]).toEqual([number, 0, 0, 0, 0, 1, 2, 3]);
  });
});
