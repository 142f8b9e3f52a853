import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLocalServices } from '../serving/local-services.ts';
import { startWebServer } from '../serving/web-server.ts';
import { run } from './run.ts';
import type { Doors } from './session.ts';
import { captureIo } from './testing/captured-io.ts';

const SERVERCORE = 'mcr.microsoft.com/windows/servercore:ltsc2025';
const LONG_AGO = '2026-01-01T00:00:00.000Z';
const OTHER = 'process 12 on 00000000';
/** A host on which a crash left a successor without its name, and a container of a self-test. */
const SCENARIO = {
  name: 'left-behind',
  winfsp: { fsd: 'running' },
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
  containers: [
    {
      name: 'one.next-0a1b2c3d',
      image: SERVERCORE,
      labels: {
        'dev.siloscope.relaunch.of': 'f'.repeat(64),
        'dev.siloscope.relaunch.name': 'one',
        'dev.siloscope.relaunch.at': LONG_AGO,
        'dev.siloscope.relaunch.by': OTHER,
      },
      fileSystems: [{ commandLine: '"{winfsp}\\bin\\memfs-x64.exe" -i -m Y:' }],
    },
    {
      name: 'siloscope-test-1-network',
      image: SERVERCORE,
      labels: { 'dev.siloscope.isolation-test': LONG_AGO, 'dev.siloscope.isolation-test.by': OTHER },
    },
  ],
};

let folder: string;
let scenario: string;
let doors: Doors;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-left-'));
  scenario = join(folder, 'left-behind.json');
  await writeFile(scenario, JSON.stringify(SCENARIO));
  doors = { openServices: (target, signal) => openLocalServices(target, signal, { folder }), startWebServer };
});
afterAll(() => rm(folder, { recursive: true }));

async function ran(...argv: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const io = captureIo({ env: { NO_COLOR: '1' }, columns: 120 });
  const exitCode = await run([...argv, '--scenario', scenario], io, doors);
  return { exitCode, out: io.out(), err: io.err().replace(/\s+/g, ' ') };
}

describe('what a crash left behind', () => {
  it.each(['list', 'doctor'])('is told beside the answer of %s, with the command that ends it', async command => {
    const { err } = await ran(command);
    expect(err).toContain('Removed what a self-test left that was cut off: siloscope-test-1-network');
    expect(err).toContain('A relaunch of one, begun 2026-01-01T00:00:00.000Z, was cut off: what ran before is gone');
    expect(err).toContain(`fix --finish one`);
  });

  it('is not in the JSON answer', async () => {
    const { exitCode, out } = await ran('list', '--json');
    expect({ exitCode, keys: Object.keys(JSON.parse(out)) }).toEqual({
      exitCode: 0,
      keys: ['revision', 'fileSystems'],
    });
  });

  it('is ended the way that was asked for', async () => {
    const { exitCode, out } = await ran('fix', '--finish', 'one', '--json');
    expect({ exitCode, answer: JSON.parse(out) }).toEqual({ exitCode: 0, answer: { container: 'one' } });
  });

  it.each([
    [['fix', '--restore', 'one'], 'There is no way out for one "restore"'],
    [['fix', '--finish', 'two'], 'There is no relaunch that was broken off "two"'],
    [['fix', '--finish', 'one', '--by', 'accept'], 'give it alone'],
    [['fix', '--finish', 'one', '--restore', 'one'], 'give it alone'],
  ])('is not ended by %j', async (argv, says) => {
    const { exitCode, err } = await ran(...argv);
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining(says) });
  });
});
