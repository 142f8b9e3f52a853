import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The few things that keeping a file safely needs. Names are plain file names of one folder. */
export interface Files {
  /** The folder, where it is one of a disk: for people. */
  readonly folder?: string;
  /** Undefined when there is no such file. */
  read(name: string): Promise<string | undefined>;
  /** Writes a whole file, and waits until it is on the disk. */
  write(name: string, text: string): Promise<void>;
  /** Puts it in the place of `to`, which may be there, in one step. */
  rename(from: string, to: string): Promise<void>;
  /** That it is not there is fine. */
  remove(name: string): Promise<void>;
}

/** Files of a folder on this machine, made at the first write. */
export function diskFiles(folder: string): Files {
  const path = (name: string): string => join(folder, name);
  return {
    folder,
    async read(name) {
      try {
        return await readFile(path(name), 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(name, text) {
      // Hosts and command lines are the user's own business.
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await open(path(name), 'w', 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    rename: (from, to) => rename(path(from), path(to)),
    remove: name => rm(path(name), { force: true }),
  };
}

/** Files that end with the process: where no folder was given. */
export function memoryFiles(kept: Map<string, string> = new Map()): Files {
  return {
    read: name => Promise.resolve(kept.get(name)),
    write(name, text) {
      kept.set(name, text);
      return Promise.resolve();
    },
    rename(from, to) {
      const text = kept.get(from);
      if (text === undefined) return Promise.reject(new Error(`no such file: ${from}`));
      kept.set(to, text);
      kept.delete(from);
      return Promise.resolve();
    },
    remove(name) {
      kept.delete(name);
      return Promise.resolve();
    },
  };
}
