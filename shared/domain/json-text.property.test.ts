import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJsonText } from './json-text.ts';

function byTheEngine(text: string): { value: unknown } | 'mistake' {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return 'mistake';
  }
}

describe('the JSON reader', () => {
  it('reads every JSON value as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(readJsonText(text)).toEqual(byTheEngine(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses, and accepts what it accepts', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"\\n"',
      '"',
      '\\',
      '1',
      '-',
      '0.5',
      'e3',
      ' ',
      '\n',
      'true',
      'nul',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), pieces => {
        const text = pieces.join('');
        const reading = readJsonText(text);
        const engine = byTheEngine(text);
        // The engine keeps the last of two equal keys; we refuse them.
        if ('mistake' in reading && reading.mistake.expected === 'each key once') return;
        expect('mistake' in reading ? 'mistake' : reading).toEqual(engine);
      }),
      { numRuns: 2_000 },
    );
  });
});
