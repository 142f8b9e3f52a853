import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../shared/base/clock.ts';
import { makeFolder } from '../../disk/make-folder.ts';
import { codeOf, isInTheWay } from '../../disk/place-fault.ts';
import { FolderLock } from '../journal/folder-lock.ts';
import { removeLeftovers, replaceFile } from './replace-file.ts';

/** The few things that keeping a file safely needs. Names are plain file names of one folder. */
export interface Files {
  /** The folder, where it is one of a disk: for people. */
  readonly folder?: string;
  /** Undefined when there is no such file. */
  read(name: string): Promise<string | undefined>;
  /** Puts a whole file in the place of what has its name, in one step. */
  replace(name: string, text: string): Promise<void>;
  /** Byte for byte, in one step. */
  copy(from: string, to: string): Promise<void>;
  /** That it is not there is fine. */
  remove(name: string): Promise<void>;
  /** Lets no other process change files of this folder by way of this meanwhile. */
  locked<T>(work: () => Promise<T>): Promise<T>;
}

/** Files of a folder on this machine, made at the first write. */
export function diskFiles(folder: string, clock: Clock): Files {
  const path = (name: string): string => join(folder, name);
  const how = { clock, folder: 'make' } as const;
  const lockFolder = path('lock');
  const lock = new FolderLock(lockFolder, clock);
  let swept: Promise<void> | undefined;
  return {
    folder,
    async read(name) {
      swept ??= removeLeftovers(folder, clock);
      await swept;
      try {
        return await readFile(path(name), 'utf8');
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined;
        // Something in the way of the folder: what, is told by who would make it.
        if (isInTheWay(error)) await makeFolder(folder);
        throw error;
      }
    },
    // Hosts and command lines are the user's own business: nobody else may read them.
    replace: (name, text) => replaceFile(path(name), text, how),
    copy: async (from, to) => replaceFile(path(to), await readFile(path(from)), how),
    remove: name => rm(path(name), { force: true }),
    async locked(work) {
      // First by itself: it is the folder that a person knows.
      await makeFolder(folder);
      await makeFolder(lockFolder);
      return lock.hold(work);
    },
  };
}

/** Files that end with the process: where no folder was given. */
export function memoryFiles(kept: Map<string, string> = new Map()): Files {
  return {
    read: name => Promise.resolve(kept.get(name)),
    replace(name, text) {
      kept.set(name, text);
      return Promise.resolve();
    },
    copy(from, to) {
      const text = kept.get(from);
      if (text === undefined) return Promise.reject(new Error(`no such file: ${from}`));
      kept.set(to, text);
      return Promise.resolve();
    },
    remove(name) {
      kept.delete(name);
      return Promise.resolve();
    },
    locked: work => work(),
  };
}
