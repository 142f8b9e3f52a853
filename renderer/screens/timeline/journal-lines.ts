import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { uncPath } from '../../../shared/domain/unc-prefix.ts';

/** The entries that hold every word of the filter, anywhere. */
export function filterEntries(entries: readonly JournalEntry[], filter: string): readonly JournalEntry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter(entry => {
    const text = `${entry.source} ${entry.what} ${entry.subject} ${dataText(entry)}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
}

/** The data of an entry as one line, cut where it gets long. */
export function dataText(entry: JournalEntry): string {
  if (entry.data === undefined) return '';
  const text = Object.entries(entry.data)
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 300;

/** What an entry is about, by the name a person knows: a volume by its prefix or mount point, where the entry tells. */
export function subjectText({ subject, data }: JournalEntry): string {
  const prefix = data?.['uncPrefix'];
  const mountPoints = data?.['mountPoints'];
  if (!subject.startsWith('\\Device\\')) return subject;
  if (typeof prefix === 'string' && prefix !== '') return uncPath(prefix);
  const first: unknown = Array.isArray(mountPoints) ? mountPoints[0] : undefined;
  return typeof first === 'string' ? first : subject;
}

/** What Export writes: one JSON object a line, as the journal's own file. */
export function jsonLines(entries: readonly JournalEntry[]): string {
  return entries.map(entry => `${JSON.stringify(entry)}\n`).join('');
}
