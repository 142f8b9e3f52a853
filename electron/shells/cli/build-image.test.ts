import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ran, ranJson } from './testing/real-doors.ts';

const PLAIN = { columns: 100, env: { NO_COLOR: '1' } };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-recipe-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('images build', () => {
  it('shows the Dockerfile, each file with its size, and the command that does the same', async () => {
    const { exitCode, out } = await ran(['images', 'build', 'memfs-disk', '--print'], PLAIN);
    expect(exitCode).toBe(0);
    expect(out).toContain('  COPY ["memfs-x64.exe", "winfsp-x64.*", "C:/Program Files (x86)/WinFsp/bin/"]\n');
    expect(out).toMatch(/winfsp-x64\.dll +\d+ B +C:\\Program Files \(x86\)\\WinFsp\\bin\\winfsp-x64\.dll\n/);
    expect(out).toContain('docker build --build-arg BASE=mcr.microsoft.com/windows/servercore:ltsc2025 -t ');
  });

  it('builds, and says how to launch with it', async () => {
    const { exitCode, out, err } = await ran(['images', 'build', 'memfs-disk', '--tag', 'mine/memfs:1'], PLAIN);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: expect.stringContaining('--image mine/memfs:1\n') });
    expect(err).toContain('[2/4] FROM $BASE\n');
  });

  it('answers as JSON, with the hash of each file', async () => {
    const told = await ranJson('images', 'build', 'memfs-disk');
    expect(told).toMatchObject({
      exitCode: 0,
      json: { files: [{ name: 'memfs-x64.exe', sha256: expect.any(String) }, {}, {}] },
    });
  });

  it('takes files from where they are, and a text of its own', async () => {
    const file = join(folder, 'Dockerfile');
    await writeFile(file, 'ARG BASE\nFROM $BASE\nCOPY juicefs.exe C:/j/\nRUN exit 4\n');
    const memfs = 'juicefs.exe=C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe';
    const { exitCode, err } = await ran(
      ['images', 'build', 'juicefs-disk', '--file', memfs, '--dockerfile', file],
      PLAIN,
    );
    expect(exitCode).toBe(5);
    expect(err.replaceAll(/\s+/g, ' ')).toContain('It failed at step 4 of 4, line 4 of the Dockerfile: RUN exit 4.');
  });

  it.each([
    [['images', 'build', 'rclone-disk', '--file', 'nope.exe=C:\\x.exe'], 'There is no file of the recipe "nope.exe"'],
    [['images', 'build', 'rclone-disk', '--file', 'rclone.exe'], 'expected NAME=PATH'],
    [
      ['images', 'build', 'rclone-disk', '--scenario', 'winfsp-container-support'],
      'is not on the host. Put it there, or say where it is',
    ],
    [['images', 'build', 'nobody'], 'There is no profile "nobody"'],
  ])('%s is asked wrongly, and says why', async (argv, says) => {
    const { exitCode, err } = await ran(argv, PLAIN);
    expect({ exitCode, err: err.replaceAll(/\s+/g, ' ') }).toEqual({ exitCode: 2, err: expect.stringContaining(says) });
  });
});
