import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Clock } from '../../../shared/base/clock.ts';
import type { Disposable } from '../../../shared/base/disposables.ts';
import type { LogLine } from '../../../shared/domain/log-line.ts';
import { appLine } from '../../../shared/wording/log-lines.ts';
import type { AppLog } from '../../services/logs/follow-all-logs.ts';
import { logFiles } from './event-log.ts';

/** Other processes of the user write the same file: it is looked at so often while somebody reads. */
const LOOK_MS = 1_000;

/** Reads the app's own log as its processes write it, over the files that it is kept in. */
export function appLogOf(folder: string, clock: Clock): AppLog {
  const files = logFiles(folder);
  const [newest = '', aside = ''] = files;
  return {
    async read(most) {
      const lines: LogLine[] = [];
      for (const file of files) {
        if (lines.length >= most) break;
        lines.unshift(...parsed(await readFrom(file, 0)));
      }
      return most === 0 ? [] : lines.slice(-most);
    },
    async files() {
      const read = files.map(async file => ({ name: basename(file), content: await readFrom(file, 0) }));
      return (await Promise.all(read)).filter(({ content }) => content !== '');
    },
    follow(listener) {
      let timer: Disposable | undefined;
      let isOver = false;
      let place: Place | undefined;
      let rest = '';
      const look = async (): Promise<void> => {
        const now = await placeIn(newest);
        let text = rest;
        let from = place?.size ?? now.size;
        if (place !== undefined && (now.file !== place.file || now.size < place.size)) {
          // Another file: the old one was put aside, maybe with lines that were not read yet.
          if (place.size > 0) text += `${await readFrom(aside, place.size)}\n`;
          from = 0;
        }
        text += await readFrom(newest, from, now.size);
        place = now;
        const lines = text.split('\n');
        rest = lines.pop() ?? '';
        if (isOver) return;
        for (const line of parsed(`${lines.join('\n')}\n`)) listener(line);
        timer = clock.after(LOOK_MS, () => void look());
      };
      void look();
      return () => {
        isOver = true;
        timer?.dispose();
      };
    },
  };
}

const parsed = (text: string): readonly LogLine[] => text.split('\n').flatMap(line => appLine(line) ?? []);

/** Up to where a file was read: which one it is, as the file system numbers them, and its bytes. */
interface Place {
  readonly file: number;
  readonly size: number;
}

async function placeIn(file: string): Promise<Place> {
  const found = await stat(file).catch(() => undefined);
  return { file: found?.ino ?? 0, size: found?.size ?? 0 };
}

/** The text behind a place, up to another, else to its end; empty for a file that is not there. */
async function readFrom(file: string, start: number, end = Number.POSITIVE_INFINITY): Promise<string> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const size = Math.min(end, (await handle.stat()).size);
    if (size <= start) return '';
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
