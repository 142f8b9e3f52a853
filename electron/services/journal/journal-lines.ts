import { type JournalEntry, JournalSource } from '../../../shared/domain/journal.ts';

/** A line of a journal file: where it begins, and its bytes without the end of line. */
export interface RawLine {
  readonly offset: number;
  readonly bytes: Buffer;
}

const NEWLINE = 10;

/** Complete lines of a piece of a file that begins at `offset`. Empty ones are none; an unfinished one is left for later. */
export function* rawLines(piece: Buffer, offset: number): Generator<RawLine & { readonly next: number }> {
  for (let start = 0; ; ) {
    const end = piece.indexOf(NEWLINE, start);
    if (end === -1) return;
    if (end > start) yield { offset: offset + start, bytes: piece.subarray(start, end), next: offset + end + 1 };
    start = end + 1;
  }
}

/** Where the last complete line ends, relative to the piece. */
export const endOfLines = (piece: Buffer): number => piece.lastIndexOf(NEWLINE) + 1;

const SOURCES: ReadonlySet<unknown> = new Set(JournalSource.options);
/** Whether this version writes lines of such a source. */
export const isKnownSource = (source: unknown): boolean => SOURCES.has(source);
const EXCERPT = 200;

/**
 * The entry of a line. Its number is its place in the journal, whatever the line says. A line that is no entry (torn by
 * a crash, changed by hand) is told as one that is `journal.damaged`, at the time of the line before it.
 */
export function entryOf(bytes: Buffer, sequence: number, before: string): JournalEntry {
  const text = bytes.toString('utf8');
  try {
    const entry: unknown = JSON.parse(text);
    if (isEntry(entry)) return isKnownSource(entry.source) ? { ...entry, sequence } : ofNewerVersion(entry, sequence);
  } catch {
    // Told below.
  }
  return {
    sequence,
    at: before,
    source: 'host',
    what: 'journal.damaged',
    subject: 'journal',
    data: { bytes: bytes.length, excerpt: text.slice(0, EXCERPT) },
  };
}

/** A whole line whose source this version does not know: it is kept as it is, and told as of another one. */
function ofNewerVersion({ at, source, what, subject, data }: JournalEntry, sequence: number): JournalEntry {
  return { sequence, at, source: 'other', what, subject, data: { ...data, source } };
}

/** As `JournalEntry` has it but for the source, which newer versions may have more of, and many times as fast: journals have a million lines. */
function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { at, source, what, subject, data } = value as Readonly<Record<string, unknown>>;
  return (
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    typeof source === 'string' &&
    typeof what === 'string' &&
    typeof subject === 'string' &&
    (data === undefined || (typeof data === 'object' && data !== null && !Array.isArray(data)))
  );
}

export function lineOf(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}
