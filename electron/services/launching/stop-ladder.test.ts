import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Profile } from '../../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';
import { sumOf } from './stop-ladder.ts';

const TOOLBOX = 'registry.example.com/platform/filesystems:ltsc2025';
const built = (name: string): Profile => {
  const found = BUILT_IN_PROFILES.find(profile => profile.name === name);
  if (found === undefined) throw new Error(`no profile ${name}`);
  return found;
};
/** rclone as people use it for writing: files are uploaded a moment after their last change. */
const cached = (writeBack: string, more: Partial<Profile> = {}): Profile => ({
  ...built('rclone-disk'),
  name: 'rclone-cached',
  command: [...built('rclone-disk').command, '--vfs-cache-mode', 'writes', '--vfs-write-back', writeBack],
  ...more,
});

let host: SimulatedServices;
afterEach(() => host.dispose());

async function launch(profile: Profile): Promise<void> {
  host = await openSimulatedServices(await scenarioNamed('default'));
  if (!BUILT_IN_PROFILES.includes(profile)) await host.call('profile.save', { profile });
  await host.call('filesystem.launch', { profile: profile.name, image: TOOLBOX, name: 'cloud' });
}

/** Writes a file into the volume, from a terminal in the container. */
async function writeFile(): Promise<void> {
  const { exitCode } = await host.call('terminal.open', {
    id: '6f1d3c1e-8a55-4f0e-9f0d-2f1f0e6b7a11',
    container: 'cloud',
    command: ['cmd.exe', '/c', 'echo precious> Z:\\draft.txt'],
    rows: 24,
    columns: 80,
  });
  expect(exitCode).toBe(0);
}

async function stop(input: { readonly force?: boolean; readonly graceMs?: number } = {}): Promise<string[]> {
  const notes: string[] = [];
  await host.call('filesystem.stop', { name: 'cloud', ...input }, { onProgress: ({ note }) => notes.push(note) });
  return notes;
}

describe('a file system with a way of its own to end', () => {
  it.each([
    ['rclone-disk', 'rclone.exe asked to end'],
    ['juicefs-network', 'juicefs.exe asked to end'],
  ])('%s is asked in that way, and the engine need not', async (name, note) => {
    await launch(built(name));
    const notes = await stop();
    expect(notes).toContain(note);
    expect(notes).not.toContain('asked to shut down');
    expect(notes.slice(-2)).toEqual(['its volumes are gone', 'cloud removed']);
  });

  it('is waited for until it has written what it holds', async () => {
    await launch(cached('700ms'));
    await writeFile();
    const notes = await stop();
    expect(notes.filter(note => /upload|asked/.test(note))).toEqual([
      'waiting for 1 upload',
      'every upload is done',
      'rclone.exe asked to end',
    ]);
  });

  it('is not stopped while it has not: what would be lost is told', async () => {
    await launch(cached('1h'));
    await writeFile();
    expect(await host.fault('filesystem.stop', { name: 'cloud', graceMs: 300 })).toEqual({
      code: 'unwritten-data',
      container: 'cloud',
      what: 'upload',
      count: 1,
    });
    const { fileSystems } = await host.call('filesystem.list', {});
    expect(fileSystems.map(({ container, state }) => [container.name, state])).toEqual([['cloud', 'running']]);

    const notes = await stop({ force: true, graceMs: 1_000 });
    expect(notes).toContain('lost, as not done in time: 1 upload');
    expect(notes.at(-1)).toBe('cloud removed');
  });

  it.each<[string, Profile, string]>([
    [
      'its program refuses',
      cached('5s', { command: built('rclone-disk').command.filter(part => part !== '--rc') }),
      'rclone.exe could not be asked: it ended with 1',
    ],
    [
      'its program is not there',
      cached('5s', { stop: [{ kind: 'ask', command: ['C:\\nowhere\\quit.exe'] }] }),
      'quit.exe could not be asked: ',
    ],
    [
      'its answer is none',
      cached('5s', { stop: [{ kind: 'wait', command: ['cmd.exe', '/c', 'ver'], counts: ['a'], what: 'page' }] }),
      'cmd.exe did not say how many pages are left',
    ],
  ])('is asked by the engine when %s', async (_, profile, note) => {
    await launch(profile);
    const notes = await stop();
    expect(notes.some(one => one.startsWith(note))).toBe(true);
    expect(notes).toContain('asked to shut down');
    expect(notes.at(-1)).toBe('cloud removed');
  });
});

describe('the counts in an answer', () => {
  it.each<[string, number | undefined]>([
    ['{"a":{"b":2},"c":3}', 5],
    ['{"a":{}}', 0],
    ['{}', 0],
    ['{"a":{"b":-1}}', undefined],
    ['{"a":{"b":"2"}}', undefined],
    ['[1]', undefined],
    ['null', undefined],
    ['', undefined],
    ['{"a":{"b":1e300}}', undefined],
  ])('of %s', (text, sum) => {
    expect(sumOf(text, ['a.b', 'c'])).toBe(sum);
  });

  it('are a whole number that is not negative, or nothing, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.array(fc.string({ minLength: 1 })), (text, paths) => {
        const sum = sumOf(text, paths);
        expect(sum === undefined || (Number.isInteger(sum) && sum >= 0)).toBe(true);
      }),
    );
  });
});
