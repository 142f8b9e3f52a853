import { JournalEntry } from '../../../../shared/domain/journal.ts';

/** Reads JSON lines as far as they are entries with a growing sequence. Total. */
export function parseJournal(text: string): readonly JournalEntry[] {
  const found: JournalEntry[] = [];
  for (const line of text.split('\n')) {
    const entry = parseEntry(line);
    if (entry !== undefined && entry.sequence > (found.at(-1)?.sequence ?? 0)) found.push(entry);
  }
  return found;
}

function parseEntry(line: string): JournalEntry | undefined {
  if (line.trim() === '') return undefined;
  try {
    const parsed = JournalEntry.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
