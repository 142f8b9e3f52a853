import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { wordJournal } from '../../../shared/wording/word-journal.ts';

/** Where what an entry is about can be seen. */
export type JumpTarget =
  | { readonly to: 'volume'; readonly device: string }
  | { readonly to: 'container'; readonly name: string }
  | { readonly to: 'visibility' | 'images' | 'readiness' | 'settings' };

/** Where an entry leads to; undefined where there is nothing to see. */
export function jumpTarget({ what, subject, data }: JournalEntry): JumpTarget | undefined {
  const [noun = ''] = what.split('.');
  if (subject.startsWith('\\Device\\')) return { to: 'volume', device: subject };
  const volumes = data?.['volumes'];
  const [device]: unknown[] = Array.isArray(volumes) ? volumes : [];
  switch (noun) {
    case 'container':
    case 'silo':
    case 'vm':
    case 'launch':
    case 'filesystem':
    case 'terminal':
      return { to: 'container', name: subject };
    case 'finding':
      return typeof device === 'string' ? { to: 'volume', device } : { to: 'visibility' };
    case 'inspection':
    case 'volume':
      return { to: 'visibility' };
    case 'image':
      return { to: 'images' };
    case 'fsd':
    case 'engine':
      return { to: 'readiness' };
    case 'settings':
    case 'profile':
    case 'policy':
      return { to: 'settings' };
    default:
      return undefined;
  }
}

/** What the export writes: one JSON object a line, as the journal's own file. */
export function jsonLines(entries: readonly JournalEntry[]): string {
  return entries.map(entry => `${JSON.stringify(entry)}\n`).join('');
}

export const CSV_HEAD = 'sequence,at,source,what,words,subject,data\r\n';

/** Entries as RFC 4180 has it. What a spreadsheet would take for a formula is quoted as text. */
export function csvLines(entries: readonly JournalEntry[]): string {
  return entries
    .map(entry => {
      const { sequence, at, source, what, subject, data } = entry;
      const rest = [subject, data === undefined ? '' : JSON.stringify(data)];
      return [String(sequence), at, source, what, wordJournal(entry), ...rest].map(csvCell).join(',');
    })
    .map(line => `${line}\r\n`)
    .join('');
}

function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
