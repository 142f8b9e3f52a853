import type { FileSystemOperations } from '../machine.ts';
import { STATUS, systemCallError } from './status.ts';

/**
 * A volume's operations as its clients meet them: once the volume has ended, pending ones are cancelled and new ones
 * refused, as the FSD does when it stops a volume's queue. A hanging volume accepts everything and never answers.
 */
export function endableOperations(
  operations: FileSystemOperations,
  hangs: boolean,
): { readonly operations: FileSystemOperations; end(): void } {
  const pending = new Set<(reason: Error) => void>();
  let ended = false;
  const run = <T>(act: () => Promise<T>): Promise<T> => {
    if (ended) return Promise.reject(systemCallError(STATUS.VOLUME_DISMOUNTED));
    return new Promise<T>((resolve, reject) => {
      pending.add(reject);
      if (hangs) return;
      // The server may be any program: what it throws at once counts as its answer too.
      Promise.resolve()
        .then(act)
        .then(resolve, reject)
        .finally(() => pending.delete(reject));
    });
  };
  return {
    operations: {
      information: () => run(() => operations.information()),
      stat: path => run(() => operations.stat(path)),
      list: path => run(() => operations.list(path)),
      read: path => run(() => operations.read(path)),
      write: (path, bytes, how) => run(() => operations.write(path, bytes, how)),
      createDirectory: path => run(() => operations.createDirectory(path)),
      deleteFile: path => run(() => operations.deleteFile(path)),
      removeDirectory: path => run(() => operations.removeDirectory(path)),
      rename: (from, to) => run(() => operations.rename(from, to)),
    },
    end() {
      ended = true;
      for (const reject of pending) reject(systemCallError(STATUS.CANCELLED));
      pending.clear();
    },
  };
}
