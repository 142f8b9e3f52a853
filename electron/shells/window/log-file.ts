import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../../../shared/base/clock.ts';

const LARGEST = 1024 * 1024;

/**
 * The window's own log: one dated line for each thing refused or lost. At a megabyte the file makes room and stays
 * beside the new one. A log that cannot be written is no reason to stop.
 */
export function logFile(file: string, clock: Clock): (line: string) => void {
  let size = sizeOf(file);
  return line => {
    const text = `${new Date(clock.now()).toISOString()} ${line}\n`;
    try {
      if (size === undefined) mkdirSync(dirname(file), { recursive: true });
      if ((size ?? 0) + text.length > LARGEST) {
        renameSync(file, `${file}.old`);
        size = 0;
      }
      appendFileSync(file, text);
      size = (size ?? 0) + text.length;
    } catch {
      process.stderr.write(text);
    }
  };
}

function sizeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.size;
}
