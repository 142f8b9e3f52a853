import type { FileSystemOperations } from '../../machine.ts';

/**
 * rclone's cache of writes: a file that was written is uploaded some time after the last write, and until then only the
 * cache has it. Ground: rclone vfs/vfscache/writeback; `--vfs-write-back`, 5 s unless told otherwise.
 */
export interface WriteBack {
  readonly operations: FileSystemOperations;
  /** Files that wait for their upload. */
  queued(): number;
}

export function writeBack(operations: FileSystemOperations, now: () => number, delayMs: number): WriteBack {
  const dueAt = new Map<string, number>();
  const key = (path: string): string => path.toLowerCase();
  return {
    queued: () => [...dueAt.values()].filter(due => now() < due).length,
    operations: {
      information: () => operations.information(),
      stat: path => operations.stat(path),
      list: path => operations.list(path),
      read: path => operations.read(path),
      createDirectory: path => operations.createDirectory(path),
      removeDirectory: path => operations.removeDirectory(path),
      async write(path, bytes, how) {
        await operations.write(path, bytes, how);
        dueAt.set(key(path), now() + delayMs);
      },
      async deleteFile(path) {
        await operations.deleteFile(path);
        dueAt.delete(key(path));
      },
      async rename(from, to) {
        await operations.rename(from, to);
        const due = dueAt.get(key(from));
        if (due === undefined) return;
        dueAt.delete(key(from));
        dueAt.set(key(to), due);
      },
    },
  };
}

/** `5s`, `300ms`, `1m30s` in milliseconds, as Go reads them; anything else counts as rclone's own five seconds. Total. */
export function goDurationMs(text: string): number {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return 5_000;
  let sum = 0;
  for (const [, count = '0', , unit = 's'] of text.matchAll(/(\d+(\.\d+)?)(ms|s|m|h)/g)) {
    sum += Number(count) * { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit as 'ms' | 's' | 'm' | 'h'];
  }
  return sum;
}
