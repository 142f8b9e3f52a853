import { describe, expect, it } from 'vitest';
import { composeCmdLine, splitCmdLine } from './cmd-line.ts';
import { composeCommandLine, splitCommandLine } from './command-line.ts';

describe('a Windows command line', () => {
  it.each([
    ['', []],
    ['   ', []],
    ['memfs -m Y:', ['memfs', '-m', 'Y:']],
    [
      '"C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe" -i -u \\memfs\\share',
      ['C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe', '-i', '-u', '\\memfs\\share'],
    ],
    ['a "b c" d', ['a', 'b c', 'd']],
    ['a ""', ['a', '']],
    ['a "ab\\"c" "\\\\" d', ['a', 'ab"c', '\\', 'd']],
    ['a a\\\\\\b d"e f"g h', ['a', 'a\\\\\\b', 'de fg', 'h']],
    ['a a\\\\\\"b c d', ['a', 'a\\"b', 'c', 'd']],
    ['a a\\\\\\\\"b c" d e', ['a', 'a\\\\b c', 'd', 'e']],
    ['a "b""c d"', ['a', 'b"c', 'd']],
    ['"C:\\a\\" b', ['C:\\a\\', 'b']],
    ['a "unclosed b', ['a', 'unclosed b']],
    ['a\tb\t\tc', ['a', 'b', 'c']],
    ['a b\\', ['a', 'b\\']],
  ])('%s', (line, argv) => {
    expect(splitCommandLine(line)).toEqual(argv);
  });

  it.each([
    [['a', 'b'], 'a b'],
    [['C:\\Program Files\\a.exe', ''], '"C:\\Program Files\\a.exe" ""'],
    [['a', 'b c\\'], 'a "b c\\\\"'],
    [['a', 'say "hi"'], 'a "say \\"hi\\""'],
    [['a', 'C:\\dir\\'], 'a C:\\dir\\'],
    [[], ''],
  ])('is composed from %j', (argv, line) => {
    expect(composeCommandLine(argv)).toBe(line);
  });
});

describe('a line for cmd.exe', () => {
  it.each([
    [['docker', 'run', 'a b'], 'docker run "a b"'],
    [['echo', 'a&b'], 'echo "a&b"'],
    [['echo', '100%'], 'echo 100^%'],
    [['echo', 'say "a & b"'], 'echo ^"say \\^"a ^& b\\^"^"'],
    [['C:\\Program Files (x86)\\a.exe', '(x)'], '"C:\\Program Files (x86)\\a.exe" "(x)"'],
    [['a(b)', 'x'], '"a(b)" x'],
  ])('is composed from %j', (argv, line) => {
    expect(composeCmdLine(argv)).toBe(line);
  });

  it.each([
    ['docker run ^\r\n  -d ^\n  image', ['docker', 'run', '-d', 'image']],
    ['docker run `\n  -d', ['docker', 'run', '-d']],
    ['echo a^&b & del x', ['echo', 'a&b']],
    ['echo "a & b" > file', ['echo', 'a & b']],
  ])('is read: %j', (line, argv) => {
    expect(splitCmdLine(line)).toEqual(argv);
  });
});
