import type { Clock } from '../../../../shared/base/clock.ts';
import type { FileStat, FileSystemOperations, VolumeInformation } from '../machine.ts';
import { foldName } from './fold-name.ts';
import { STATUS, systemCallError } from './status.ts';
import { checkName, componentsOf, splitPath } from './store-path.ts';

interface Node {
  name: string;
  /** Present in a directory only. */
  readonly children: Map<string, Node> | undefined;
  bytes: Uint8Array;
  readonly created: number;
  modified: number;
  readOnly: boolean;
  hidden: boolean;
}

const NO_BYTES = new Uint8Array(0);

export interface StoreOptions {
  readonly label: string;
  readonly totalBytes: number;
  readonly serialNumber: number;
  /** Bytes that are taken by what is not modelled. */
  readonly usedBytes?: number;
}

/** An in-memory volume with NTFS manners: case kept and ignored, statuses as NTFS answers them, a capacity. */
export class NtfsStore implements FileSystemOperations {
  readonly #clock: Clock;
  readonly #options: StoreOptions;
  readonly #root: Node;
  #used: number;

  constructor(clock: Clock, options: StoreOptions) {
    this.#clock = clock;
    this.#options = options;
    this.#used = options.usedBytes ?? 0;
    this.#root = this.#node('', true);
  }

  async information(): Promise<VolumeInformation> {
    const { label, serialNumber, totalBytes } = this.#options;
    return { label, serialNumber, fileSystemName: 'NTFS', totalBytes, freeBytes: Math.max(0, totalBytes - this.#used) };
  }

  async stat(path: string): Promise<FileStat> {
    return statOf(this.#find(path));
  }

  async list(path: string): Promise<readonly FileStat[]> {
    const { children } = this.#find(path);
    if (children === undefined) throw systemCallError(STATUS.NOT_A_DIRECTORY, path);
    return [...children.values()].map(statOf).sort(byName);
  }

  async read(path: string): Promise<Uint8Array> {
    const node = this.#find(path);
    if (node.children !== undefined) throw systemCallError(STATUS.FILE_IS_A_DIRECTORY, path);
    return node.bytes.slice();
  }

  async write(path: string, bytes: Uint8Array, how: 'replace' | 'append'): Promise<void> {
    this.writeNow(path, bytes, how);
  }

  /** `write` for those who build a tree at once. */
  writeNow(path: string, bytes: Uint8Array, how: 'replace' | 'append' = 'replace'): void {
    const { siblings, name } = this.#place(path, STATUS.FILE_IS_A_DIRECTORY);
    const found = siblings.get(foldName(name));
    if (found?.children !== undefined) throw systemCallError(STATUS.FILE_IS_A_DIRECTORY, path);
    if (found?.readOnly === true) throw systemCallError(STATUS.ACCESS_DENIED, path);
    if (found === undefined) checkName(name);
    const next = how === 'append' && found !== undefined ? concatenate(found.bytes, bytes) : bytes.slice();
    this.#charge(next.length - (found?.bytes.length ?? 0));
    const node = found ?? this.#node(name, false);
    node.bytes = next;
    node.modified = this.#clock.now();
    siblings.set(foldName(name), node);
  }

  async createDirectory(path: string): Promise<void> {
    const { siblings, name } = this.#place(path, STATUS.OBJECT_NAME_COLLISION);
    if (siblings.has(foldName(name))) throw systemCallError(STATUS.OBJECT_NAME_COLLISION, path);
    checkName(name);
    siblings.set(foldName(name), this.#node(name, true));
  }

  /** Makes a directory and every missing parent. */
  makeDirectories(path: string): void {
    let children = this.#root.children;
    for (const name of componentsOf(path)) {
      if (children === undefined) throw systemCallError(STATUS.OBJECT_PATH_NOT_FOUND, path);
      let next: Node | undefined = children.get(foldName(name));
      if (next === undefined) {
        checkName(name);
        next = this.#node(name, true);
        children.set(foldName(name), next);
      }
      children = next.children;
    }
    if (children === undefined) throw systemCallError(STATUS.OBJECT_NAME_COLLISION, path);
  }

  async deleteFile(path: string): Promise<void> {
    const { siblings, name } = this.#place(path, STATUS.FILE_IS_A_DIRECTORY);
    const found = siblings.get(foldName(name));
    if (found === undefined) throw systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, path);
    if (found.children !== undefined) throw systemCallError(STATUS.FILE_IS_A_DIRECTORY, path);
    if (found.readOnly) throw systemCallError(STATUS.CANNOT_DELETE, path);
    siblings.delete(foldName(name));
    this.#used -= found.bytes.length;
  }

  async removeDirectory(path: string): Promise<void> {
    const { siblings, name } = this.#place(path, STATUS.CANNOT_DELETE);
    const found = siblings.get(foldName(name));
    if (found === undefined) throw systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, path);
    if (found.children === undefined) throw systemCallError(STATUS.NOT_A_DIRECTORY, path);
    if (found.children.size > 0) throw systemCallError(STATUS.DIRECTORY_NOT_EMPTY, path);
    siblings.delete(foldName(name));
  }

  async rename(from: string, to: string): Promise<void> {
    const source = this.#place(from, STATUS.ACCESS_DENIED);
    const moved = source.siblings.get(foldName(source.name));
    if (moved === undefined) throw systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, from);
    checkNotIntoItself(from, to);
    const goal = this.#place(to, STATUS.OBJECT_NAME_COLLISION);
    const there = goal.siblings.get(foldName(goal.name));
    if (there !== undefined && there !== moved) throw systemCallError(STATUS.OBJECT_NAME_COLLISION, to);
    checkName(goal.name);
    source.siblings.delete(foldName(source.name));
    moved.name = goal.name;
    goal.siblings.set(foldName(goal.name), moved);
  }

  #node(name: string, directory: boolean): Node {
    const now = this.#clock.now();
    return {
      name,
      children: directory ? new Map() : undefined,
      bytes: NO_BYTES,
      created: now,
      modified: now,
      readOnly: false,
      hidden: false,
    };
  }

