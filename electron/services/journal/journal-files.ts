/** The few things that a journal needs of a folder. Names are plain file names. */
export interface JournalFiles {
  /** The folder, where it is one of a disk: for people. */
  readonly folder?: string;
  names(): Promise<readonly string[]>;
  /** Bytes; 0 for a file that is not there. */
  size(name: string): Promise<number>;
  /** Bytes from `start`, as far as there are any. */
  read(name: string, start: number, length: number): Promise<Buffer>;
  /** At the end, wherever that is by then. `isNew`: fails where the file is there already. */
  append(name: string, bytes: Buffer, isNew?: boolean): Promise<void>;
  remove(name: string): Promise<void>;
  /** Waits until what was appended is on the disk. */
  sync(name: string): Promise<void>;
  /** Lets nobody else append meanwhile. */
  locked<T>(work: () => Promise<T>): Promise<T>;
  /** Told when somebody may have written. Answers the undo. Absent: nobody else can. */
  onChange?(listener: () => void): () => void;
}

/** Files that end with the process. */
export function memoryJournalFiles(): JournalFiles {
  const files = new Map<string, { readonly pieces: Buffer[]; size: number }>();
  let turn: Promise<unknown> = Promise.resolve();
  return {
    names: () => Promise.resolve([...files.keys()]),
    size: name => Promise.resolve(files.get(name)?.size ?? 0),
    read(name, start, length) {
      const file = files.get(name);
      if (file === undefined) return Promise.resolve(Buffer.alloc(0));
      // Readers ask again and again for neighbouring parts: the pieces are joined once.
      if (file.pieces.length > 1) file.pieces.splice(0, file.pieces.length, Buffer.concat(file.pieces));
      return Promise.resolve(file.pieces[0]?.subarray(start, start + length) ?? Buffer.alloc(0));
    },
    append(name, bytes) {
      const file = files.get(name) ?? { pieces: [], size: 0 };
      file.pieces.push(bytes);
      file.size += bytes.length;
      files.set(name, file);
      return Promise.resolve();
    },
    remove(name) {
      files.delete(name);
      return Promise.resolve();
    },
    sync: () => Promise.resolve(),
    locked(work) {
      const done = turn.then(work);
      turn = done.catch(() => undefined);
      return done;
    },
  };
}
