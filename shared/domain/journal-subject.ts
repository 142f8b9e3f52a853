import type { JournalEntry } from './journal.ts';
import { uncPath } from './unc-prefix.ts';

/** What an entry is about, by the name a person knows: a volume by its prefix or mount point, where the entry tells. */
export function subjectText({ subject, data }: Pick<JournalEntry, 'subject' | 'data'>): string {
  const prefix = data?.['uncPrefix'];
  const mountPoints = data?.['mountPoints'];
  if (!subject.startsWith('\\Device\\')) return subject;
  if (typeof prefix === 'string' && prefix !== '') return uncPath(prefix);
  const first: unknown = Array.isArray(mountPoints) ? mountPoints[0] : undefined;
  return typeof first === 'string' ? first : subject;
}
