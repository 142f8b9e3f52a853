import type { FileSystemOperations } from '../machine.ts';
import type { Junction } from './junctions.ts';
import { deviceOf, type ObjectNamespace } from './object-namespace.ts';
import type { Caller, OpenTarget } from './objects.ts';
import { STATUS, systemCallError } from './status.ts';
import { ntPath } from './win32-path.ts';

/** Junctions met in one open; as NTFS, 63 are too many. */
const MAX_JUNCTIONS = 63;

/** Tells of junctions on a disk; undefined where there is none. */
export type JunctionFinder = (operations: FileSystemOperations, path: string) => Junction | undefined;

/**
 * Opens a Win32 path for a caller: through the object manager to a device, through that device to a file system, and
 * on where a junction leads elsewhere. Visibility is what comes out of it; there is no other way to a file.
 */
export async function openPath(
  namespace: ObjectNamespace,
  caller: Caller,
  path: string,
  junctionOn: JunctionFinder,
): Promise<OpenTarget> {
  let name = ntPath(path);
  for (let junctions = 0; junctions <= MAX_JUNCTIONS; junctions += 1) {
    const resolved = namespace.resolve(name, caller);
    const opened = deviceOf(resolved, path).open(resolved.remainder, caller);
    const target = opened instanceof Promise ? await opened : opened;
    const junction = junctionOn(target.operations, target.path);
    if (junction === undefined) return target;
    name = junction.target + junction.rest;
  }
  throw systemCallError(STATUS.INVALID_PARAMETER, path);
}
