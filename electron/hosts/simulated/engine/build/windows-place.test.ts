import { describe, expect, it } from 'vitest';
import { BuildContext, ignoring } from './build-context.ts';
import { copyTarget, workingDirectory } from './windows-place.ts';

describe('WORKDIR on Windows', () => {
  it.each([
    ['', 'a', 'C:\\a'],
    ['', 'c:\\foo', 'C:\\foo'],
    ['', '/foo', 'C:\\foo'],
    ['C:\\foo', 'bar', 'C:\\foo\\bar'],
    ['C:\\foo', '/bar', 'C:\\bar'],
    ['C:\\foo', 'c:/bar', 'C:\\bar'],
    ['C:\\foo\\bar', '..', 'C:\\foo'],
  ])('from %s to %s is %s', (current, asked, expected) => {
    expect(workingDirectory(current, asked)).toBe(expected);
  });

  it('is no drive letter alone', () => {
    expect(() => workingDirectory('', 'C:')).toThrow('C:. is not a directory');
  });
});

describe('the target of COPY on Windows', () => {
  it.each([
    ['', 'C:/x', '\\x'],
    ['', 'c:\\x\\', '\\x\\'],
    ['', '/x/y', '\\x\\y'],
    ['C:\\w', 'x', '\\w\\x'],
    ['C:\\w', '.', '\\w\\'],
    ['C:\\w', './', '\\w\\'],
    ['', '/', '\\'],
  ])('in %s, %s is %s', (workingDir, asked, expected) => {
    expect(copyTarget(workingDir, asked, 'COPY')).toBe(expected);
  });
});

describe('.dockerignore', () => {
  it.each([
    ['*.txt', 'a.txt', true],
    ['*.txt', 'b/a.txt', false],
    ['**/*.txt', 'b/c/a.txt', true],
    ['b', 'b/c', true],
    ['*\n!keep', 'keep', false],
    ['# a', 'a', false],
    ['/a/', 'a/b', true],
    ['a?c', 'abc', true],
    ['a.c', 'abc', false],
  ])('%s and %s: %s', (list, path, expected) => {
    expect(ignoring(list)(path)).toBe(expected);
  });

  it('takes itself and the Dockerfile out of the context, and leaves the rest to the client', () => {
    const files = { '.dockerignore': '*', Dockerfile: 'FROM a', 'a.txt': 'a' };
    const context = new BuildContext(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
    expect(context.withoutIgnored('Dockerfile').names()).toEqual(['a.txt']);
  });
});
