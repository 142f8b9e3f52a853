import type { ObjectNamespace } from './object-namespace.ts';
import type { Caller, DirectoryObject, SymbolicLinkObject } from './objects.ts';
import { isLink } from './objects.ts';
import { STATUS, systemCallError } from './status.ts';

/** A DOS device name with all its definitions, newest first; only the newest counts (DefineDosDevice). */
interface DosDevice extends SymbolicLinkObject {
  readonly targets: readonly string[];
}

const GLOBAL_FORM = /^(\\\\[.?]\\(global\\)?|global\\)/i;

/** Where a name belongs: `\\.\X:` and `Global\X:` are global and need an administrator, `X:` is the session's. */
function place(
  namespace: ObjectNamespace,
  caller: Caller,
  given: string,
): { directory: DirectoryObject; name: string } {
  const name = given.replace(GLOBAL_FORM, '');
  if (name === '' || name.includes('\\')) throw systemCallError(STATUS.INVALID_PARAMETER, given);
  if (name === given) return { directory: namespace.localDosDevices(caller), name };
  if (!caller.elevated) throw systemCallError(STATUS.ACCESS_DENIED, given);
  return { directory: namespace.globalDosDevices(caller.silo), name };
}

/** Defines a name, over an older definition if there is one. Answers the undo of this very definition. */
export function defineDosDevice(namespace: ObjectNamespace, caller: Caller, given: string, target: string): () => void {
  const { directory, name } = place(namespace, caller, given);
  const older = targetsOf(directory, name);
  put(directory, name, [target, ...older]);
  return () => {
    const now = targetsOf(directory, name);
    const index = now.indexOf(target);
    if (index >= 0) put(directory, name, now.toSpliced(index, 1));
  };
}

/** Takes the newest definition away; throws 0xC0000034 when there is none in this place. */
export function removeDosDevice(namespace: ObjectNamespace, caller: Caller, given: string): void {
  const { directory, name } = place(namespace, caller, given);
  const targets = targetsOf(directory, name);
  if (targets.length === 0) throw systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, given);
  put(directory, name, targets.slice(1));
}

/** Targets of a name as this caller sees it, or all names it sees. Throws 0xC0000034 for an unknown name. */
export function queryDosDevice(
  namespace: ObjectNamespace,
  caller: Caller,
  name: string | undefined,
): readonly string[] {
  const local = namespace.existingLocalDosDevices(caller);
  const global = namespace.globalDosDevices(caller.silo);
  if (name === undefined) {
    return [...new Set([...(local?.entries() ?? []), ...global.entries()].map(entry => entry.name))];
  }
  for (const directory of local === undefined ? [global] : [local, global]) {
    const targets = targetsOf(directory, name);
    if (targets.length > 0) return targets;
  }
  throw systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, name);
}

function targetsOf(directory: DirectoryObject, name: string): readonly string[] {
  const found = directory.get(name);
  if (found === undefined || !isLink(found)) return [];
  return isDosDevice(found) ? found.targets : [found.target];
}

function isDosDevice(found: SymbolicLinkObject): found is DosDevice {
  return 'targets' in found;
}

function put(directory: DirectoryObject, name: string, targets: readonly string[]): void {
  const [target] = targets;
  if (target === undefined) directory.delete(name);
  else {
    const device: DosDevice = { type: 'SymbolicLink', target, global: false, targets };
    directory.set(name, device);
  }
}
