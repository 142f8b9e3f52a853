import type { Clock } from '../../../../../shared/base/clock.ts';
import type { FileStat, FileSystemOperations, VolumeInformation } from '../../machine.ts';
import { STATUS, systemCallError } from './nt-status.ts';

export interface MemoryStoreOptions {
  readonly clock: Clock;
  readonly label: string;
  readonly fileSystemName: string;
  readonly serialNumber: number;
  /** Files and directories together, root included. memfs -n. */
  readonly maxFileNodes?: number;
  /** Bytes of one file. memfs -s. */
  readonly maxFileSize?: number;
  /** Where no count of nodes limits the volume. */
  readonly totalBytes?: number;
}

interface FileNode {
  name: string;
  created: number;
  modified: number;
  bytes: Uint8Array;
  children: Map<string, FileNode> | undefined;
}

/** A file system held in memory: what memfs serves, and the small trees of the other programs. */
export class MemoryStore implements FileSystemOperations {
  readonly #options: MemoryStoreOptions;
  readonly #root: FileNode;
  #nodes = 1;
  #used = 0;
  #sealed = false;

  constructor(options: MemoryStoreOptions, tree: Readonly<Record<string, string>> = {}) {
    this.#options = options;
    this.#root = this.#node('', true);
    for (const [path, text] of Object.entries(tree)) this.#plant(path, text);
  }

  /** From here on it is read-only. */
  seal(): this {
    this.#sealed = true;
    return this;
  }

  async information(): Promise<VolumeInformation> {
    const { label, serialNumber, fileSystemName, maxFileNodes, maxFileSize = 0, totalBytes = 0 } = this.#options;
    // winfsp tst/memfs/memfs.cpp: GetVolumeInfo counts free nodes, not free bytes.
    const total = maxFileNodes === undefined ? totalBytes : maxFileNodes * maxFileSize;
    const free =
      maxFileNodes === undefined ? totalBytes - this.#used : Math.max(0, maxFileNodes - this.#nodes) * maxFileSize;
    return { label, serialNumber, fileSystemName, totalBytes: total, freeBytes: Math.max(0, free) };
  }

