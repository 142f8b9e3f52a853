import { randomBytes } from 'node:crypto';
import { open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Clock, sleep } from '../../../shared/base/clock.ts';
import { makeFolder } from '../../disk/make-folder.ts';
import { codeOf } from '../../disk/place-fault.ts';
import { isAlive } from '../journal/is-alive.ts';

/** What is written beside is named after its process, so that another one knows whether it is still wanted. */
const BESIDE = /^(.+)\.new-(\d+)(?:-[0-9a-f]{8})?$/;
/** A process that writes is done within moments; what is older was left by one of another machine, or a number given anew. */
const LEFT_AFTER_MS = 600_000;
/** How long Windows may refuse a rename, in ms: a virus scanner or an indexer lets go of a new file soon. */
const PAUSES_MS = [10, 20, 40, 80, 160, 320, 640] as const;
const PASSING = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** Of a file: whole, or piece by piece as it comes. */
export type FileContent = string | Uint8Array | AsyncIterable<Uint8Array>;

export interface Replacing {
  readonly clock: Clock;
  /** Permissions of a file that is not there yet. Default: for its owner alone. */
  readonly mode?: number;
  /** `make`: the folder is ours, and made where it is missing. Default `given`. */
  readonly folder?: 'make' | 'given';
}

/**
 * Puts a whole file in the place of `file`, so that whoever reads it, and whatever comes in between, finds the old or the
 * new one, and nothing of both. Every file that Siloscope writes as a whole goes this way. What is no file (`/dev/null`, a
 * pipe, `NUL`) is written to as it is. Rejects with the errors of Node; nothing is left beside then.
 *
 *   write <file>.new-PID-xxxxxxxx ─▶ flush ─▶ rename to <file> ─▶ flush the folder
 */
export async function replaceFile(file: string, content: FileContent, how: Replacing): Promise<void> {
  // A link stays one: many keep their settings elsewhere.
  const target = await realpath(file).catch(() => file);
  const there = await stat(target).catch(() => undefined);
  if (there !== undefined && !there.isFile() && !there.isDirectory()) {
    await writeFile(target, content);
    return;
  }
  const folder = dirname(target);
  if (how.folder === 'make') await makeFolder(folder);
  await removeLeftovers(folder, how.clock, basename(target));
  const beside = `${target}.new-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    const handle = await open(beside, 'wx', there === undefined ? (how.mode ?? 0o600) : there.mode & 0o777);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await renameOver(beside, target, how.clock);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw error;
  }
  await flushFolder(folder);
}

/** Renames, and waits a little where Windows says that somebody has the file open. `move`: the system's. */
export async function renameOver(
  from: string,
  to: string,
  clock: Clock,
  move: (from: string, to: string) => Promise<void> = rename,
  platform: string = process.platform,
): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await move(from, to);
      return;
    } catch (error) {
      const pause = PAUSES_MS[attempt];
      if (platform !== 'win32' || pause === undefined || !PASSING.has(codeOf(error))) throw error;
      await sleep(clock, pause);
    }
  }
}

/** Takes away what writers that were killed left beside their files: of one file, or of all in a folder. */
export async function removeLeftovers(folder: string, clock: Clock, file?: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names) {
    const [, of, pid] = BESIDE.exec(name) ?? [];
    if (of === undefined || (file !== undefined && of !== file)) continue;
    const path = join(folder, name);
    const isLeft = !isAlive(Number(pid)) || clock.now() - (await modified(path)) > LEFT_AFTER_MS;
    if (isLeft) await rm(path, { force: true }).catch(() => undefined);
  }
}

const modified = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );

/** So that the new name survives a power cut. Windows has no such call, and some file systems refuse it. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The file is in its place all the same.
  }
}
