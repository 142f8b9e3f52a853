import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Win32 } from '../../machine.ts';
import { statIfThere } from '../base/look-ups.ts';
import { TestMachine } from '../testing/boot.ts';
import { cachePlaces } from './cache-places.ts';
import { rcloneRemote } from './rclone-remote.ts';
import { VfsCache } from './vfs-cache.ts';
import { isDirty } from './vfs-meta.ts';

const MINUTE = 60_000;
const PLACES = cachePlaces('C:\\Users\\user\\AppData\\Local\\rclone', 'remote:');

let world: TestMachine;
let win32: Win32;
let cache: VfsCache;
beforeEach(async () => {
  world = new TestMachine();
  win32 = world.machine.win32(world.machine.subjects.user);
  cache = await mounted();
});
afterEach(() => {
  cache.dispose();
  return world.dispose();
});

const far = () => {
  const remote = rcloneRemote(world, 'remote:');
  if (remote === undefined) throw new Error('no remote');
  return remote;
};
const mounted = (): Promise<VfsCache> =>
  VfsCache.open(far(), { win32, clock: world.clock, ...PLACES, writeBackMs: 10 * MINUTE, maxAgeMs: 60 * MINUTE });
const write = (path: string, text: string, how: 'replace' | 'append' = 'replace') =>
  cache.operations.write(path, Buffer.from(text), how);
const textOf = async (bytes: Promise<Uint8Array>): Promise<string> => Buffer.from(await bytes).toString('utf8');
const names = async (path: string): Promise<string[]> =>
  (await cache.operations.list(path)).map(({ name }) => name).toSorted();
const pass = async (minutes: number): Promise<void> => {
  world.clock.advance(minutes * MINUTE);
  for (let turn = 0; turn < 30; turn++) await Promise.resolve();
};
const isThere = async (path: string): Promise<boolean> => (await statIfThere(win32, path)) !== undefined;

describe("rclone's cache of writes", () => {
  it('cannot be made on a disk that is not there', async () => {
    const options = { win32, clock: world.clock, writeBackMs: MINUTE, maxAgeMs: MINUTE };
    const elsewhere = VfsCache.open(far(), { ...options, ...cachePlaces('Q:\\cache', 'remote:') });
    await expect(elsewhere).rejects.toMatchObject({ win32: 3 });
  });

  it('has what was written on the local disk until it is uploaded, and for an hour more', async () => {
    await write('\\draft.txt', 'one');
    await write('\\draft.txt', ', two', 'append');
    expect(cache.queued).toBe(1);
    expect(await textOf(win32.read(`${PLACES.data}\\draft.txt`))).toBe('one, two');
    expect(isDirty(await textOf(win32.read(`${PLACES.meta}\\draft.txt`)))).toBe(true);
    await expect(far().stat('\\draft.txt')).rejects.toThrow();
    expect(await names('\\')).toEqual(['draft.txt', 'readme.txt', 'reports']);

    await pass(10);
    expect(cache.queued).toBe(0);
    expect(await textOf(far().read('\\draft.txt'))).toBe('one, two');
    expect(isDirty(await textOf(win32.read(`${PLACES.meta}\\draft.txt`)))).toBe(false);
    await pass(60);
    expect(await isThere(`${PLACES.data}\\draft.txt`)).toBe(false);
    expect(await textOf(cache.operations.read('\\draft.txt'))).toBe('one, two');
  });

  it('uploads what an earlier mount left, and nothing while no mount is there', async () => {
    await write('\\reports\\new.csv', 'month');
    cache.dispose();
    await pass(30);
    await expect(far().stat('\\reports\\new.csv')).rejects.toThrow();
    cache = await mounted();
    expect(cache.queued).toBe(1);
    expect(await textOf(cache.operations.read('\\reports\\new.csv'))).toBe('month');
    await pass(10);
    expect(await textOf(far().read('\\reports\\new.csv'))).toBe('month');
  });

  it('appends to what is at the far end, and renames and deletes what is nowhere else', async () => {
    await write('\\readme.txt', 'more', 'append');
    expect(await textOf(cache.operations.read('\\readme.txt'))).toBe('remote: as rclone shows it.\r\nmore');
    await write('\\a.txt', 'a');
    await cache.operations.rename('\\a.txt', '\\reports\\b.txt');
    expect(await names('\\reports')).toEqual(['2026.csv', 'b.txt']);
    await cache.operations.rename('\\reports', '\\old');
    expect(await textOf(cache.operations.read('\\old\\b.txt'))).toBe('a');
    await expect(cache.operations.removeDirectory('\\old')).rejects.toThrow();
    await cache.operations.deleteFile('\\old\\b.txt');
    await pass(10);
    expect((await far().list('\\old')).map(({ name }) => name)).toEqual(['2026.csv']);
    expect(await isThere(`${PLACES.data}\\old\\b.txt`)).toBe(false);
  });

  it.each([
    ['a file where a directory is', () => write('\\reports', 'x')],
    ['a file in a directory that is not there', () => write('\\nowhere\\x.txt', 'x')],
    [
      'a directory where a file waits',
      async () => write('\\x', 'x').then(() => cache.operations.createDirectory('\\x')),
    ],
    ['a rename onto what is there', async () => cache.operations.rename('\\readme.txt', '\\reports')],
    ['the deletion of what is nowhere', () => cache.operations.deleteFile('\\nothing.txt')],
  ])('refuses %s', async (_, act) => {
    await expect(act()).rejects.toMatchObject({ name: 'SystemCallError' });
  });
});

describe('where a remote is cached', () => {
  it.each([
    ['remote:', 'C:\\c\\vfs\\remote'],
    ['remote:a/b', 'C:\\c\\vfs\\remote\\a\\b'],
    [':memory:', 'C:\\c\\vfs\\^memory'],
    ['D:\\data', 'C:\\c\\vfs\\local\\D\\data'],
  ])('%s', (remote, data) => {
    expect(cachePlaces('C:\\c', remote)).toEqual({ data, meta: data.replace('\\vfs\\', '\\vfsMeta\\') });
  });
});
