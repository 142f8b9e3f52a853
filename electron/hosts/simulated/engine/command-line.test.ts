import { describe, expect, it } from 'vitest';
import { commandLineOf } from './command-line.ts';

describe('words on their way to CreateProcess', () => {
  it.each([
    [['cmd', '/c', 'echo hello> Y:\\f.txt'], 'cmd /c "echo hello> Y:\\f.txt"'],
    [['a', ''], 'a ""'],
    [['say', 'a "b" c'], 'say "a \\"b\\" c"'],
    [['dir', 'C:\\Program Files\\'], 'dir "C:\\Program Files\\\\"'],
    [['x', '-u', '\\memfs\\share'], 'x -u \\memfs\\share'],
  ])('%j become %s', (words, line) => {
    expect(commandLineOf(words)).toBe(line);
  });

  it('stay as they are when the image escaped them', () => {
    expect(commandLineOf(['c:\\a b.exe', '"x"'], true)).toBe('c:\\a b.exe "x"');
  });
});
