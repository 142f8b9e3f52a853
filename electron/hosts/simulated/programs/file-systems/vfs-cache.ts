import type { Clock } from '../../../../../shared/base/clock.ts';
import type { Disposable } from '../../../../../shared/base/disposables.ts';
import type { FileStat, FileSystemOperations, Win32 } from '../../machine.ts';
import { statIfThere } from '../base/look-ups.ts';
import { isSystemCallError, STATUS, systemCallError } from '../base/nt-status.ts';
import { parentPath } from '../base/win32-path.ts';
import { isDirty, type VfsMeta, vfsMetaText } from './vfs-meta.ts';

/** What a cache is made of. */
export interface VfsCacheOptions {
  readonly win32: Win32;
  readonly clock: Clock;
  /** Full paths of what is cached of this remote, and of what is known of each file. */
  readonly data: string;
  readonly meta: string;
  /** How long after its last write a file is uploaded; and how long it stays in the cache after that. */
  readonly writeBackMs: number;
  readonly maxAgeMs: number;
}

interface Item {
  /** In the volume. */
  path: string;
  isDirty: boolean;
  /** The upload, or the end in the cache. */
  timer: Disposable | undefined;
}

/**
 * rclone's cache of writes: a file that was written lies on the local disk, is uploaded some time after its last write,
 * and stays there for a while. A mount that finds files of an earlier one which were not uploaded uploads them.
 * Directories are made at the far end at once. Ground: rclone vfs/vfscache/cache.go, item.go, writeback/writeback.go.
 */
export class VfsCache implements Disposable {
  readonly operations: FileSystemOperations;
  readonly #far: FileSystemOperations;
  readonly #options: VfsCacheOptions;
  readonly #items = new Map<string, Item>();
  #isOver = false;

  private constructor(far: FileSystemOperations, options: VfsCacheOptions) {
    this.#far = far;
    this.#options = options;
    this.operations = {
      information: () => far.information(),
      stat: path => this.#stat(path),
      list: path => this.#list(path),
      read: path => this.#read(path),
      write: (path, bytes, how) => this.#write(path, bytes, how),
      createDirectory: path => this.#createDirectory(path),
      deleteFile: path => this.#deleteFile(path),
      removeDirectory: path => this.#removeDirectory(path),
      rename: (from, to) => this.#rename(from, to),
    };
  }

  /** Takes up what an earlier mount left. */
  static async open(far: FileSystemOperations, options: VfsCacheOptions): Promise<VfsCache> {
    const cache = new VfsCache(far, options);
    for (const directory of [options.data, options.meta]) await makeDirectory(options.win32, directory);
    await cache.#reload('');
    return cache;
  }

  /** Files that wait for their upload. */
  get queued(): number {
    return this.#dirty().length;
  }

  /** Files that are in the cache, uploaded or not. */
  get files(): number {
    return this.#items.size;
  }

  /** Nothing is uploaded any more: what waits stays on the disk. */
  dispose(): void {
    this.#isOver = true;
    for (const { timer } of this.#items.values()) timer?.dispose();
    this.#items.clear();
  }

  async #stat(path: string): Promise<FileStat> {
    const item = this.#dirtyAt(path);
    return item === undefined ? this.#far.stat(path) : this.#options.win32.stat(this.#dataOf(item));
  }

  async #list(path: string): Promise<readonly FileStat[]> {
    const rows = new Map((await this.#far.list(path)).map(row => [keyOf(row.name), row]));
    for (const item of this.#dirty()) {
      if (keyOf(above(item.path)) !== keyOf(path)) continue;
      const row = await this.#options.win32.stat(this.#dataOf(item));
      rows.set(keyOf(row.name), row);
    }
    return [...rows.values()];
  }

  async #read(path: string): Promise<Uint8Array> {
    const item = this.#dirtyAt(path);
    return item === undefined ? this.#far.read(path) : this.#options.win32.read(this.#dataOf(item));
  }

