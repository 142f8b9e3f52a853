import { FaultError } from '../../../shared/contract/fault.ts';
import type { ObjectNamespace, ObjectRefusal } from '../host.ts';
import { isSystemCallError, STATUS } from './kernel/status.ts';
import type { NtStatus, Win32 } from './machine.ts';

const REFUSALS: ReadonlyMap<NtStatus, ObjectRefusal> = new Map([
  [STATUS.OBJECT_NAME_NOT_FOUND, 'not-found'],
  [STATUS.OBJECT_PATH_NOT_FOUND, 'not-found'],
  [STATUS.ACCESS_DENIED, 'access-denied'],
  [STATUS.OBJECT_TYPE_MISMATCH, 'wrong-type'],
  [STATUS.OBJECT_NAME_INVALID, 'malformed-name'],
  [STATUS.OBJECT_PATH_SYNTAX_BAD, 'malformed-name'],
]);

/** The object namespace as ntdll answers it to one caller. `alive` throws when the host is no more. */
export function objectReader(win32: Win32, alive: () => void): ObjectNamespace {
  const ask = async <T>(question: () => T, signal?: AbortSignal): Promise<T | { readonly refused: ObjectRefusal }> => {
    alive();
    if (signal?.aborted === true) throw new FaultError({ code: 'cancelled' }, { cause: signal.reason });
    try {
      return question();
    } catch (caught) {
      if (!isSystemCallError(caught)) throw caught;
      return { refused: REFUSALS.get(caught.status) ?? 'unsupported' };
    }
  };
  return {
    list: (path, signal) => ask(() => ({ entries: win32.listDirectoryObject(path) }), signal),
    readLink: (path, signal) => ask(() => ({ target: win32.readSymbolicLink(path) }), signal),
  };
}
