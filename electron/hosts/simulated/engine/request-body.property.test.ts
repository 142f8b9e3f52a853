import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutBody } from './request-body.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

const bytes = fc.uint8Array({ maxLength: 60 }).map(array => Buffer.from(array));

describe('the body of a request that asks for an upgrade', () => {
  it('is cut off by its length; what follows belongs to the stream', () => {
    fc.assert(
      fc.property(bytes, bytes, (body, rest) => {
        expect(cutBody(Buffer.concat([body, rest]), { 'content-length': String(body.length) })).toEqual({ body, rest });
      }),
      { numRuns: RUNS },
    );
  });

  it('is put together from its chunks', () => {
    fc.assert(
      fc.property(fc.array(bytes), bytes, (chunks, rest) => {
        const filled = chunks.filter(chunk => chunk.length > 0);
        const coded = filled.flatMap(chunk => [
          Buffer.from(`${chunk.length.toString(16)}\r\n`),
          chunk,
          Buffer.from('\r\n'),
        ]);
        const wire = Buffer.concat([...coded, Buffer.from('0\r\n\r\n'), rest]);
        expect(cutBody(wire, { 'transfer-encoding': 'chunked' })).toEqual({ body: Buffer.concat(filled), rest });
      }),
      { numRuns: RUNS },
    );
  });

  it('is waited for while it is not complete', () => {
    expect(cutBody(Buffer.from('{"a"'), { 'content-length': '9' })).toBeUndefined();
    expect(cutBody(Buffer.from('5\r\nab'), { 'transfer-encoding': 'chunked' })).toBeUndefined();
  });
});
