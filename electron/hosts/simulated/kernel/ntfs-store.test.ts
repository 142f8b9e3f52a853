import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../shared/base/clock.ts';
import type { FileSystemOperations } from '../machine.ts';
import { OverlayDisk } from './container-disk.ts';
import { NtfsStore } from './ntfs-store.ts';
import { refusal } from './testing/boot.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const outcome = (promise: Promise<unknown>): Promise<string> => promise.then(() => 'done', refusal);

function store(totalBytes = 1_000): NtfsStore {
  return new NtfsStore(new ManualClock(0), { label: 'Windows', totalBytes, serialNumber: 1 });
}

/** A store, and a container disk over an image that holds the same. */
async function both(): Promise<readonly FileSystemOperations[]> {
  const fill = async (target: NtfsStore): Promise<NtfsStore> => {
    await target.createDirectory('\\Dir');
    await target.createDirectory('\\Dir\\Sub');
    await target.write('\\Dir\\File.txt', bytes('text'), 'replace');
    return target;
  };
  return [await fill(store()), new OverlayDisk(new ManualClock(0), await fill(store()), 1_000, 2)];
}

describe('a disk', () => {
  const refused: readonly (readonly [string, (disk: FileSystemOperations) => Promise<unknown>, string])[] = [
    ['reading what is missing', disk => disk.read('\\Dir\\none'), 'STATUS_OBJECT_NAME_NOT_FOUND'],
    ['reading below what is missing', disk => disk.read('\\none\\f'), 'STATUS_OBJECT_PATH_NOT_FOUND'],
    ['reading below a file', disk => disk.read('\\Dir\\File.txt\\f'), 'STATUS_OBJECT_PATH_NOT_FOUND'],
    ['reading a directory', disk => disk.read('\\Dir'), 'STATUS_FILE_IS_A_DIRECTORY'],
    ['listing a file', disk => disk.list('\\Dir\\File.txt'), 'STATUS_NOT_A_DIRECTORY'],
    ['writing to a directory', disk => disk.write('\\Dir', bytes('x'), 'replace'), 'STATUS_FILE_IS_A_DIRECTORY'],
    ['writing to the root', disk => disk.write('\\', bytes('x'), 'replace'), 'STATUS_FILE_IS_A_DIRECTORY'],
    [
      'writing below a file',
      disk => disk.write('\\Dir\\File.txt\\f', bytes('x'), 'replace'),
      'STATUS_OBJECT_PATH_NOT_FOUND',
    ],
    [
      'writing where no directory is',
      disk => disk.write('\\none\\f', bytes('x'), 'replace'),
      'STATUS_OBJECT_PATH_NOT_FOUND',
    ],
    ['a name with a star', disk => disk.write('\\Dir\\a*', bytes('x'), 'replace'), 'STATUS_OBJECT_NAME_INVALID'],
    ['a name of 256 letters', disk => disk.createDirectory(`\\${'n'.repeat(256)}`), 'STATUS_OBJECT_NAME_INVALID'],
    ['making what is there', disk => disk.createDirectory('\\dir\\FILE.TXT'), 'STATUS_OBJECT_NAME_COLLISION'],
    ['deleting a directory', disk => disk.deleteFile('\\Dir'), 'STATUS_FILE_IS_A_DIRECTORY'],
    ['removing a file', disk => disk.removeDirectory('\\Dir\\File.txt'), 'STATUS_NOT_A_DIRECTORY'],
    ['removing what is not empty', disk => disk.removeDirectory('\\Dir'), 'STATUS_DIRECTORY_NOT_EMPTY'],
    ['removing the root', disk => disk.removeDirectory('\\'), 'STATUS_CANNOT_DELETE'],
    ['moving below itself', disk => disk.rename('\\Dir', '\\dir\\Sub\\x'), 'STATUS_INVALID_PARAMETER'],
    ['moving onto another', disk => disk.rename('\\Dir\\Sub', '\\Dir\\file.txt'), 'STATUS_OBJECT_NAME_COLLISION'],
    ['moving what is missing', disk => disk.rename('\\none', '\\x'), 'STATUS_OBJECT_NAME_NOT_FOUND'],
    ['writing more than fits', disk => disk.write('\\big', new Uint8Array(1_001), 'replace'), 'STATUS_DISK_FULL'],
  ];
  it.each(refused)('refuses %s', async (_, act, status) => {
    for (const disk of await both()) expect(await outcome(act(disk))).toBe(status);
  });

  it('keeps the case of a name and ignores it', async () => {
    for (const disk of await both()) {
      await disk.write('\\DIR\\FILE.TXT', bytes(' more'), 'append');
      expect(new TextDecoder().decode(await disk.read('\\dir\\file.txt'))).toBe('text more');
      expect((await disk.list('\\dir')).map(({ name, directory, size }) => [name, directory, size])).toEqual([
        ['File.txt', false, 9],
        ['Sub', true, 0],
      ]);
      await disk.rename('\\dir\\file.txt', '\\dir\\FILE.txt');
      expect((await disk.stat('\\Dir\\file.TXT')).name).toBe('FILE.txt');
    }
  });

  it('gives a file’s room back', async () => {
    for (const disk of await both()) {
      await disk.write('\\big', new Uint8Array(900), 'replace');
      const { freeBytes } = await disk.information();
      await disk.deleteFile('\\big');
      expect((await disk.information()).freeBytes).toBe(freeBytes + 900);
    }
  });

  it('moves a directory with what is in it', async () => {
    for (const disk of await both()) {
      await disk.rename('\\Dir', '\\Moved');
      expect(new TextDecoder().decode(await disk.read('\\moved\\file.txt'))).toBe('text');
      expect((await disk.list('\\')).map(({ name }) => name)).toEqual(['Moved']);
    }
  });
});

describe('a container disk', () => {
  it('costs nothing and shares the image until something is written', async () => {
    const image = store();
    await image.write('\\f', bytes('image'), 'replace');
    const [one, other] = [0, 1].map(serial => new OverlayDisk(new ManualClock(0), image, 1_000, serial));
    await one?.write('\\f', bytes('changed'), 'replace');
    await other?.deleteFile('\\f');
    expect(new TextDecoder().decode(await image.read('\\f'))).toBe('image');
    expect(new TextDecoder().decode(await one?.read('\\f'))).toBe('changed');
    expect(await other?.list('\\')).toEqual([]);
    expect([one?.scratchBytes(), other?.scratchBytes()]).toEqual([7, 0]);
  });

  it('loses nothing of two appends at a time', async () => {
    const image = store();
    await image.write('\\f', bytes('0'), 'replace');
    const disk = new OverlayDisk(new ManualClock(0), image, 1_000, 1);
    await Promise.all(['1', '2', '3'].map(text => disk.write('\\f', bytes(text), 'append')));
    expect(new TextDecoder().decode(await disk.read('\\f'))).toBe('0123');
  });
});
