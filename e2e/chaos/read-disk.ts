import { join } from 'node:path';
import { Journal } from '../../electron/services/journal/journal.ts';
import { diskFiles } from '../../electron/services/settings/files.ts';
import { Preferences } from '../../electron/services/settings/preferences.ts';
import type { Clock } from '../../shared/base/clock.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';

/** What is on the disk: lines of the journal, and profiles by name. */
export interface Kept {
  readonly entries: readonly JournalEntry[];
  readonly profiles: ReadonlySet<string>;
}

/** What a new process would find in a home folder, the lines of its journal above `after`. */
export async function readDisk(folder: string, clock: Clock, after: number): Promise<Kept> {
  const entries = await readJournal(folder, clock, after);
  const listed = await new Preferences(clock, diskFiles(folder, clock)).profiles();
  return { entries, profiles: new Set(listed.map(({ name }) => name)) };
}

export async function readJournal(folder: string, clock: Clock, after: number): Promise<readonly JournalEntry[]> {
  const journal = new Journal(clock, { folder: join(folder, 'journal') });
  const entries: JournalEntry[] = [];
  for (let from = after; ; ) {
    const page = await journal.read({ after: from, limit: 1_000 });
    entries.push(...page.entries);
    if (page.entries.length < 1_000) break;
    from = page.entries.at(-1)?.sequence ?? from;
  }
  await journal.close();
  return entries;
}
