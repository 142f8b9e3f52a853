import { appendFileSync, closeSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../shared/base/clock.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import type { CallName } from '../../../shared/contract/operation.ts';
import type { EventName } from '../../../shared/wording/event-words.ts';
import { makeFolderSync } from '../../disk/make-folder.ts';

/**
 * One line of the app's own log: JSON, so that it can be searched and counted. What the window says is a sentence; any
 * other name has its words in `shared/wording`, or it does not compile.
 */
export type LoggedEvent = {
  readonly level: 'info' | 'warning' | 'error';
  readonly data?: Readonly<Record<string, string | number>>;
} & (
  | { readonly source: 'calls'; readonly what: CallName<Contract> | EventName }
  | { readonly source: 'server'; readonly what: EventName }
  | { readonly source: 'window'; readonly what: string }
);

export interface EventLog {
  write(event: LoggedEvent): void;
}

/** Bytes of a file, and how many there are: five megabytes at most, the oldest go. */
const LARGEST = 1024 * 1024;
const FILES = 5;

/** The files of a log in this folder, newest first, whether they are there or not. */
export function logFiles(folder: string): string[] {
  return Array.from({ length: FILES }, (_, age) =>
    join(folder, age === 0 ? 'siloscope.jsonl' : `siloscope.${age}.jsonl`),
  );
}

/**
 * The app's own log, shared by the processes of its user: one JSON object a line, with time and process. A log that cannot
 * be written is no reason to stop: its lines are let go.
 */
export function openEventLog(folder: string, clock: Clock): EventLog {
  const files = logFiles(folder);
  const [newest = ''] = files;
  return {
    write: ({ level, source, what, data }) => {
      const at = new Date(clock.now()).toISOString();
      const line = `${JSON.stringify({ at, level, source, what, pid: process.pid, ...data })}\n`;
      try {
        const size = statSync(newest, { throwIfNoEntry: false })?.size;
        if (size === undefined) makeFolderSync(folder);
        if ((size ?? 0) + line.length > LARGEST) rotate(files);
        appendFileSync(newest, isLineOpen(newest) ? `\n${line}` : line, { mode: 0o600 });
      } catch {
        // Nobody is left to tell.
      }
    },
  };
}

/** A process that was killed while it wrote leaves the beginning of a line, which must not swallow the next. */
function isLineOpen(file: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, last, 0, 1, size - 1);
  } finally {
    closeSync(handle);
  }
  return last.toString() !== '\n';
}

/** Each file takes the place of the next older one. */
function rotate(files: readonly string[]): void {
  rmSync(files.at(-1) ?? '', { force: true });
  for (let age = files.length - 1; age > 0; age--) {
    const [from, to] = [files[age - 1] ?? '', files[age] ?? ''];
    if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
  }
}
