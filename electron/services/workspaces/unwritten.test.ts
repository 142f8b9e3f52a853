import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { ItemStatus } from '../../../shared/contract/workspace-status.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import type { Profile, StopRung } from '../../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { wordItemStep, wordItemUnwritten } from '../../../shared/wording/word-workspace.ts';
import { createEngineConnection } from '../engine/engine-connection.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';
import { MOST_KEPT } from '../unwritten/keep-unwritten.ts';

const TOOLBOX = 'registry.example.com/platform/filesystems:ltsc2025';
const WAIT = { timeout: 40_000, interval: 50 };
const NAME = 'cloud';
const KEPT = /^cloud\.unwritten-[0-9a-f]{12}$/;

let host: SimulatedServices;
const heard: JournalEntry[] = [];
afterEach(() => host.dispose());

/** A workspace of one rclone, by the user's own profile, with a file that has not been uploaded. */
async function begin(more: Partial<Profile> = {}): Promise<void> {
  heard.length = 0;
  const rclone = BUILT_IN_PROFILES.find(({ name }) => name === 'rclone-disk');
  if (rclone === undefined) throw new Error('no profile rclone-disk');
  host = await openSimulatedServices(await scenarioNamed('default'));
  host.services.start((name, payload) => {
    if (name === 'journal.appended') heard.push(payload as JournalEntry);
  });
  const command = [...rclone.command, '--vfs-cache-mode', 'writes', '--vfs-write-back', '1h'];
  await host.call('profile.save', { profile: { ...rclone, name: 'my-cloud', command, ...more } });
  const items = [{ name: NAME, launch: { profile: 'my-cloud', image: TOOLBOX } }];
  await host.call('workspace.save', { workspace: { name: 'office', items } });
  await host.call('workspace.start', { name: 'office' });
  await run('echo precious> Z:\\draft.txt');
}

const run = (line: string): Promise<unknown> =>
  host.call('terminal.open', {
    id: crypto.randomUUID(),
    container: NAME,
    command: ['cmd.exe', '/c', line],
    rows: 24,
    columns: 80,
  });
const item = async (): Promise<ItemStatus | undefined> =>
  (await host.call('workspace.list', { look: true })).workspaces[0]?.items[0];
const told = (what: string): JournalEntry[] => heard.filter(entry => entry.what === what);
const containers = async (): Promise<string[]> =>
  (await host.call('filesystem.list', { all: true })).fileSystems
    .map(({ container, state }) => `${container.name.replace(/-[0-9a-f]{12}$/, '')} ${state}`)
    .filter(name => name.startsWith(NAME))
    .toSorted();
async function unload(): Promise<void> {
  const { volumes } = await host.call('inspection.take', {});
  await host.call('fsd.unload', { accept: volumes.map(({ device }) => device) });
}

