import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../serving/package-root.ts';

const ROOT = packageRoot();
const BIN = join(ROOT, 'electron', 'build', 'siloscope.mjs');
const IS_POSIX = process.platform !== 'win32';
const ENV = { ...process.env, SILOSCOPE_CONNECT: '', NO_COLOR: '' };

function siloscope(...argv: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...argv], { encoding: 'utf8', env: ENV });
  return { status, stdout, stderr };
}

beforeAll(() => {
  expect(existsSync(join(ROOT, 'out', 'cli', 'main.js')), 'out/ is missing: run "npm run build" first').toBe(true);
});

describe('the bin', () => {
  it('answers in JSON and nothing else', () => {
    const { status, stdout, stderr } = siloscope('profiles', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).profiles.length).toBeGreaterThan(3);
  });

  it('ends with the fault’s exit code', () => {
    const { status, stdout, stderr } = siloscope('doctor', '--scenario', 'nope', '--json');
    expect({ status, stderr, fault: JSON.parse(stdout).fault.code }).toEqual({
      status: 2,
      stderr: '',
      fault: 'not-found',
    });
  });

  it('opens no file of the packages that it has inside, nor what they would drag along', async () => {
    const folder = join(ROOT, 'out', 'cli');
    const parts = (await readdir(folder)).filter(name => name.endsWith('.js'));
    const asking = await Promise.all(
      parts.map(async name => {
        const text = await readFile(join(folder, name), 'utf8');
        const outside = /(?:from |require\(|import\()"(@grpc|commander|dockerode|docker-modem|protobufjs|zod)[/"]/.exec(
          text,
        )?.[1];
        // A client for SSH is for who opens a host that way.
        const isEager = !name.startsWith('open-remote-') && text.includes('from "ssh2"');
        return [name, outside, isEager] as const;
      }),
    );
    expect(asking.filter(([, outside, isEager]) => outside !== undefined || isEager)).toEqual([]);
  });

  it('says in one sentence what to run when it is not built', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'unbuilt-'));
    await mkdir(join(folder, 'electron', 'build'), { recursive: true });
    const bin = join(folder, 'electron', 'build', 'siloscope.mjs');
    await copyFile(BIN, bin);
    const { status, stderr } = spawnSync(process.execPath, [bin, 'doctor'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({
      status: 3,
      stderr: 'siloscope is not built yet: run "npm run build" in its folder, then try again.\n',
    });
    await rm(folder, { recursive: true });
  });

  it.runIf(IS_POSIX)('does not mind a reader that has seen enough', () => {
    const line = `"${process.execPath}" "${BIN}" help launch | head -n 1; exit "\${PIPESTATUS[0]}"`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8', env: ENV });
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'Usage: siloscope launch [options] PROFILE | -- COMMAND...\n',
      stderr: '',
    });
  });

  it.runIf(IS_POSIX).each(['SIGINT', 'SIGTERM'] as const)('runs sim until %s, then ends with 0', async signal => {
    const child = spawn(process.execPath, [BIN, 'sim', '--listen', 'tcp://127.0.0.1:0', '--json'], { env: ENV });
    const ready = await new Promise<string>(
      resolve => void child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())),
    );
    expect(JSON.parse(ready)).toMatchObject({ ready: true, scenario: 'default' });
    const ended = new Promise<number | null>(resolve => void child.once('exit', code => resolve(code)));
    child.kill(signal);
    expect(await ended).toBe(0);
  });

  it.runIf(hasScript())('draws progress on a real terminal, and leaves nothing of it behind the answer', () => {
    const line = `"${process.execPath}" "${BIN}" images --pull mcr.microsoft.com/windows/nanoserver:ltsc2025`;
    const { status, stdout } = spawnSync('script', ['-qec', line, '/dev/null'], {
      encoding: 'utf8',
      env: { ...ENV, TERM: 'xterm', COLUMNS: '100' },
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/\[#+-*\] +\d+ %/);
    expect(stdout).toContain('\u001b[');
    expect(stdout.lastIndexOf('Pulled ')).toBeGreaterThan(stdout.lastIndexOf(' %'));
  });
});

function hasScript(): boolean {
  return process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
}
