import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeCmdLine, splitCmdLine } from './cmd-line.ts';
import { composeCommandLine, splitCommandLine } from './command-line.ts';

const nasty = fc.string({
  unit: fc.constantFrom('\\', '"', ' ', '\t', 'a', 'Z', ':', '^', '&', '|', '<', '>', '(', ')', '%', '!', '=', 'é'),
});
const argument = fc.oneof(nasty, fc.string({ unit: 'grapheme' }));
const program = fc.oneof(nasty, fc.string()).map(text => text.replace(/"/g, ''));
const argv = fc.tuple(program, fc.array(argument)).map(([first, rest]) => [first, ...rest]);

describe('arguments', () => {
  it('come back from the command line that they were composed into', () => {
    fc.assert(
      fc.property(argv, args => {
        expect(splitCommandLine(composeCommandLine(args))).toEqual(args);
      }),
      { numRuns: 10_000 },
    );
  });

  it('come back from a line for cmd.exe, but for line breaks', () => {
    fc.assert(
      fc.property(argv, args => {
        const typed = args.map(arg => arg.replace(/[\r\n]+/g, ' '));
        expect(splitCmdLine(composeCmdLine(args))).toEqual(typed);
      }),
      { numRuns: 10_000 },
    );
  });

  it('can be read from any text', () => {
    fc.assert(
      fc.property(argument, text => {
        const once = splitCommandLine(text);
        if (!once[0]?.includes('"')) expect(splitCommandLine(composeCommandLine(once))).toEqual(once);
        expect(splitCmdLine(text)).toBeInstanceOf(Array);
      }),
      { numRuns: 10_000 },
    );
  });
});
