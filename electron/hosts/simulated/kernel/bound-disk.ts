import type { FileStat, FileSystemOperations, VolumeInformation } from '../machine.ts';
import { foldName } from './fold-name.ts';
import { STATUS, systemCallError } from './status.ts';
import { componentsOf, joinPath } from './store-path.ts';

/** A directory of another store that appears at a path of this disk (bindflt.sys). */
export interface Bind {
  /** Relative to the disk's root. */
  readonly path: string;
  readonly readOnly: boolean;
  readonly operations: FileSystemOperations;
  /** Where it starts in the other store. */
  readonly from: string;
}

interface Route {
  readonly operations: FileSystemOperations;
  readonly path: string;
  readonly readOnly: boolean;
}

/** A disk with binds over it. The longest bind wins; renames do not cross its border. */
export function withBinds(disk: FileSystemOperations, binds: readonly Bind[]): FileSystemOperations {
  if (binds.length === 0) return disk;
  const sorted = binds
    .map(bind => ({ bind, folded: componentsOf(bind.path).map(foldName) }))
    .sort((a, b) => b.folded.length - a.folded.length);

  const route = (path: string): Route => {
    const components = componentsOf(path);
    for (const { bind, folded } of sorted) {
      if (folded.length > components.length) continue;
      if (!folded.every((name, index) => foldName(components[index] ?? '') === name)) continue;
      const rest = components.slice(folded.length);
      return {
        operations: bind.operations,
        path: joinPath([...componentsOf(bind.from), ...rest]),
        readOnly: bind.readOnly,
      };
    }
    return { operations: disk, path, readOnly: false };
  };
  const writable = (path: string): Route => {
    const found = route(path);
    if (found.readOnly) throw systemCallError(STATUS.ACCESS_DENIED, path);
    return found;
  };

  return {
    information: (): Promise<VolumeInformation> => disk.information(),
    async stat(path): Promise<FileStat> {
      const { operations, path: there } = route(path);
      const stat = await operations.stat(there);
      return operations === disk ? stat : { ...stat, name: componentsOf(path).at(-1) ?? '' };
    },
    async list(path) {
      const found = route(path);
      return found.operations.list(found.path);
    },
    async read(path) {
      const found = route(path);
      return found.operations.read(found.path);
    },
    async write(path, bytes, how) {
      const found = writable(path);
      return found.operations.write(found.path, bytes, how);
    },
    async createDirectory(path) {
      const found = writable(path);
      return found.operations.createDirectory(found.path);
    },
    async deleteFile(path) {
      const found = writable(path);
      return found.operations.deleteFile(found.path);
    },
    async removeDirectory(path) {
      const found = writable(path);
      return found.operations.removeDirectory(found.path);
    },
    async rename(from, to) {
      const [source, goal] = [writable(from), writable(to)];
      if (source.operations !== goal.operations) throw systemCallError(STATUS.NOT_SAME_DEVICE, to);
      return source.operations.rename(source.path, goal.path);
    },
  };
}