describe('a file system of a workspace that had not written all', () => {
  it('is kept beside its successor when its program is killed, and that is said', async () => {
    await begin();
    await run('taskkill /f /im rclone.exe');
    await expect.poll(async () => (await item())?.relaunches, WAIT).toBe(1);
    const kept = String(told('workspace.unwritten')[0]?.data?.['kept']);
    expect(kept).toMatch(KEPT);
    expect((await item())?.unwritten).toEqual([kept]);
    expect(wordItemUnwritten({ unwritten: [kept] })).toContain(`siloscope unwritten ${kept} --out`);
    expect(await containers()).toEqual(['cloud running', 'cloud.unwritten exited']);
    expect(told('container.removed')).toEqual([]);
    // No relaunch that was broken off: nobody is asked to put it back.
    expect((await host.call('relaunch.list', {})).relaunches).toEqual([]);
  });

  it('is removed when its own list says that all was written', async () => {
    await begin();
    await run('del Z:\\draft.txt');
    await run('taskkill /f /im rclone.exe');
    await expect.poll(async () => (await item())?.relaunches, WAIT).toBe(1);
    expect(told('workspace.unwritten')).toEqual([]);
    expect(await containers()).toEqual(['cloud running']);
  });

  it('is not kept where it has no cache of writes, and what may have been cut off is said', async () => {
    const rclone = BUILT_IN_PROFILES.find(({ name }) => name === 'rclone-disk');
    await begin({ command: [...(rclone?.command ?? [])] });
    for (let crash = 1; crash <= MOST_KEPT + 1; crash++) {
      await run('taskkill /f /im rclone.exe');
      await host.call('workspace.start', { name: 'office' });
      await expect.poll(() => told('workspace.cut').length, WAIT).toBe(crash);
      await expect.poll(async () => (await item())?.state, WAIT).toBe('running');
    }
    expect(told('workspace.cut')[0]).toMatchObject({ subject: NAME, data: { workspace: 'office' } });
    expect(told('workspace.unwritten')).toEqual([]);
    expect(await containers()).toEqual(['cloud running']);
    expect((await host.call('unwritten.list', {})).containers).toEqual([]);
  }, 60_000);

  it('is kept when no profile tells of it but its own command line', async () => {
    await begin();
    const command = ['C:\\rclone\\rclone.exe', 'mount', 'remote:', 'Z:', '--vfs-cache-mode', 'writes'];
    const environment = { PATH: 'C:\\Program Files (x86)\\WinFsp\\bin;C:\\Windows\\system32;C:\\Windows' };
    const items = [
      { name: NAME, launch: { command: [...command, '--vfs-write-back', '1h'], environment, image: TOOLBOX } },
    ];
    // With nothing to upload a stop waits for nothing.
    await run('del Z:\\draft.txt');
    await host.call('workspace.stop', { name: 'office', force: true });
    await host.call('workspace.save', { workspace: { name: 'office', items } });
    await host.call('workspace.start', { name: 'office' });
    await run('echo precious> Z:\\draft.txt');
    await run('taskkill /f /im rclone.exe');
    await expect
      .poll(async () => told('workspace.unwritten').at(-1)?.data, WAIT)
      .toMatchObject({
        kept: expect.stringMatching(KEPT),
        unwritten: [{ what: 'file', count: 1 }],
      });
  });

  it('is kept when its driver is unloaded, with which it ends', async () => {
    await begin();
    await unload();
    await expect.poll(async () => (await item())?.relaunches, WAIT).toBe(1);
    expect(told('workspace.unwritten').map(({ subject, data }) => [subject, data])).toEqual([
      [
        NAME,
        {
          workspace: 'office',
          kept: expect.stringMatching(KEPT),
          unwritten: [{ what: 'file', count: 1 }],
          notes: [],
        },
      ],
    ]);
    expect(await containers()).toEqual(['cloud running', 'cloud.unwritten exited']);
  });

  it.each<[string, string, StopRung[] | undefined, readonly string[]]>([
    [
      'is kept where its program can not be asked any more',
      'kept',
      undefined,
      ['cloud running', 'cloud.unwritten exited'],
    ],
    [
      'is removed where it said that it had written all',
      'removed',
      [{ kind: 'wait', command: ['cmd.exe', '/c', 'echo', '{}'], counts: ['left'], what: 'upload' }],
      ['cloud running'],
    ],
  ])('that outlives its volume: %s', async (_, outcome, stop, left) => {
    await begin({
      command: [
        'cmd.exe',
        '/s',
        '/c',
        'C:\\rclone\\rclone.exe mount remote: {mountPoint} --rc & ping -n 3600 localhost',
      ],
      ...(stop === undefined ? {} : { stop }),
    });
    await unload();
    await expect.poll(async () => (await item())?.relaunches, WAIT).toBe(1);
    expect(await containers()).toEqual(left);
    const notes = told('workspace.unwritten').map(({ data }) => data?.['notes']);
    const could = 'rclone.exe could not be asked: it ended with 1';
    expect(notes).toEqual(outcome === 'kept' ? [expect.arrayContaining([could])] : []);
  });

  it('is not launched again once so many are kept, until a person has removed some', async () => {
    await begin();
    const connection = createEngineConnection(host.host, systemClock, 'the pipe');
    try {
      for (let kept = 0; kept <= MOST_KEPT; kept++) {
        await run(`echo ${kept}> Z:\\draft.txt`);
        await connection.order('kill', docker => docker.getContainer(NAME).kill());
        const isOver = (one: ItemStatus | undefined): boolean =>
          kept === MOST_KEPT ? one?.state === 'given-up' : one?.relaunches === kept + 1;
        await expect.poll(async () => isOver(await item()), WAIT).toBe(true);
      }
      const full = await item();
      expect(full?.fault).toMatchObject({ code: 'unwritten-kept', container: NAME, kept: full?.unwritten });
      expect(full === undefined ? '' : wordItemStep(full, 0)).toContain('goes on by itself');
      const [oldest = ''] = full?.unwritten ?? [];
      await connection.order('remove', docker => docker.getContainer(oldest).remove());
      await expect.poll(async () => (await item())?.state, WAIT).toBe('running');
      expect(heard.filter(({ what }) => what === 'workspace.given-up')).toHaveLength(1);
    } finally {
      connection.dispose();
    }
  }, 90_000);
});
