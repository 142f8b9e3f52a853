import { appendFile, readdir, readFile, truncate } from 'node:fs/promises';
import { basename, join } from 'node:path';

const NEWLINE = 10;

/** A process was killed in the middle of a line. */
export async function tearLine(folder: string): Promise<void> {
  const newest = await newestFile(folder);
  if (newest !== undefined) await appendFile(newest, '{"sequence":7,"at":"20');
}

/** Something that is no Siloscope cuts the newest file short, somewhere. Answers the number of the last whole line that is left. */
export async function cutShort(folder: string, random: (below: number) => number): Promise<number | undefined> {
  const newest = await newestFile(folder);
  if (newest === undefined) return undefined;
  const bytes = await readFile(newest);
  const left = bytes.subarray(0, random(bytes.length));
  await truncate(newest, left.length);
  return Number(basename(newest, '.jsonl')) + left.filter(byte => byte === NEWLINE).length - 1;
}

async function newestFile(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  const newest = names
    .filter(name => name.endsWith('.jsonl'))
    .toSorted()
    .at(-1);
  return newest && join(folder, newest);
}
