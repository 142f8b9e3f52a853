import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader, frame, STREAMS } from './stdcopy.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

const frames = fc.array(fc.tuple(fc.constantFrom('stdout', 'stderr', 'system'), fc.uint8Array({ maxLength: 300 })));

describe('frames on a connection', () => {
  it('come back whole, however the bytes were chunked', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 64 }), (sent, size) => {
        const bytes = Buffer.concat(sent.map(([stream, payload]) => frame(stream, payload)));
        const reader = new FrameReader();
        const read: [number, number[]][] = [];
        for (let at = 0; at < bytes.length; at += size) {
          for (const { stream, payload } of reader.push(bytes.subarray(at, at + size)))
            read.push([stream, [...payload]]);
        }
        expect(read).toEqual(sent.map(([stream, payload]) => [STREAMS[stream], [...payload]]));
      }),
      { numRuns: RUNS },
    );
  });

  it('begin with the stream and the length, big-endian', () => {
    expect([...frame('stderr', Buffer.from('ab'))]).toEqual([2, 0, 0, 0, 0, 0, 0, 2, 97, 98]);
  });
});
