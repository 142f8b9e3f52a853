import { type JournalFiles, memoryJournalFiles } from './journal-files.ts';

/** Files of a folder until it can no longer be written to; what is appended after that ends with the process. */
export interface SpillingFiles extends JournalFiles {
  readonly isSpilling: boolean;
  /** From now on nothing is written to the folder, and of what is there only these files are read. */
  spill(kept: readonly string[]): void;
}

export function spillingFiles(disk: JournalFiles): SpillingFiles {
  const memory = memoryJournalFiles();
  let isSpilling = false;
  let readable: readonly string[] = [];
  const holderOf = async (name: string): Promise<JournalFiles> =>
    isSpilling && (await memory.names()).includes(name) ? memory : disk;
  /** A disk that went away altogether cannot even be read: what comes is kept all the same. */
  const orNoneWhileSpilling =
    <T>(none: T) =>
    (error: unknown): T => {
      if (isSpilling) return none;
      throw error;
    };
  return {
    ...(disk.folder === undefined ? {} : { folder: disk.folder }),
    get isSpilling() {
      return isSpilling;
    },
    spill: kept => {
      isSpilling = true;
      readable = kept;
    },
    // What others write there from now on has numbers that are ours.
    names: async () => (isSpilling ? [...readable, ...(await memory.names())] : disk.names()),
    size: async name => (await holderOf(name)).size(name).catch(orNoneWhileSpilling(0)),
    read: async (name, start, length) =>
      (await holderOf(name)).read(name, start, length).catch(orNoneWhileSpilling(Buffer.alloc(0))),
    append: (name, bytes, isNew) => (isSpilling ? memory : disk).append(name, bytes, isNew),
    remove: name => (isSpilling ? memory : disk).remove(name),
    sync: name => (isSpilling ? memory : disk).sync(name),
    locked: work => (isSpilling ? memory : disk).locked(work),
  };
}