  async #write(path: string, bytes: Uint8Array, how: 'replace' | 'append'): Promise<void> {
    const there = await this.#ifThere(path);
    if (there?.directory === true) throw systemCallError(STATUS.fileIsADirectory);
    await this.#requireParent(path);
    const { win32, clock, writeBackMs } = this.#options;
    const before = how === 'append' && there !== undefined ? await this.#read(path) : new Uint8Array();
    const whole = Buffer.concat([before, bytes]);
    const known = this.#items.get(keyOf(path));
    const item: Item = known ?? { path, isDirty: false, timer: undefined };
    this.#items.set(keyOf(path), item);
    item.timer?.dispose();
    try {
      await this.#save(item.path, whole.length, true);
      await win32.write(this.#dataOf(item), whole, 'replace');
      item.isDirty = true;
    } catch (caught) {
      if (!item.isDirty) this.#items.delete(keyOf(path));
      throw caught;
    } finally {
      if (item.isDirty && !this.#isOver) item.timer = clock.after(writeBackMs, () => void this.#upload(item));
    }
  }

  async #upload(item: Item): Promise<void> {
    const { win32, clock, writeBackMs, maxAgeMs } = this.#options;
    const { timer } = item;
    try {
      const bytes = await win32.read(this.#dataOf(item));
      // Written again, renamed, deleted, or the program is no more.
      if (this.#isOver || item.timer !== timer) return;
      await this.#far.write(item.path, bytes, 'replace');
      if (this.#isOver || item.timer !== timer) return;
      item.isDirty = false;
      item.timer = clock.after(maxAgeMs, () => void this.#forget(item));
      await this.#save(item.path, bytes.length, false);
    } catch (caught) {
      if (!isSystemCallError(caught)) throw caught;
      if (!this.#isOver && item.timer === timer && item.isDirty)
        item.timer = clock.after(writeBackMs, () => void this.#upload(item));
    }
  }

  async #createDirectory(path: string): Promise<void> {
    if (this.#dirtyAt(path) !== undefined) throw systemCallError(STATUS.nameCollision);
    await this.#far.createDirectory(path);
  }

  async #deleteFile(path: string): Promise<void> {
    const item = this.#items.get(keyOf(path));
    const wasDirty = item?.isDirty === true;
    if (item !== undefined) await this.#forget(item);
    if (wasDirty && (await farIfThere(this.#far, path)) === undefined) return;
    await this.#far.deleteFile(path);
  }

  async #removeDirectory(path: string): Promise<void> {
    if (this.#beneath(path).some(({ isDirty }) => isDirty)) throw systemCallError(STATUS.directoryNotEmpty);
    await this.#far.removeDirectory(path);
  }

  async #rename(from: string, to: string): Promise<void> {
    const there = await this.#stat(from);
    if (keyOf(from) !== keyOf(to) && (await this.#ifThere(to)) !== undefined)
      throw systemCallError(STATUS.nameCollision);
    await this.#requireParent(to);
    if (there.directory || (await farIfThere(this.#far, from)) !== undefined) await this.#far.rename(from, to);
    const own = this.#items.get(keyOf(from));
    for (const item of own === undefined ? this.#beneath(from) : [own]) {
      const moved = to + item.path.slice(from.length);
      const bytes = await this.#options.win32.read(this.#dataOf(item));
      const { isDirty } = item;
      await this.#forget(item);
      if (!isDirty) continue;
      await this.#write(moved, bytes, 'replace');
    }
  }

  async #forget(item: Item): Promise<void> {
    item.timer?.dispose();
    this.#items.delete(keyOf(item.path));
    for (const path of [this.#dataOf(item), this.#metaOf(item.path)]) {
      if ((await statIfThere(this.#options.win32, path)) !== undefined) await this.#options.win32.deleteFile(path);
    }
  }

  /** What is known of each file goes before the file itself: one without the other is no file of the cache. */
  async #save(path: string, size: number, dirty: boolean): Promise<void> {
    const { win32, clock } = this.#options;
    for (const file of [this.#metaOf(path), this.#options.data + path]) await makeDirectory(win32, parentPath(file));
    await win32.write(this.#metaOf(path), Buffer.from(vfsMetaText(meta(clock.now(), size, dirty))), 'replace');
  }

  async #reload(path: string): Promise<void> {
    const { win32, clock, writeBackMs, maxAgeMs } = this.#options;
    for (const row of await win32.list(this.#options.meta + path)) {
      const inner = `${path}\\${row.name}`;
      if (row.directory) {
        await this.#reload(inner);
        continue;
      }
      const dirty = isDirty(Buffer.from(await win32.read(this.#metaOf(inner))).toString('utf8'));
      const item: Item = { path: inner, isDirty: dirty === true, timer: undefined };
      if (dirty === undefined || (await statIfThere(win32, this.#dataOf(item))) === undefined) {
        await this.#forget(item);
        continue;
      }
      this.#items.set(keyOf(inner), item);
      item.timer = dirty
        ? clock.after(writeBackMs, () => void this.#upload(item))
        : clock.after(maxAgeMs, () => void this.#forget(item));
    }
  }

  async #requireParent(path: string): Promise<void> {
    if (above(path) === '') return;
    const parent = await farIfThere(this.#far, above(path));
    if (parent?.directory !== true) throw systemCallError(STATUS.pathNotFound);
  }

  #ifThere(path: string): Promise<FileStat | undefined> {
    return orNothing(this.#stat(path));
  }

  #dirty(): readonly Item[] {
    return [...this.#items.values()].filter(item => item.isDirty);
  }

  #dirtyAt(path: string): Item | undefined {
    const item = this.#items.get(keyOf(path));
    return item?.isDirty === true ? item : undefined;
  }

  #beneath(path: string): readonly Item[] {
    return [...this.#items].flatMap(([key, item]) => (key.startsWith(`${keyOf(path)}\\`) ? [item] : []));
  }

  #dataOf(item: Item): string {
    return this.#options.data + item.path;
  }

  #metaOf(path: string): string {
    return this.#options.meta + path;
  }
}

const keyOf = (path: string): string => path.replace(/\\+$/, '').toLowerCase();

/** The directory above, as a path of the volume; the root is empty. */
const above = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('\\')));

const meta = (now: number, size: number, dirty: boolean): VfsMeta => {
  const at = new Date(now).toISOString();
  return {
    ModTime: at,
    ATime: at,
    Size: size,
    Rs: size === 0 ? null : [{ Pos: 0, Size: size }],
    Fingerprint: '',
    Dirty: dirty,
  };
};

const farIfThere = (far: FileSystemOperations, path: string): Promise<FileStat | undefined> =>
  orNothing(far.stat(path));

async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (caught) {
    if (isSystemCallError(caught)) return undefined;
    throw caught;
  }
}

async function makeDirectory(win32: Win32, path: string): Promise<void> {
  if ((await statIfThere(win32, path)) !== undefined) return;
  const parent = parentPath(path);
  // A disk that is not there has no parent to be made.
  if (parent === path) throw systemCallError(STATUS.pathNotFound);
  await makeDirectory(win32, parent);
  await win32.createDirectory(path);
}
