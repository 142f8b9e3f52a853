import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOfValue } from './json-place.ts';

/** Cases a property: what comes from outside is read. */
const RUNS = 10_000;

/** Every place in a value, with what is there. */
function placesOf(
  value: unknown,
  path: readonly (string | number)[] = [],
): [path: readonly (string | number)[], value: unknown][] {
  const below =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) =>
          placesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
        )
      : [];
  return [[path, value], ...below];
}

describe('the place of a value in a JSON text', () => {
  it('is where that value is written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ depthSize: 'small' }), fc.constantFrom(0, 1, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const again: unknown = JSON.parse(text);
        for (const [path, there] of placesOf(again)) {
          const { line, column } = placeOfValue(text, path);
          const offset =
            text
              .split('\n')
              .slice(0, line - 1)
              .join('\n').length +
            (line > 1 ? 1 : 0) +
            column -
            1;
          const [first = ''] = JSON.stringify(there);
          expect(text.slice(offset, offset + 1)).toBe(first);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['a key of an object in a list', ['rules', 1, 'allow'], { line: 4, column: 16 }],
    ['a key that is not there: its holder', ['rules', 0, 'allow'], { line: 3, column: 5 }],
    ['an index that is not there: the list', ['rules', 7], { line: 2, column: 12 }],
    ['the whole', [], { line: 1, column: 1 }],
  ] as const)('%s', (_, path, place) => {
    const text = '{\n  "rules": [\n    { "x": "}," },\n    { "allow": 1 }\n  ]\n}';
    expect(placeOfValue(text, path)).toEqual(place);
  });
});
