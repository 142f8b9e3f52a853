import { sleep } from '../../../../../shared/base/clock.ts';
import type { FileSystemOperations, ProgramContext } from '../../machine.ts';

/** memfs -M and -R: reads, writes and listings wait up to `maxDelay` ms, halved at random up to `rarefy` times. */
export function slowed(
  context: ProgramContext,
  operations: FileSystemOperations,
  { maxDelay, rarefy }: { readonly maxDelay: number; readonly rarefy: number },
): FileSystemOperations {
  if (maxDelay <= 0) return operations;
  const wait = (): Promise<void> => {
    const { random } = context.machine;
    const delay = random.integer(maxDelay + 1) >> Math.min(31, random.integer(Math.max(0, rarefy) + 1));
    return sleep(context.clock, delay, context.signal);
  };
  return {
    information: () => operations.information(),
    stat: path => operations.stat(path),
    createDirectory: path => operations.createDirectory(path),
    deleteFile: path => operations.deleteFile(path),
    removeDirectory: path => operations.removeDirectory(path),
    rename: (from, to) => operations.rename(from, to),
    list: async path => {
      await wait();
      return operations.list(path);
    },
    read: async path => {
      await wait();
      return operations.read(path);
    },
    write: async (path, bytes, how) => {
      await wait();
      await operations.write(path, bytes, how);
    },
  };
}
