import { appendFile, readdir, readFile, truncate } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseJournal } from '../../electron/services/journal/testing/parse-journal.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';

const NEWLINE = 10;

/** A process was killed in the middle of a line. */
export async function tearLine(folder: string): Promise<void> {
  const newest = await newestFile(folder);
  if (newest !== undefined) await appendFile(newest, '{"sequence":7,"at":"20');
}

/** What a cut has left and taken. */
interface Cut {
  /** The number of the last whole line that is left. */
  readonly last: number;
  readonly gone: readonly JournalEntry[];
}

/** Something that is no Siloscope cuts the newest file short, somewhere. */
export async function cutShort(folder: string, random: (below: number) => number): Promise<Cut | undefined> {
  const newest = await newestFile(folder);
  if (newest === undefined) return undefined;
  const bytes = await readFile(newest);
  const left = bytes.subarray(0, random(bytes.length));
  await truncate(newest, left.length);
  const whole = left.lastIndexOf(NEWLINE) + 1;
  const gone = parseJournal(bytes.subarray(whole).toString('utf8'));
  return { last: Number(basename(newest, '.jsonl')) + left.filter(byte => byte === NEWLINE).length - 1, gone };
}

async function newestFile(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  const newest = names
    .filter(name => name.endsWith('.jsonl'))
    .toSorted()
    .at(-1);
  return newest && join(folder, newest);
}
