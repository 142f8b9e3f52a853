import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTarget, openLocalServices } from '../serving/local-services.ts';
import { run } from './run.ts';
import { captureIo } from './testing/captured-io.ts';
import { type Ran, REAL_DOORS, ran, type Simulation, simulation } from './testing/real-doors.ts';

let sim: Simulation;
let folder: string;
beforeAll(async () => {
  sim = await simulation('default');
  folder = await mkdtemp(join(tmpdir(), 'siloscope-workspaces-'));
});
afterAll(async () => {
  await sim.end();
  await rm(folder, { recursive: true });
});

const PLAIN = { columns: 100, env: { NO_COLOR: '1' } };
const siloscope = (...argv: string[]): Promise<Ran> => ran([...argv, '--connect', sim.connect], PLAIN);
const onDisk = async (name: string, content: unknown): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(content));
  return file;
};

describe('workspaces on the command line', () => {
  it('are made of what runs, started, listed, stopped and forgotten', async () => {
    expect((await siloscope('workspaces')).out).toContain('There is no workspace yet.');
    await siloscope('launch', 'memfs-disk', '--name', 'scratch');
    const captured = await siloscope('workspaces', '--capture', 'everyday');
    expect([captured.exitCode, captured.out]).toEqual([0, expect.stringContaining('[ok] everyday is kept: ')]);

    const started = await siloscope('workspaces', '--start', 'everyday');
    expect([started.exitCode, started.out]).toEqual([0, expect.stringContaining('[running] scratch')]);
    expect(started.out).toContain('kept running');

    await siloscope('stop', 'scratch');
    const listed = await siloscope('workspaces');
    expect(listed.out).toContain('[stopped by hand] scratch');
    expect(listed.out).toContain('Starting the workspace brings it back.');

    expect((await siloscope('workspaces', '--start', 'everyday')).exitCode).toBe(0);
    const stopped = await siloscope('workspaces', '--stop', 'everyday');
    expect([stopped.exitCode, stopped.out]).toEqual([0, expect.stringContaining('Stopped: scratch.')]);
    expect((await siloscope('workspaces', '--remove', 'everyday')).exitCode).toBe(0);
    expect((await siloscope('workspaces', '--start', 'everyday')).exitCode).toBe(2);
  });

  it('say what an item needs, and end with its code', async () => {
    const file = await onDisk('wrong.json', {
      name: 'wrong',
      items: [{ name: 'lost', launch: { profile: 'no-such-profile' } }],
    });
    await siloscope('workspaces', '--save', file);
    const { exitCode, out } = await siloscope('workspaces', '--start', 'wrong');
    expect(exitCode).toBe(2);
    expect(out).toContain('[needs a change] lost');
    expect(out).toContain('There is no profile "no-such-profile".');
  });

  it.each<[string, readonly string[], string]>([
    ['two orders at once', ['--start', 'a', '--stop', 'b'], '--start and --stop exclude each other'],
    ['a file that is no workspace', ['--save', 'wrong-shape.json'], 'items'],
    ['a file that is not there', ['--save', 'nowhere.json'], 'There is no file'],
  ])('refuse %s', async (_, [flag = '', value = '', ...rest], words) => {
    await onDisk('wrong-shape.json', { name: 'x', items: [] });
    const given = flag === '--save' ? join(folder, value) : value;
    const { exitCode, err } = await siloscope('workspaces', flag, given, ...rest);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(words)]);
  });

  it('are a file that people can read and edit', async () => {
    const mine = { name: 'mine', items: [{ name: 'one', launch: { profile: 'memfs-disk', mountPoint: 'M:' } }] };
    const io = captureIo(PLAIN);
    const doors = {
      ...REAL_DOORS,
      openServices: (target: LocalTarget, signal: AbortSignal) => openLocalServices(target, signal, { folder }),
    };
    expect(await run(['workspaces', '--save', await onDisk('mine.json', mine)], io, doors)).toBe(0);
    const kept = await readFile(join(folder, 'workspaces.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual({ workspaces: [mine], kept: {} });
    expect(kept).toContain('\n      "name": "mine",\n');
  });
});
