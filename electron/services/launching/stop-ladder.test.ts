import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import { EngineEvent } from '../engine/event-stream.ts';
import { readJsonLines } from '../engine/json-lines.ts';
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

/** Ids of every exec there was, as the engine's events tell them. */
async function execsOf(connection: EngineConnection): Promise<readonly string[]> {
  const until = Math.ceil(Date.now() / 1_000) + 1;
  const stream = await connection.order('past events', docker => docker.getEvents({ since: 1, until }));
  const ids = new Set<string>();
  for await (const line of readJsonLines(stream as AsyncIterable<Buffer>)) {
    const event = 'value' in line ? EngineEvent.safeParse(line.value).data : undefined;
    const id = event?.Actor.Attributes?.['execID'];
    if (id !== undefined) ids.add(id);
  }
  return [...ids];
}

async function stop(input: { readonly force?: boolean; readonly graceMs?: number } = {}): Promise<string[]> {
  return (await stopAndAnswer(input)).notes;
}

async function stopAndAnswer(input: { readonly force?: boolean; readonly graceMs?: number } = {}) {
  const notes: string[] = [];
  const onProgress = ({ note }: { readonly note: string }): unknown => notes.push(note);
  const answer = await host.call('filesystem.stop', { name: 'cloud', ...input }, { onProgress });
  return { notes, answer };
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

  it.each(['rclone-disk', 'juicefs-network', 'memfs-disk'])(
    '%s has no terminal, and neither has anything that asks it: it could not be told to shut down',
    async name => {
      await launch(built(name));
      await host.call('filesystem.stop', { name: 'cloud', keep: true });
      const connection = createEngineConnection(host.host, systemClock, 'the pipe');
      try {
        const { Config } = await connection.ask('inspect', docker => docker.getContainer('cloud').inspect());
        expect(Config.Tty).toBe(false);
        const execs = await execsOf(connection);
        expect(execs.length).toBeGreaterThan(0);
        for (const id of execs) {
          const exec = await connection.ask('inspect exec', docker => docker.getExec(id).inspect());
          expect(exec.ProcessConfig).toMatchObject({ tty: false });
        }
      } finally {
        connection.dispose();
      }
    },
  );

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

    const { notes, answer } = await stopAndAnswer({ force: true, graceMs: 1_000 });
    expect(notes).toContain('given up, as not done in time: 1 upload');
    expect(notes.at(-1)).toBe('cloud removed');
    const unwritten = [{ what: 'upload', count: 1 }];
    expect(answer.unwritten).toEqual(unwritten);
    const { entries } = await host.call('journal.read', { filter: { kinds: ['filesystem.stopped'] } });
    expect(entries.at(-1)?.data).toMatchObject({ unwritten });
  });

  it.each<[string, Profile, string]>([
    [
      'its program refuses',
      cached('5s', { command: cached('5s').command.filter(part => part !== '--rc') }),
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

describe('a file system that cannot be asked what it has not written', () => {
  const silent = (writeBack: string, more: Partial<Profile> = {}): Profile =>
    cached(writeBack, {
      command: cached(writeBack).command.filter(part => part !== '--rc'),
      ...more,
    });
  const states = async (): Promise<string[]> =>
    (await host.call('filesystem.list', { all: true })).fileSystems.map(({ state }) => state);

  it('stays, stopped, with what its own list says that it holds', async () => {
    await launch(silent('1h'));
    await writeFile();
    const left = { code: 'unwritten-left', container: 'cloud', count: 1 };
    expect(await host.fault('filesystem.stop', { name: 'cloud' })).toEqual(left);
    expect(await states()).toEqual(['exited']);
    // Once it has ended no less.
    expect(await host.fault('filesystem.stop', { name: 'cloud' })).toEqual(left);
    const { containers } = await host.call('unwritten.list', {});
    expect(containers.map(({ container, count }) => [container, count])).toEqual([['cloud', 1]]);

    const { notes, answer } = await stopAndAnswer({ force: true });
    expect(notes).toContain('goes with it, as not written: 1 file');
    expect(answer).toMatchObject({ removed: true, unwritten: [{ what: 'file', count: 1 }] });
    expect(await states()).toEqual([]);
  });

  it('and keeps no list of it is removed by force alone, and that is told', async () => {
    const { unwritten: _, ...profile } = silent('1h');
    await launch({ ...profile, environment: { ...profile.environment, RCLONE_CACHE_DIR: 'C:\\elsewhere' } });
    await writeFile();
    expect(await host.fault('filesystem.stop', { name: 'cloud' })).toEqual({
      code: 'unwritten-left',
      container: 'cloud',
    });
    const { answer } = await stopAndAnswer({ force: true });
    expect(answer).toMatchObject({ removed: true, unasked: true });
    const { entries } = await host.call('journal.read', { filter: { kinds: ['filesystem.stopped'] } });
    expect(entries.at(-1)?.data).toMatchObject({ unasked: true });
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
