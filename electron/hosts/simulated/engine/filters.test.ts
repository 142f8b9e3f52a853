import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilters } from './filters.ts';

describe('the filters of a query', () => {
  it.each([
    ['{"type":{"container":true,"image":true}}', ['container', 'image']],
    ['{"type":["container"]}', ['container']],
    ['', []],
    [undefined, []],
  ])('%s are read in either shape', (text, values) => {
    expect(parseFilters(text, ['type']).values('type')).toEqual(values);
  });

  it.each([
    ['{', 'invalid filter'],
    ['[]', 'invalid filter'],
    ['{"type":1}', 'invalid filter'],
    ['{"type":[1]}', 'invalid filter'],
    ['{"foo":["x"]}', "invalid filter 'foo'"],
  ])('%s are refused', (text, message) => {
    expect(() => parseFilters(text, ['type'])).toThrow(expect.objectContaining({ status: 400, message }));
  });

  it.each([
    [['a'], true],
    [['a=1'], true],
    [['a=2'], false],
    [['a', 'b=x=y'], true],
    [['c'], false],
  ])('labels %j hold: %s', (wanted, holds) => {
    const filters = parseFilters(JSON.stringify({ label: wanted }), ['label']);
    expect(filters.labels('label', { a: '1', b: 'x=y' })).toBe(holds);
  });

  it.each([
    ['true', true],
    ['1', true],
    ['False', false],
    ['0', false],
  ])('the flag %s is %s', (text, value) => {
    expect(parseFilters(JSON.stringify({ dangling: [text] }), ['dangling']).flag('dangling')).toBe(value);
  });

  it('say the same in both shapes', () => {
    const entries = fc.dictionary(
      fc.constantFrom('name', 'id'),
      fc.uniqueArray(fc.string({ minLength: 1 }).filter(text => !/^(\d+|__proto__)$/.test(text))),
    );
    fc.assert(
      fc.property(entries, wanted => {
        const asObject = Object.fromEntries(
          Object.entries(wanted).map(([key, values]) => [key, Object.fromEntries(values.map(value => [value, true]))]),
        );
        const read = (shape: unknown) => parseFilters(JSON.stringify(shape), ['name', 'id']).entries();
        expect(read(asObject)).toEqual(read(wanted));
      }),
    );
  });
});
