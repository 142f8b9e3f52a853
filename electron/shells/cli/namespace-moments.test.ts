import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isListingFile } from './read-listing.ts';
import { type Ran, ran, type Simulation, simulation } from './testing/real-doors.ts';

const SILOS = '\\Silos';
let sim: Simulation;
let folder: string;
beforeAll(async () => {
  sim = await simulation('default');
  folder = await mkdtemp(join(tmpdir(), 'siloscope-moments-'));
});
afterAll(async () => {
  await sim.end();
  await rm(folder, { recursive: true });
});

const PLAIN = { columns: 160, env: { NO_COLOR: '1' } };
const siloscope = (...argv: string[]): Promise<Ran> => ran([...argv, '--connect', sim.connect], PLAIN);
const asJson = async (...argv: string[]) => JSON.parse((await siloscope('namespace', SILOS, ...argv, '--json')).out);
const onDisk = async (name: string, text: string): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, text);
  return file;
};

describe('a directory at two moments', () => {
  it('is compared with a file that --json saved, and with a time that a running Siloscope keeps', async () => {
    const before = await asJson();
    expect(before).toMatchObject({ namespace: 'host', entries: [] });
    const file = await onDisk('before.json', JSON.stringify(before));
    expect((await siloscope('launch', 'memfs-disk', '--name', 'later')).exitCode).toBe(0);

    const now = await asJson();
    expect(now.earlier).toEqual([before.takenAt]);
    const [silo] = now.entries;
    expect(silo).toMatchObject({ type: 'Directory' });
    expect(await asJson('--diff', file)).toMatchObject({
      there: { namespace: 'host', takenAt: before.takenAt },
      onlyHere: [silo],
      onlyThere: [],
      changed: [],
    });
    expect(await asJson('--at', before.takenAt)).toEqual(before);
    expect(await asJson('--at', before.takenAt, '--diff', 'host')).toMatchObject({
      here: { takenAt: before.takenAt },
      onlyHere: [],
      onlyThere: [silo],
    });

    const text = (await siloscope('namespace', SILOS, '--at', before.takenAt, '--diff', 'host')).out;
    expect(text).toContain(`\\Silos: host at ${before.takenAt} beside host at `);
    expect((await siloscope('namespace', SILOS)).out).toContain(`It was otherwise (--at): ${before.takenAt}`);
    expect((await siloscope('namespace', SILOS, '--at', before.takenAt)).out).toContain(
      `\\Silos in host at ${before.takenAt} is empty.`,
    );
  });

  it('is compared with another time, and a time in between is that of the last look before it', async () => {
    const [first] = (await asJson()).earlier;
    const now = await asJson();
    const between = new Date(Date.parse(now.takenAt) - 1).toISOString();
    const diff = await asJson('--at', between, '--diff', first);
    expect(diff.there.takenAt).toBe(first);
    expect(diff.here.takenAt > first && diff.here.takenAt <= between).toBe(true);
    expect(diff.onlyHere).toHaveLength(1);
    expect(diff.onlyThere).toEqual([]);
    const alone = await asJson('--diff', first);
    expect(alone.there.takenAt).toBe(first);
    const { exitCode, err } = await ran(['namespace', SILOS, '--diff', first], PLAIN);
    expect({ exitCode, err: err.replace(/\s+/g, ' ') }).toEqual({
      exitCode: 2,
      err: expect.stringContaining('past listings are kept by a running'),
    });
  });

  it('cannot be had at a time that nobody keeps, and those that are kept are named', async () => {
    const { takenAt } = await asJson();
    const { exitCode, err } = await siloscope('namespace', SILOS, '--at', '2001-01-01T00:00:00.000Z');
    expect(exitCode).toBe(2);
    expect(err).toContain('2001-01-01T00:00:00.000Z');
    expect(err).toContain(takenAt.slice(0, 10));
  });

  it.each([
    ['no JSON', 'text.json', '{"path": ', 'is not JSON'],
    [
      'another answer',
      'other.json',
      '{"volumes": []}',
      'is no directory that "siloscope namespace PATH --json" saved (path',
    ],
    [
      'another directory',
      'device.json',
      JSON.stringify({ path: '\\Device', namespace: 'host', takenAt: 't', earlier: [], entries: [] }),
      'has \\Device, not \\Silos',
    ],
  ])('is not compared with %s', async (_, name, text, message) => {
    const { exitCode, err } = await siloscope('namespace', SILOS, '--diff', await onDisk(name, text));
    expect({ exitCode, err: err.replace(/\s+/g, ' ') }).toEqual({ exitCode: 2, err: expect.stringContaining(message) });
  });

  it('is not compared with a file that is not there', async () => {
    const { exitCode, err } = await siloscope('namespace', SILOS, '--diff', join(folder, 'none.json'));
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining('none.json') });
  });

  it.each([
    ['./before', true],
    ['C:\\saved\\before', true],
    ['before.json', true],
    ['host', false],
    ['box-1', false],
    ['a.b_c', false],
  ])('is read from a file where %s is one', (other, isFile) => {
    expect(isListingFile(other)).toBe(isFile);
  });
});
