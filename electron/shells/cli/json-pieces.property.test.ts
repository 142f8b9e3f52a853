import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonPieces } from './json-pieces.ts';

const written = (value: object): string => [...jsonPieces(value)].join('');

describe('an answer written as JSON in pieces', () => {
  it('is laid out as JSON is, while its lists are short', () => {
    const short = fc.oneof(
      fc.dictionary(fc.string(), fc.jsonValue({ depthSize: 'small' })),
      fc.array(fc.jsonValue({ depthSize: 'small' })),
    );
    fc.assert(
      fc.property(short, value => {
        expect(written(value)).toBe(`${JSON.stringify(value, undefined, 2)}\n`);
      }),
    );
  });

  it('says the same when its lists are long, an element a line', () => {
    const volumes = Array.from({ length: 100 }, (_, index) => ({ device: `v${index}`, cells: [1, 2] }));
    const text = written({ host: 'a', volumes, none: undefined });
    expect(JSON.parse(text)).toEqual({ host: 'a', volumes });
    expect(text.split('\n')).toHaveLength(1 + 1 + 1 + 100 + 1 + 1 + 1);
  });
});
