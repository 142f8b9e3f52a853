import type { FileSystemOperations } from '../machine.ts';
import { foldName } from './fold-name.ts';
import { STATUS, systemCallError } from './status.ts';
import { componentsOf, joinPath } from './store-path.ts';

/** A name surrogate (IO_REPARSE_TAG_MOUNT_POINT) met on the way: where it leads and what is left of the path. */
export interface Junction {
  readonly target: string;
  /** Empty, or with a leading `\`. */
  readonly rest: string;
}

/**
 * The junctions of one disk, over its files. WinFsp mounts a disk volume on a directory by creating that directory
 * (it must not exist) as a junction that is deleted on close. Ground: winfsp src/dll/mount.c.
 */
export class Junctions {
  readonly #operations: FileSystemOperations;
  readonly #targets = new Map<string, { readonly path: string; readonly target: string }>();

  constructor(operations: FileSystemOperations) {
    this.#operations = operations;
  }

  /** The first junction on this path. Synchronous: a disk without junctions pays nothing. */
  on(path: string): Junction | undefined {
    if (this.#targets.size === 0) return undefined;
    const components = componentsOf(path);
    for (let depth = 1; depth <= components.length; depth += 1) {
      const found = this.#targets.get(key(components.slice(0, depth)));
      if (found === undefined) continue;
      const rest = components.slice(depth);
      return { target: found.target, rest: rest.length === 0 ? '' : joinPath(rest) };
    }
    return undefined;
  }

  /** Where the junction that is this path leads. */
  at(path: string): string | undefined {
    return this.#targets.get(key(componentsOf(path)))?.target;
  }

  async set(path: string, target: string): Promise<void> {
    if (componentsOf(path).length === 0) throw systemCallError(STATUS.ACCESS_DENIED, path);
    await this.#operations.createDirectory(path);
    this.#targets.set(key(componentsOf(path)), { path, target });
  }

  /** Removes the junction and its directory; without one at this path, nothing. */
  clear(path: string): void {
    if (!this.#targets.delete(key(componentsOf(path)))) return;
    // The directory was ours and empty; somebody may have been quicker, which is as good.
    this.#operations.removeDirectory(path).catch(() => undefined);
  }
}

function key(components: readonly string[]): string {
  return components.map(foldName).join('\\');
}
