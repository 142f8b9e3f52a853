import { describe, expect, it } from 'vitest';
import { parseLine } from './parser.ts';
import { type Command, SyntaxFault } from './syntax.ts';

const simple = (
  name: string,
  tail = '',
  redirections: Extract<Command, { kind: 'simple' }>['redirections'] = [],
): Command => ({
  kind: 'simple',
  name,
  tail,
  silent: false,
  redirections,
});

describe('a command line', () => {
  it.each<[string, Command]>([
    ['', { kind: 'nothing' }],
    [
      'echo hello> Y:\\f.txt',
      simple('echo', ' hello', [{ kind: 'file', handle: 1, how: 'replace', target: 'Y:\\f.txt' }]),
    ],
    ['echo 2>nul', simple('echo', ' ', [{ kind: 'file', handle: 2, how: 'replace', target: 'nul' }])],
    ['echo a2>nul', simple('echo', ' a2', [{ kind: 'file', handle: 1, how: 'replace', target: 'nul' }])],
    ['dir x 2>&1', simple('dir', ' x ', [{ kind: 'duplicate', handle: 2, of: 1 }])],
    ['echo a^&b ^"c', simple('echo', ' a&b "c')],
    ['a & b', { kind: 'sequence', left: simple('a', ' '), right: simple('b') }],
    [
      'a && b || c',
      { kind: 'or', left: { kind: 'and', left: simple('a', ' '), right: simple('b', ' ') }, right: simple('c') },
    ],
    ['a | b', { kind: 'pipe', left: simple('a', ' '), right: simple('b') }],
    ['"C:\\Program Files (x86)\\x.exe" -i', simple('"C:\\Program Files (x86)\\x.exe"', ' -i')],
    [
      '(a & b)',
      { kind: 'block', body: { kind: 'sequence', left: simple('a', ' '), right: simple('b') }, redirections: [] },
    ],
  ])('%j', (text, expected) => {
    expect(parseLine(text)).toEqual(expected);
  });

  it('takes the rest of the line as the body of an if', () => {
    expect(parseLine('if not exist x a & b')).toEqual({
      kind: 'if',
      not: true,
      ignoreCase: false,
      condition: { kind: 'exist', path: 'x' },
      body: { kind: 'sequence', left: simple('a', ' '), right: simple('b') },
      otherwise: undefined,
    });
  });

  it('knows else after a block only', () => {
    expect(parseLine('if "a"=="b" (x) else y')).toEqual({
      kind: 'if',
      not: false,
      ignoreCase: false,
      condition: { kind: 'compare', left: '"a"', operator: '==', right: '"b"' },
      body: { kind: 'block', body: simple('x'), redirections: [] },
      otherwise: simple('y'),
    });
  });

  it('reads a for over a command', () => {
    expect(parseLine(`for /f "tokens=2 delims=:" %i in ('ver') do echo %i`)).toEqual({
      kind: 'for',
      how: 'lines',
      options: 'tokens=2 delims=:',
      variable: 'i',
      set: "'ver'",
      body: simple('echo', ' %i'),
    });
  });

  it.each([
    ['a | ', '| was unexpected at this time.'],
    ['(a', 'The syntax of the command is incorrect.'],
    ['for %i (1) do a', 'The syntax of the command is incorrect.'],
    ['echo x >', 'The syntax of the command is incorrect.'],
    ['if a = b c', 'b was unexpected at this time.'],
  ])('refuses %j', (text, message) => {
    expect(() => parseLine(text)).toThrow(new SyntaxFault(message));
  });
});