  #find(path: string): Node {
    let node = this.#root;
    const components = componentsOf(path);
    for (const [index, name] of components.entries()) {
      const next = node.children?.get(foldName(name));
      if (next === undefined) throw missing(index === components.length - 1 && node.children !== undefined, path);
      node = next;
    }
    return node;
  }

  #place(path: string, ofTheRoot: number): { siblings: Map<string, Node>; name: string } {
    const { parent, name } = splitPath(path);
    if (name === '') throw systemCallError(ofTheRoot, path);
    let siblings = this.#root.children;
    for (const component of parent) siblings = siblings?.get(foldName(component))?.children;
    if (siblings === undefined) throw systemCallError(STATUS.OBJECT_PATH_NOT_FOUND, path);
    return { siblings, name };
  }

  #charge(bytes: number): void {
    if (bytes > 0 && this.#used + bytes > this.#options.totalBytes) throw systemCallError(STATUS.DISK_FULL);
    this.#used += bytes;
  }
}

function missing(leaf: boolean, path: string): Error {
  return systemCallError(leaf ? STATUS.OBJECT_NAME_NOT_FOUND : STATUS.OBJECT_PATH_NOT_FOUND, path);
}

/** A directory cannot move below itself; NTFS's own status for it. */
export function checkNotIntoItself(from: string, to: string): void {
  const inner = componentsOf(to).map(foldName);
  const outer = componentsOf(from).map(foldName);
  if (inner.length > outer.length && outer.every((name, index) => inner[index] === name)) {
    throw systemCallError(STATUS.INVALID_PARAMETER, to);
  }
}

export function concatenate(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}

/** Directory listings come in the order of the folded names, as from an NTFS index. */
export function byName(a: FileStat, b: FileStat): number {
  const [left, right] = [foldName(a.name), foldName(b.name)];
  return left < right ? -1 : Number(left > right);
}

function statOf(node: Node): FileStat {
  const { name, children, bytes, created, modified, readOnly, hidden } = node;
  return { name, directory: children !== undefined, size: bytes.length, created, modified, readOnly, hidden };
}