  async stat(path: string): Promise<FileStat> {
    return statOf(this.#find(path), this.#sealed);
  }

  async list(path: string): Promise<readonly FileStat[]> {
    const node = this.#find(path);
    if (node.children === undefined) throw systemCallError(STATUS.notADirectory);
    return [...node.children.values()].map(child => statOf(child, this.#sealed));
  }

  async read(path: string): Promise<Uint8Array> {
    const node = this.#find(path);
    if (node.children !== undefined) throw systemCallError(STATUS.fileIsADirectory);
    return node.bytes.slice();
  }

  async write(path: string, bytes: Uint8Array, how: 'replace' | 'append'): Promise<void> {
    this.#assertWritable();
    const [parent, name] = this.#parent(path);
    const there = parent.children?.get(name.toLowerCase());
    if (there?.children !== undefined) throw systemCallError(STATUS.fileIsADirectory);
    const before = there?.bytes.length ?? 0;
    const size = how === 'append' ? before + bytes.length : bytes.length;
    if (size > (this.#options.maxFileSize ?? Number.POSITIVE_INFINITY)) throw systemCallError(STATUS.diskFull);
    if (this.#options.totalBytes !== undefined && this.#used + size - before > this.#options.totalBytes) {
      throw systemCallError(STATUS.diskFull);
    }
    const node = there ?? this.#add(parent, name, false);
    node.bytes = how === 'append' ? new Uint8Array(Buffer.concat([node.bytes, bytes])) : bytes.slice();
    node.modified = this.#options.clock.now();
    this.#used += size - before;
  }

  async createDirectory(path: string): Promise<void> {
    this.#assertWritable();
    const [parent, name] = this.#parent(path);
    if (parent.children?.has(name.toLowerCase())) throw systemCallError(STATUS.nameCollision);
    this.#add(parent, name, true);
  }

  async deleteFile(path: string): Promise<void> {
    this.#assertWritable();
    const [parent, name] = this.#parent(path);
    const node = this.#find(path);
    if (node.children !== undefined) throw systemCallError(STATUS.fileIsADirectory);
    this.#remove(parent, name, node);
  }

  async removeDirectory(path: string): Promise<void> {
    this.#assertWritable();
    const node = this.#find(path);
    if (node === this.#root) throw systemCallError(STATUS.accessDenied);
    if (node.children === undefined) throw systemCallError(STATUS.notADirectory);
    if (node.children.size > 0) throw systemCallError(STATUS.directoryNotEmpty);
    const [parent, name] = this.#parent(path);
    this.#remove(parent, name, node);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#assertWritable();
    const node = this.#find(from);
    if (node === this.#root) throw systemCallError(STATUS.accessDenied);
    const [oldParent, oldName] = this.#parent(from);
    const [newParent, newName] = this.#parent(to);
    const there = newParent.children?.get(newName.toLowerCase());
    if (there !== undefined && there !== node) throw systemCallError(STATUS.nameCollision);
    if (isWithin(newParent, node)) throw systemCallError(STATUS.accessDenied);
    oldParent.children?.delete(oldName.toLowerCase());
    node.name = newName;
    newParent.children?.set(newName.toLowerCase(), node);
  }

  #assertWritable(): void {
    if (this.#sealed) throw systemCallError(STATUS.writeProtected);
  }

  #node(name: string, directory: boolean): FileNode {
    const now = this.#options.clock.now();
    return { name, created: now, modified: now, bytes: new Uint8Array(), children: directory ? new Map() : undefined };
  }

  #add(parent: FileNode, name: string, directory: boolean): FileNode {
    // winfsp tst/memfs/memfs.cpp: Create answers STATUS_CANNOT_MAKE when the nodes are used up.
    if (this.#nodes >= (this.#options.maxFileNodes ?? Number.POSITIVE_INFINITY))
      throw systemCallError(STATUS.cannotMake);
    const node = this.#node(name, directory);
    parent.children?.set(name.toLowerCase(), node);
    parent.modified = node.created;
    this.#nodes++;
    return node;
  }

  #remove(parent: FileNode, name: string, node: FileNode): void {
    parent.children?.delete(name.toLowerCase());
    this.#used -= node.bytes.length;
    this.#nodes--;
  }

  #find(path: string): FileNode {
    const parts = partsOf(path);
    let node = this.#root;
    for (const [index, part] of parts.entries()) {
      const next = node.children?.get(part.toLowerCase());
      if (next === undefined) {
        throw systemCallError(index === parts.length - 1 ? STATUS.nameNotFound : STATUS.pathNotFound);
      }
      node = next;
    }
    return node;
  }

  #parent(path: string): [FileNode, string] {
    const parts = partsOf(path);
    const name = parts.at(-1);
    if (name === undefined) throw systemCallError(STATUS.accessDenied);
    if (/[<>:"|?*]/.test(name)) throw systemCallError(STATUS.nameInvalid);
    let node = this.#root;
    for (const part of parts.slice(0, -1)) {
      const next = node.children?.get(part.toLowerCase());
      if (next?.children === undefined) throw systemCallError(STATUS.pathNotFound);
      node = next;
    }
    return [node, name];
  }

  #plant(path: string, text: string): void {
    let node = this.#root;
    const parts = partsOf(path);
    const name = parts.pop() ?? '';
    for (const part of parts) node = node.children?.get(part.toLowerCase()) ?? this.#add(node, part, true);
    const file = this.#add(node, name, false);
    file.bytes = new TextEncoder().encode(text);
    this.#used += file.bytes.length;
  }
}

const partsOf = (path: string): string[] => path.split(/[\\/]+/).filter(part => part !== '');

function isWithin(node: FileNode, ancestor: FileNode): boolean {
  if (node === ancestor) return true;
  return [...(ancestor.children?.values() ?? [])].some(child => isWithin(node, child));
}

function statOf(node: FileNode, sealed: boolean): FileStat {
  return {
    name: node.name,
    directory: node.children !== undefined,
    size: node.bytes.length,
    created: node.created,
    modified: node.modified,
    readOnly: sealed,
    hidden: false,
  };
}
