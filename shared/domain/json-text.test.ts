import { describe, expect, it } from 'vitest';
import { readJsonText } from './json-text.ts';

describe('a JSON text with a mistake', () => {
  it.each([
    ['', 1, 1, 'a value', 'the end of the text'],
    ['{', 1, 2, 'a key in double quotes', 'the end of the text'],
    ['{\n  "name": "a",\n}', 3, 1, 'a key in double quotes', '}'],
    ['{ "name" "a" }', 1, 10, '":" after the key "name"', '"'],
    ['{ "a": 1 "b": 2 }', 1, 10, '"," or "}"', '"'],
    ['[1, 2', 1, 6, '"," or "]"', 'the end of the text'],
    ['{ "m": "Z:\n" }', 1, 11, 'a closing double quote', 'the end of the line'],
    ['{ "u": "\\memfs\\share" }', 1, 10, 'an escape; one backslash is written as two', '\\m'],
    ['"\\u00g0"', 1, 4, 'four hexadecimal digits', '00g0'],
    ['{}\n{}', 2, 1, 'the end of the text', '{'],
    ['{ "a": 1,\r\n  "a": 2 }', 2, 3, 'each key once', '"a" again'],
    ['{ "a": yes }', 1, 8, 'a value', 'yes'],
    ['[01]', 1, 3, '"," or "]"', '1'],
  ])('%j is refused at line %i, column %i', (text, line, column, expected, found) => {
    expect(readJsonText(text)).toEqual({ mistake: { line, column, expected, found } });
  });

  it('is refused, not followed, when it nests without end', () => {
    expect(readJsonText('['.repeat(100_000))).toEqual({
      mistake: { line: 1, column: 202, expected: 'at most 200 levels', found: 'a deeper one' },
    });
  });
});

describe('a JSON text as PowerShell saves it', () => {
  it('may begin with a byte order mark', () => {
    expect(readJsonText('\uFEFF{"seed": 2}\r\n')).toEqual({ value: { seed: 2 } });
  });
});
