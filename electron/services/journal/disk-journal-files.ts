import { watch } from 'node:fs';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../shared/base/clock.ts';
import { makeFolder } from '../../disk/make-folder.ts';
import { codeOf, isInTheWay } from '../../disk/place-fault.ts';
import { FolderLock } from './folder-lock.ts';
import type { JournalFiles } from './journal-files.ts';

/** A folder of this machine that several processes may write to. It is made at the first need. */
export function diskJournalFiles(folder: string, clock: Clock): JournalFiles {
  const path = (name: string): string => join(folder, name);
  const lock = new FolderLock(folder, clock);
  return {
    folder,
    names: () =>
      readdir(folder).catch(async (error: unknown) => {
        // Something in the way of the folder: what, is told by who would make it.
        if (isInTheWay(error)) await makeFolder(folder);
        return orNone<string[]>([])(error);
      }),
    size: name => stat(path(name)).then(({ size }) => size, orNone(0)),
    async read(name, start, length) {
      // Another process may have dropped it meanwhile.
      const file = await open(path(name), 'r').catch(orNone(undefined));
      if (file === undefined) return Buffer.alloc(0);
      try {
        const bytes = Buffer.allocUnsafe(length);
        let filled = 0;
        while (filled < length) {
          const { bytesRead } = await file.read(bytes, filled, length - filled, start + filled);
          if (bytesRead === 0) break;
          filled += bytesRead;
        }
        return bytes.subarray(0, filled);
      } finally {
        await file.close();
      }
    },
    async append(name, bytes, isNew = false) {
      const file = await open(path(name), isNew ? 'ax' : 'a', 0o600);
      try {
        await file.appendFile(bytes);
      } finally {
        await file.close();
      }
    },
    remove: name => rm(path(name), { force: true }),
    async sync(name) {
      const file = await open(path(name), 'r+');
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    },
    async locked(work) {
      await makeFolder(folder);
      return lock.hold(work);
    },
    onChange(listener) {
      try {
        const watcher = watch(folder, { persistent: false }, (_, name) => {
          if (name === null || name.endsWith('.jsonl')) listener();
        });
        // Where changes are not told (some network drives), lines of others come when somebody reads.
        watcher.on('error', () => watcher.close());
        return () => watcher.close();
      } catch {
        return () => undefined;
      }
    },
  };
}

function orNone<T>(none: T): (error: unknown) => T {
  return error => {
    if (codeOf(error) === 'ENOENT') return none;
    throw error;
  };
}
