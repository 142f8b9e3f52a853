import type { FileStat, FileSystemOperations, ProgramContext } from '../../machine.ts';
import { STATUS, systemCallError } from '../base/nt-status.ts';
import type { FuseOptions } from '../winfsp/fuse-options.ts';

/** A far end as one mount shows it: under the name and label that its options ask for, and read-only where they do. */
export function mountedRemote(
  far: FileSystemOperations,
  { clock }: Pick<ProgramContext, 'clock'>,
  { volumeName, fileSystemName }: FuseOptions,
  { label, isReadOnly }: { readonly label: string; readonly isReadOnly: boolean },
): FileSystemOperations {
  const serialNumber = Math.trunc(clock.now() / 1_000) % 0x1_0000_0000;
  const shown = (stat: FileStat): FileStat => (isReadOnly ? { ...stat, readOnly: true } : stat);
  const changes = (act: () => Promise<void>): Promise<void> =>
    isReadOnly ? Promise.reject(systemCallError(STATUS.writeProtected)) : act();
  return {
    information: async () => ({
      ...(await far.information()),
      label: volumeName === '' ? label : volumeName,
      fileSystemName,
      serialNumber,
    }),
    stat: async path => shown(await far.stat(path)),
    list: async path => (await far.list(path)).map(shown),
    read: path => far.read(path),
    write: (path, bytes, how) => changes(() => far.write(path, bytes, how)),
    createDirectory: path => changes(() => far.createDirectory(path)),
    deleteFile: path => changes(() => far.deleteFile(path)),
    removeDirectory: path => changes(() => far.removeDirectory(path)),
    rename: (from, to) => changes(() => far.rename(from, to)),
  };
}
