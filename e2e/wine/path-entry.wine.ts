import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type KeptPath,
  openPathRegistry,
  type PathRegistry,
} from '../../electron/shells/cli/path-entry/path-registry.ts';

const program = fileURLToPath(new URL('../../out/cli/path-entry.js', import.meta.url));
const BIN = 'C:\\Users\\Zoë\\AppData\\Local\\Programs\\Siloscope\\bin';

/** Answers the exit code. Without pipes: the desktop that Wine starts for a broadcast would keep them open for ever. */
function run(...argv: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...argv], { stdio: 'ignore' });
    child.on('error', reject);
    child.on('exit', resolve);
  });
}

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
  ])('takes the command line in and gives it back: %s', async (_what, expands, length) => {
    const text = '%USERPROFILE%\\bin;C:\\Größe\\中文;'
      .repeat(Math.ceil(length / 30))
      .slice(0, length)
      .replace(/;$/, '_');
    registry.write({ text, expands });
    expect(await run('add', BIN)).toBe(0);
    expect(registry.read()).toEqual({ text: `${text};${BIN}`, expands });
    expect(await run('add', BIN)).toBe(0);
    expect(registry.read()).toEqual({ text: `${text};${BIN}`, expands });
    expect(await run('remove', BIN)).toBe(0);
    expect(registry.read()).toEqual({ text, expands });
  });
});
