import type { FileStat, FileSystemOperations } from '../machine.ts';
import type { Scenario } from '../scenario/schema.ts';
import { STATUS, systemCallError } from './status.ts';

/** How a file system behaves that wishes its readers ill. */
export type Hostility = Extract<
  Scenario['faults'][number],
  { readonly kind: 'file-system-lies' | 'file-system-floods' }
>;

/** The same operations as a hostile file system answers them. Faults of the scenario; nothing real is that regular. */
export function hostileOperations(
  operations: FileSystemOperations,
  hostility: readonly Hostility[],
): FileSystemOperations {
  return hostility.reduce(
    (made, one) => (one.kind === 'file-system-lies' ? lying(made, one.how) : flooding(made, one.entries)),
    operations,
  );
}

/** What was written is shown to every second reader: with other content, or not at all. */
function lying(operations: FileSystemOperations, how: 'content' | 'existence'): FileSystemOperations {
  let asked = 0;
  const isLie = (): boolean => asked++ % 2 === 0;
  return {
    ...bound(operations),
    read: async path => {
      const honest = await operations.read(path);
      if (!isLie()) return honest;
      if (how === 'existence') throw systemCallError(STATUS.OBJECT_NAME_NOT_FOUND, path);
      return Buffer.from(honest).map(byte => byte ^ 0x15);
    },
  };
}

/** Directories have so many entries beside their own, with names that are meant to harm who prints them. */
function flooding(operations: FileSystemOperations, entries: number): FileSystemOperations {
  return {
    ...bound(operations),
    list: async path => {
      const own = await operations.list(path);
      const like = await operations.stat('\\');
      return [...own, ...Array.from({ length: entries }, (_, index) => hostileEntry(like, index))];
    },
  };
}

/** Clears screens, turns lines round, ends them, pretends to be another. */
const HARMFUL = [
  '\u001b[2J',
  '\u202e',
  '\u2066',
  '\r\n',
  '\u0007',
  '\u0000',
  '..\\..\\',
  'cannot find the path specified ',
];

function hostileEntry(like: FileStat, index: number): FileStat {
  return { ...like, name: `${HARMFUL[index % HARMFUL.length] ?? ''}${index}.txt`, directory: false };
}

function bound(operations: FileSystemOperations): FileSystemOperations {
  return {
    information: () => operations.information(),
    stat: path => operations.stat(path),
    list: path => operations.list(path),
    read: path => operations.read(path),
    write: (path, bytes, how) => operations.write(path, bytes, how),
    createDirectory: path => operations.createDirectory(path),
    deleteFile: path => operations.deleteFile(path),
    removeDirectory: path => operations.removeDirectory(path),
    rename: (from, to) => operations.rename(from, to),
  };
}
