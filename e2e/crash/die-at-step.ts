import fs, { type PathLike } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** Where a process ends itself: before its step `at`, counted from 0, or in the middle of what that step writes. */
export interface Death {
  readonly at: number;
  readonly when: 'before' | 'half';
}

/** Steps that write bytes, hence can be broken off in the middle. */
export const WRITING: ReadonlySet<string> = new Set(['write', 'append', 'writeFile', 'appendFile', 'appendFileSync']);

type Call = (...given: never[]) => unknown;

/**
 * Counts every step by which this process changes a disk, and kills it at one of them, as Task Manager would: nothing is
 * flushed, no handler runs. Answers the steps taken so far, by name. For a process of its own: Node's functions are
 * replaced in it.
 */
export function dieAtStep(death: Death | undefined): readonly string[] {
  const steps: string[] = [];
  const die = (): void => void process.kill(process.pid, 'SIGKILL');

  /** `half`: the same call with a part of its bytes. */
  const counted = <C extends Call>(name: string, real: C, half?: (...given: Parameters<C>) => unknown) => {
    return (...given: Parameters<C>): unknown => {
      const isLast = death?.at === steps.length;
      steps.push(name);
      if (isLast && death.when === 'before') die();
      if (!isLast || half === undefined) return real(...given);
      const done = half(...given);
      if (!(done instanceof Promise)) return die();
      return done.then(die);
    };
  };

  const { appendFile, mkdir, open, rename, rm, utimes, writeFile } = fs.promises;
  const opened = counted('open', open);
  Object.assign(fs.promises, {
    mkdir: counted('mkdir', mkdir),
    rename: counted('rename', rename),
    rm: counted('rm', rm),
    utimes: counted('utimes', utimes),
    writeFile: counted('writeFile', writeFile, (file, content, how) => writeFile(file, halfOf(content), how)),
    appendFile: counted('appendFile', appendFile, (file, content, how) => appendFile(file, halfOf(content), how)),
    open: async (file: PathLike, flags?: string, mode?: number): Promise<unknown> => {
      if (flags === undefined || flags === 'r') return open(file, flags, mode);
      const handle = (await opened(file, flags, mode)) as fs.promises.FileHandle;
      const write = handle.writeFile.bind(handle);
      const append = handle.appendFile.bind(handle);
      return Object.assign(handle, {
        writeFile: counted('write', write, (content, how) => write(halfOf(content), how)),
        appendFile: counted('append', append, (content, how) => append(halfOf(content), how)),
        sync: counted('sync', handle.sync.bind(handle)),
        datasync: counted('datasync', handle.datasync.bind(handle)),
      });
    },
  });
  const { appendFileSync, mkdirSync, renameSync, rmSync } = fs;
  Object.assign(fs, {
    mkdirSync: counted('mkdirSync', mkdirSync),
    renameSync: counted('renameSync', renameSync),
    rmSync: counted('rmSync', rmSync),
    appendFileSync: counted('appendFileSync', appendFileSync, (file, content, how) =>
      appendFileSync(file, halfOf(content), how),
    ),
  });
  syncBuiltinESMExports();
  return steps;
}

function halfOf<T>(content: T): T | string | Uint8Array {
  if (typeof content === 'string') return content.slice(0, content.length / 2);
  return content instanceof Uint8Array ? content.subarray(0, content.length / 2) : content;
}
