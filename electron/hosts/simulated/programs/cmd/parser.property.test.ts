import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments, wordsOf } from './arguments.ts';
import { evaluate } from './arithmetic.ts';
import { expandVariables } from './expand.ts';
import { forLines, forNumbers, forWords } from './for-set.ts';
import { parseLine } from './parser.ts';
import { SyntaxFault } from './syntax.ts';

const line = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(...'"^&|<>()%@ \t=,;12ai/\\.:*?!\n'.split(''), 'if ', 'for ', 'else ', 'do ', 'in '),
    maxLength: 40,
  }),
);

describe('any line given to cmd', () => {
  it('parses, or is called malformed: nothing else is ever thrown', () => {
    fc.assert(
      fc.property(line, text => {
        try {
          expect(parseLine(text).kind).toBeTypeOf('string');
        } catch (caught) {
          expect(caught).toBeInstanceOf(SyntaxFault);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is cut into words, expanded and counted without an error', () => {
    fc.assert(
      fc.property(line, line, (text, other) => {
        expect(parseArguments(text).words.every(word => !word.includes('"'))).toBe(true);
        expect(wordsOf(text).join('')).not.toContain('"');
        expect(expandVariables(text, () => undefined)).toBe(text);
        expect(expandVariables(text, () => other)).toBeTypeOf('string');
        expect(forWords(text)).toBeInstanceOf(Array);
        expect(forNumbers(text)).toBeInstanceOf(Array);
        expect(forLines([text], other)).toBeInstanceOf(Array);
        const value = evaluate(
          text,
          () => other,
          () => undefined,
        );
        expect(value === undefined || value === 'division' || Number.isInteger(value)).toBe(true);
      }),
    );
  });
});

describe('a quoted text in a command', () => {
  const inner = fc.string({ unit: fc.constantFrom(...'ab &|<>()^%=,;'.split('')), maxLength: 20 });

  it('is one argument, whatever it holds', () => {
    fc.assert(
      fc.property(inner, text => {
        expect(parseLine(`echo "${text}"`)).toEqual({
          kind: 'simple',
          name: 'echo',
          tail: ` "${text}"`,
          silent: false,
          redirections: [],
        });
      }),
    );
  });

  it('is a redirection target with the quotes off', () => {
    fc.assert(
      fc.property(inner, fc.constantFrom('>', '>>', '2>', '2>>', '<'), (text, arrow) => {
        fc.pre(text !== '');
        const parsed = parseLine(`echo x ${arrow}"${text}"`);
        const how = arrow === '<' ? 'read' : arrow.endsWith('>>') ? 'append' : 'replace';
        const handle = arrow.startsWith('2') ? 2 : arrow === '<' ? 0 : 1;
        expect(parsed).toEqual({
          kind: 'simple',
          name: 'echo',
          tail: ' x ',
          silent: false,
          redirections: [{ kind: 'file', handle, how, target: text }],
        });
      }),
    );
  });
});
