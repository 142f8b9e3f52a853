import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameSplitter } from './frame-splitter.ts';
import { JsonLineSplitter } from './json-lines.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

/** Bytes cut at any places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...new Set(places.map(place => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((start, index) => bytes.subarray(start, at[index] ?? bytes.length));
}

describe('a multiplexed stream', () => {
  const payload = fc.uint8Array({ maxLength: 30 }).map(bytes => Buffer.from(bytes));
  const frames = fc.array(fc.record({ stderr: fc.boolean(), payload }), { maxLength: 12 });

  it('is read alike however it is cut', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.nat(500)), (written, places) => {
        const bytes = Buffer.concat(
          written.flatMap(one => {
            const header = Buffer.alloc(8);
            header[0] = one.stderr ? 2 : 1;
            header.writeUInt32BE(one.payload.length, 4);
            return [header, one.payload];
          }),
        );
        const splitter = new FrameSplitter();
        const read = cut(bytes, places).flatMap(chunk => splitter.push(chunk));
        expect(read.map(one => [one.source, one.payload.toString('hex')])).toEqual(
          written.map(one => [one.stderr ? 'stderr' : 'stdout', one.payload.toString('hex')]),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('that is none loses no byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 200 }), given => {
        const bytes = Buffer.concat([Buffer.from([9]), Buffer.from(given)]);
        const read = new FrameSplitter().push(bytes);
        expect(Buffer.concat(read.map(one => one.payload)).equals(bytes)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('a stream of JSON lines', () => {
  it('is read alike however it is cut, characters of several bytes included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.string({ unit: 'grapheme' })), { maxLength: 8 }),
        fc.array(fc.nat(500)),
        (objects, places) => {
          const plain: unknown[] = objects.map(one => JSON.parse(JSON.stringify(one)));
          const bytes = Buffer.from(objects.map(one => `${JSON.stringify(one)}\r\n`).join(''));
          const splitter = new JsonLineSplitter();
          const read = [...cut(bytes, places).flatMap(chunk => splitter.push(chunk)), ...splitter.end()];
          expect(read).toEqual(plain.map(value => ({ value })));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('hands on what is no JSON, and never fails', () => {
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        const splitter = new JsonLineSplitter();
        for (const line of [...splitter.push(Buffer.from(bytes)), ...splitter.end()]) {
          expect('value' in line || line.malformed.length > 0).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
