import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { systemClock } from '../../../shared/base/clock.ts';
import { windowLogWords } from '../../../shared/wording/window-log.ts';
import { wordRefusal } from '../../disk/word-refusal.ts';
import { replaceFile } from '../../services/settings/replace-file.ts';

/** A small file of ours: what it holds now, and how to change that. */
export interface KeptFile<T> {
  readonly value: T;
  /** Changes the value at once and the file soon after. */
  keep(value: T): void;
  /** Resolves when everything kept is on the disk, or was told to the log as unwritable. */
  written(): Promise<void>;
}

export interface KeptFileOptions<S extends z.ZodType> {
  readonly file: string;
  readonly schema: S;
  /** Counts where nothing readable is kept. */
  readonly otherwise: z.output<S>;
  readonly log: (line: string) => void;
}

const HOW = { clock: systemClock, folder: 'make' } as const;

/** The copy of the last whole write. */
const lastGood = (file: string): string => `${file}.last`;

/**
 * Keeps a JSON file that a power cut cannot tear, and a copy of it. What cannot be read or does not fit falls back on
 * that copy, and then on `otherwise`. Read at once, since the window needs it before it is made.
 */
export function keptFile<S extends z.ZodType>(options: KeptFileOptions<S>): KeptFile<z.output<S>> {
  const { file, log } = options;
  let value = firstReadable(options);
  let wanted: z.output<S> | undefined;
  let writing: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    while (wanted !== undefined) {
      const text = `${JSON.stringify(wanted, null, 2)}\n`;
      wanted = undefined;
      try {
        await replaceFile(file, text, HOW);
        await replaceFile(lastGood(file), text, HOW);
      } catch (caught) {
        log(windowLogWords.unwritable(file, wordRefusal(caught, file)));
      }
    }
    writing = undefined;
  };
  return {
    get value() {
      return value;
    },
    keep: next => {
      value = next;
      wanted = next;
      writing ??= write();
    },
    written: async () => {
      await writing;
    },
  };
}

function firstReadable<S extends z.ZodType>({ file, schema, otherwise, log }: KeptFileOptions<S>): z.output<S> {
  for (const path of [file, lastGood(file)]) {
    try {
      return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (caught) {
      if ((caught as NodeJS.ErrnoException).code !== 'ENOENT') log(windowLogWords.unreadable(path, reasonOf(caught)));
    }
  }
  return otherwise;
}

function reasonOf(caught: unknown): string {
  if (!(caught instanceof Error)) return String(caught);
  const { code } = caught as NodeJS.ErrnoException;
  return code ?? caught.name;
}
