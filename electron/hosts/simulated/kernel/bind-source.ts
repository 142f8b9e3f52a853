import type { BindMount, FileSystemOperations } from '../machine.ts';
import type { Kernel } from './kernel.ts';
import { isSystemCallError, STATUS, systemCallError } from './status.ts';
import { componentsOf, joinPath } from './store-path.ts';

/** Where a bind leads: a store, and a directory in it. */
export interface BindSource {
  readonly operations: FileSystemOperations;
  readonly from: string;
}

/**
 * A bind's source, resolved once: as LocalSystem on the host, who has no session's drive letters. Rejects for what is
 * missing, for a file, and for a directory of a user-mode file system, which the bind filter cannot take.
 */
export async function bindSource(host: Kernel, { source }: BindMount): Promise<BindSource> {
  if ('store' in source) return { operations: source.store, from: '\\' };
  const { operations, path, winfsp } = await host.openAsSystem(source.hostPath);
  if (winfsp) throw systemCallError(STATUS.INVALID_DEVICE_REQUEST, source.hostPath);
  const { directory } = await operations.stat(path);
  if (!directory) throw systemCallError(STATUS.NOT_A_DIRECTORY, source.hostPath);
  return { operations, from: path };
}

/** A bind's target as drive letter and path on it; `\` for the whole drive. Throws 0xC000003B without a letter. */
export function bindTarget(target: string): { readonly letter: string; readonly path: string } {
  const slashed = target.replaceAll('/', '\\').replace(/^\\\\[.?]\\/, '');
  const letter = slashed.slice(0, 2).toUpperCase();
  if (!/^[A-Z]:$/.test(letter)) throw systemCallError(STATUS.OBJECT_PATH_SYNTAX_BAD, target);
  return { letter, path: joinPath(componentsOf(slashed.slice(2))) };
}

/** Makes a directory and its missing parents: the targets of binds come to be on the disk below. */
export async function makeDirectories(disk: FileSystemOperations, path: string): Promise<void> {
  const components = componentsOf(path);
  for (let depth = 1; depth <= components.length; depth += 1) {
    try {
      await disk.createDirectory(joinPath(components.slice(0, depth)));
    } catch (error) {
      if (!isSystemCallError(error) || error.status !== STATUS.OBJECT_NAME_COLLISION) throw error;
    }
  }
}
