import { lstat, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../shared/base/clock.ts';
import { removeLeftovers, renameOver, replaceFile } from './replace-file.ts';

const how = { clock: systemClock };
/** Above every process number that Linux and Windows give. */
const NOBODY = 4_194_305;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-replace-'));
});
afterEach(() => rm(folder, { recursive: true }));

const refusing = (code: string, times: number) => {
  const asked: number[] = [];
  const move = (): Promise<void> => {
    asked.push(asked.length);
    return asked.length > times ? Promise.resolve() : Promise.reject(Object.assign(new Error(code), { code }));
  };
  return { asked, move };
};

/** Lets the pauses pass, all of them. */
async function outcome(done: Promise<void>, clock: ManualClock): Promise<string> {
  const told: string[] = [];
  done.then(
    () => told.push('done'),
    (error: Error) => told.push(error.message),
  );
  for (let turn = 0; turn < 20 && told.length === 0; turn++) {
    for (let step = 0; step < 10; step++) await Promise.resolve();
    clock.advance(1_000);
  }
  return told[0] ?? 'waits';
}

describe('a file that is replaced while another program has it open', () => {
  it.each([
    ['win32', 'EPERM', 3, 'done', 4],
    ['win32', 'EACCES', 1, 'done', 2],
    ['win32', 'EBUSY', 7, 'done', 8],
    ['win32', 'EBUSY', 100, 'EBUSY', 8],
    ['win32', 'ENOSPC', 1, 'ENOSPC', 1],
    ['linux', 'EPERM', 1, 'EPERM', 1],
  ])('%s, %s %i times: %s', async (platform, code, times, told, tries) => {
    const clock = new ManualClock();
    const { asked, move } = refusing(code, times);
    expect(await outcome(renameOver('from', 'to', clock, move, platform), clock)).toBe(told);
    expect(asked.length).toBe(tries);
  });
});

describe('a file that is replaced', () => {
  it('is made for its owner alone, and keeps the permissions it has', async () => {
    const file = join(folder, 'kept.json');
    await replaceFile(file, 'one', how);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
    await replaceFile(join(folder, 'mine.md'), 'one', { ...how, mode: 0o644 });
    await replaceFile(join(folder, 'mine.md'), 'two', how);
    if (process.platform !== 'win32') expect((await stat(join(folder, 'mine.md'))).mode & 0o777).toBe(0o644);
    expect((await readdir(folder)).toSorted()).toEqual(['kept.json', 'mine.md']);
  });

  it.runIf(process.platform !== 'win32')('stays a link where it is one, and a device where it is one', async () => {
    const file = join(folder, 'elsewhere.json');
    const link = join(folder, 'link.json');
    await writeFile(file, 'old');
    await symlink(file, link);
    await replaceFile(link, 'new', how);
    expect([await readFile(file, 'utf8'), (await lstat(link)).isSymbolicLink()]).toEqual(['new', true]);
    await replaceFile('/dev/null', 'new', how);
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  it('is as it was, and nothing lies beside it, where it cannot be', async () => {
    await expect(replaceFile(join(folder, 'no-such-folder', 'x'), 'new', how)).rejects.toThrow('ENOENT');
    await expect(replaceFile(folder, 'new', how)).rejects.toThrow();
    const around = join(folder, '..');
    const name = folder.slice(around.length);
    expect((await readdir(around)).filter(other => other.includes(`${name}.new-`))).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('what a writer that was killed left beside a file', () => {
  it('is taken away, and what one that lives is writing is not, unless it has been for ten minutes', async () => {
    const left = `a.json.new-${NOBODY}-0123abcd`;
    const written = `a.json.new-${process.pid}-0123abcd`;
    const old = `a.json.new-${process.pid}-4567abcd`;
    const mine = ['a.json', 'a.json.new', 'b.new-car'];
    for (const name of [left, written, old, ...mine, `b.json.new-${NOBODY}`]) await writeFile(join(folder, name), '');
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(folder, old), hourAgo, hourAgo);
    await removeLeftovers(folder, systemClock, 'a.json');
    expect((await readdir(folder)).toSorted()).toEqual([...mine, written, `b.json.new-${NOBODY}`].toSorted());
    await removeLeftovers(folder, systemClock);
    expect((await readdir(folder)).toSorted()).toEqual([...mine, written].toSorted());
  });
});
