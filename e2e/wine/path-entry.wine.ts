import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type KeptPath,
  openPathRegistry,
  type PathRegistry,
} from '../../electron/shells/cli/path-entry/path-registry.ts';

const program = fileURLToPath(new URL('../../out/cli/path-entry.js', import.meta.url));
const BIN = 'C:\\Users\\Zoë\\AppData\\Local\\Programs\\Siloscope\\bin';
const run = (...argv: readonly string[]): void => void execFileSync(process.execPath, [program, ...argv]);

describe('the search path in the registry of Windows', () => {
  let registry: PathRegistry;
  let before: KeptPath | undefined;
  beforeAll(async () => {
    registry = await openPathRegistry('user');
    before = registry.read();
  });
  afterAll(() => registry.write(before ?? { text: '', expands: true }));

  it.each([
    ['a long one with variables and letters of many scripts', true, 30_000],
    ['a plain one', false, 12],
  ])('takes the command line in and gives it back: %s', (_what, expands, length) => {
    const text = '%USERPROFILE%\\bin;C:\\Größe\\中文;'
      .repeat(Math.ceil(length / 30))
      .slice(0, length)
      .replace(/;$/, '_');
    registry.write({ text, expands });
    run('add', BIN);
    expect(registry.read()).toEqual({ text: `${text};${BIN}`, expands });
    run('add', BIN);
    expect(registry.read()).toEqual({ text: `${text};${BIN}`, expands });
    run('remove', BIN);
    expect(registry.read()).toEqual({ text, expands });
  });
});
