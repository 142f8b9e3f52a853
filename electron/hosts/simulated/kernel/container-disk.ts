import type { Clock } from '../../../../shared/base/clock.ts';
import type { ContainerDisk, FileStat, FileSystemOperations, VolumeInformation } from '../machine.ts';
import { foldName } from './fold-name.ts';
import { byName, checkNotIntoItself, concatenate } from './ntfs-store.ts';
import { isSystemCallError, STATUS, systemCallError } from './status.ts';
import { checkName, componentsOf, joinPath, splitPath } from './store-path.ts';

/**
 * What the scratch layer knows of a name: a file or directory of its own, or that the image's one is gone.
 * `merged`: the image's directory of the same path shows through.
 */
type Scratch =
  | { readonly kind: 'gone' }
  | { readonly kind: 'file'; name: string; bytes: Uint8Array; readonly created: number; modified: number }
  | {
      readonly kind: 'directory';
      name: string;
      readonly children: Map<string, Scratch>;
      merged: boolean;
      readonly created: number;
      modified: number;
    };
type ScratchDirectory = Extract<Scratch, { kind: 'directory' }>;

const GONE: Scratch = { kind: 'gone' };

/** A copy-on-write disk over an image that is shared and never written. Costs one empty map until something changes. */
export class OverlayDisk implements ContainerDisk, FileSystemOperations {
  readonly operations: FileSystemOperations = this;
  readonly #image: FileSystemOperations;
  readonly #sizeBytes: number;
  readonly #serialNumber: number;
  readonly #clock: Clock;
  readonly #root: ScratchDirectory;
  #scratch = 0;
  /** Changes run one after the other: between reading the image and writing the scratch nobody may slip in. */
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock, image: FileSystemOperations, sizeBytes: number, serialNumber: number) {
    this.#clock = clock;
    this.#image = image;
    this.#sizeBytes = sizeBytes;
    this.#serialNumber = serialNumber;
    this.#root = this.#directory('', true);
  }

  scratchBytes(): number {
    return this.#scratch;
  }

  snapshot(): FileSystemOperations {
    const frozen = new OverlayDisk(this.#clock, this.#image, this.#sizeBytes, this.#serialNumber);
    for (const [key, child] of this.#root.children) frozen.#root.children.set(key, copyOf(child));
    frozen.#scratch = this.#scratch;
    return frozen;
  }

  async changes(): Promise<readonly { readonly path: string; readonly gone: boolean }[]> {
    const found: { path: string; gone: boolean }[] = [];
    const walk = async (directory: ScratchDirectory, above: string): Promise<void> => {
      for (const [key, child] of directory.children) {
        if (child.kind === 'gone') {
          // Made and deleted again here: the image never had it.
          const held = await this.#image.stat(`${above}\\${key}`).catch(() => undefined);
          if (held !== undefined) found.push({ path: `${above}\\${held.name}`, gone: true });
          continue;
        }
        const path = `${above}\\${child.name}`;
        found.push({ path, gone: false });
        if (child.kind === 'directory') await walk(child, path);
      }
    };
    await walk(this.#root, '');
    return found.sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  async information(): Promise<VolumeInformation> {
    return {
      label: '',
      serialNumber: this.#serialNumber,
      fileSystemName: 'NTFS',
      totalBytes: this.#sizeBytes,
      freeBytes: Math.max(0, this.#sizeBytes - this.#scratch),
    };
  }

  async stat(path: string): Promise<FileStat> {
    const found = this.#find(path);
    if (found === 'image') return this.#image.stat(path);
    if (found.kind === 'directory' && found.merged) return { ...(await this.#image.stat(path)), name: found.name };
    return statOf(found);
  }

  async list(path: string): Promise<readonly FileStat[]> {
    const found = this.#find(path);
    if (found === 'image') return this.#image.list(path);
    if (found.kind === 'file') throw systemCallError(STATUS.NOT_A_DIRECTORY, path);
    const below = found.merged ? await this.#image.list(path) : [];
    const shown = below.filter(({ name }) => {
      const own = found.children.get(foldName(name));
      return own === undefined || (own.kind === 'directory' && own.merged);
    });
    for (const child of found.children.values()) {
      if (child.kind !== 'gone' && !(child.kind === 'directory' && child.merged)) shown.push(statOf(child));
    }
    return shown.sort(byName);
  }

  async read(path: string): Promise<Uint8Array> {
    const found = this.#find(path);
    if (found === 'image') return this.#image.read(path);
    if (found.kind === 'directory') throw systemCallError(STATUS.FILE_IS_A_DIRECTORY, path);
    return found.bytes.slice();
  }

  write(path: string, bytes: Uint8Array, how: 'replace' | 'append'): Promise<void> {
    const given = bytes.slice();
    return this.#change(async () => {
      const { parent, name } = this.#place(path, STATUS.FILE_IS_A_DIRECTORY);
      const there = await this.#existing(path);
      if (there?.directory === true) throw systemCallError(STATUS.FILE_IS_A_DIRECTORY, path);
      if (there?.readOnly === true) throw systemCallError(STATUS.ACCESS_DENIED, path);
      if (there === undefined) checkName(name);
      const next = how === 'append' && there !== undefined ? concatenate(await this.read(path), given) : given;
      const siblings = await this.#open(parent);
      const own = siblings.children.get(foldName(name));
      this.#charge(next.length - (own?.kind === 'file' ? own.bytes.length : 0));
      const now = this.#clock.now();
      siblings.children.set(foldName(name), {
        kind: 'file',
        name: there?.name ?? name,
        bytes: next,
        created: there?.created ?? now,
        modified: now,
      });
    });
  }

  createDirectory(path: string): Promise<void> {
    return this.#change(async () => {
      const { parent, name } = this.#place(path, STATUS.OBJECT_NAME_COLLISION);
      if ((await this.#existing(path)) !== undefined) throw systemCallError(STATUS.OBJECT_NAME_COLLISION, path);
      checkName(name);
      (await this.#open(parent)).children.set(foldName(name), this.#directory(name, false));
    });
  }

  deleteFile(path: string): Promise<void> {
    return this.#change(async () => {
      const { parent, name } = this.#place(path, STATUS.FILE_IS_A_DIRECTORY);
      const there = await this.stat(path);
      if (there.directory) throw systemCallError(STATUS.FILE_IS_A_DIRECTORY, path);
      if (there.readOnly) throw systemCallError(STATUS.CANNOT_DELETE, path);
      await this.#hide(parent, name);
    });
  }

  removeDirectory(path: string): Promise<void> {
    return this.#change(async () => {
      const { parent, name } = this.#place(path, STATUS.CANNOT_DELETE);
      if (!(await this.stat(path)).directory) throw systemCallError(STATUS.NOT_A_DIRECTORY, path);
      if ((await this.list(path)).length > 0) throw systemCallError(STATUS.DIRECTORY_NOT_EMPTY, path);
      await this.#hide(parent, name);
    });
  }

  rename(from: string, to: string): Promise<void> {
    return this.#change(async () => {
      const source = this.#place(from, STATUS.ACCESS_DENIED);
      await this.stat(from);
      checkNotIntoItself(from, to);
      const goal = this.#place(to, STATUS.OBJECT_NAME_COLLISION);
      const same = foldName(joinPath(componentsOf(from))) === foldName(joinPath(componentsOf(to)));
      if (!same && (await this.#existing(to)) !== undefined) throw systemCallError(STATUS.OBJECT_NAME_COLLISION, to);
      checkName(goal.name);
      const siblings = await this.#open(goal.parent);
      const copied = await this.#copyUp(from, goal.name);
      await this.#hide(source.parent, source.name);
      siblings.children.set(foldName(goal.name), copied);
      this.#scratch += weightOf(copied);
    });
  }

  #change<T>(act: () => Promise<T>): Promise<T> {
    const next = this.#lastChange.then(act, act);
    this.#lastChange = next.catch(() => undefined);
    return next;
  }

  /** The scratch's own entry, or `image` when nothing on the path was changed. */
  #find(path: string): Exclude<Scratch, { kind: 'gone' }> | 'image' {
    let at: Exclude<Scratch, { kind: 'gone' }> = this.#root;
    const components = componentsOf(path);
    for (const [index, name] of components.entries()) {
      const leaf = index === components.length - 1;
      if (at.kind === 'file') throw systemCallError(STATUS.OBJECT_PATH_NOT_FOUND, path);
      const next: Scratch | undefined = at.children.get(foldName(name));
      if (next === undefined && at.merged) return 'image';
      if (next === undefined || next.kind === 'gone') {
        throw systemCallError(leaf ? STATUS.OBJECT_NAME_NOT_FOUND : STATUS.OBJECT_PATH_NOT_FOUND, path);
      }
      at = next;
    }
    return at;
  }

  async #existing(path: string): Promise<FileStat | undefined> {
    try {
      return await this.stat(path);
    } catch (error) {
      if (isSystemCallError(error) && error.status === STATUS.OBJECT_NAME_NOT_FOUND) return undefined;
      throw error;
    }
  }

  #place(path: string, ofTheRoot: number): { parent: readonly string[]; name: string } {
    const place = splitPath(path);
    if (place.name === '') throw systemCallError(ofTheRoot, path);
    return place;
  }

  /** The scratch directory of this path, made over the image's one where it is missing. */
  async #open(components: readonly string[]): Promise<ScratchDirectory> {
    let at = this.#root;
    for (const [index, name] of components.entries()) {
      const path = joinPath(components.slice(0, index + 1));
      const found = this.#find(path);
      if (found === 'image') {
        const image = await this.#image.stat(path);
        if (!image.directory) throw systemCallError(STATUS.OBJECT_PATH_NOT_FOUND, path);
        const made = this.#directory(image.name, true);
        at.children.set(foldName(name), made);
        at = made;
      } else if (found.kind === 'directory') at = found;
      else throw systemCallError(STATUS.OBJECT_PATH_NOT_FOUND, path);
    }
    return at;
  }

  /** Takes a name away: forgotten where it was ours alone, marked as gone where the image would show through. */
  async #hide(parent: readonly string[], name: string): Promise<void> {
    const siblings = await this.#open(parent);
    const own = siblings.children.get(foldName(name));
    if (own !== undefined) this.#scratch -= weightOf(own);
    if (siblings.merged) siblings.children.set(foldName(name), GONE);
    else siblings.children.delete(foldName(name));
  }

  async #copyUp(path: string, name: string): Promise<Scratch> {
    const { directory, created, modified } = await this.stat(path);
    if (!directory) return { kind: 'file', name, bytes: await this.read(path), created, modified };
    const copy: ScratchDirectory = { kind: 'directory', name, children: new Map(), merged: false, created, modified };
    for (const child of await this.list(path)) {
      copy.children.set(foldName(child.name), await this.#copyUp(`${path}\\${child.name}`, child.name));
    }
    return copy;
  }

  #directory(name: string, merged: boolean): ScratchDirectory {
    const now = this.#clock.now();
    return { kind: 'directory', name, children: new Map(), merged, created: now, modified: now };
  }

  #charge(bytes: number): void {
    if (bytes > 0 && this.#scratch + bytes > this.#sizeBytes) throw systemCallError(STATUS.DISK_FULL);
    this.#scratch += bytes;
  }
}

/** A deep copy; the bytes of files are shared, for each write puts others in their place. */
function copyOf(entry: Scratch): Scratch {
  if (entry.kind !== 'directory') return { ...entry };
  return { ...entry, children: new Map([...entry.children].map(([key, child]) => [key, copyOf(child)])) };
}

function weightOf(entry: Scratch): number {
  if (entry.kind === 'gone') return 0;
  if (entry.kind === 'file') return entry.bytes.length;
  let weight = 0;
  for (const child of entry.children.values()) weight += weightOf(child);
  return weight;
}

function statOf(entry: Exclude<Scratch, { kind: 'gone' }>): FileStat {
  const { kind, name, created, modified } = entry;
  return {
    name,
    directory: kind === 'directory',
    size: kind === 'file' ? entry.bytes.length : 0,
    created,
    modified,
    readOnly: false,
    hidden: false,
  };
}
