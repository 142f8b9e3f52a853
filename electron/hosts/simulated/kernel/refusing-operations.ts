import type { FileStat, FileSystemOperations } from '../machine.ts';
import { STATUS, systemCallError } from './status.ts';

const refuse = (): Promise<never> => Promise.reject(systemCallError(STATUS.INVALID_DEVICE_REQUEST));

/** A device that can be opened (so `stat` succeeds) and knows no files: MUP itself, a provider's bare name, ConDrv. */
export const refusingOperations: FileSystemOperations = {
  information: refuse,
  stat: (): Promise<FileStat> =>
    Promise.resolve({ name: '', directory: false, size: 0, created: 0, modified: 0, readOnly: false, hidden: false }),
  list: refuse,
  read: refuse,
  write: refuse,
  createDirectory: refuse,
  deleteFile: refuse,
  removeDirectory: refuse,
  rename: refuse,
};
