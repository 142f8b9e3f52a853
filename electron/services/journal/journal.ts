import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../../shared/base/clock.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import { JournalEntry } from '../../../shared/domain/journal.ts';

export type JournalNote = Pick<JournalEntry, 'source' | 'what' | 'subject' | 'data'>;

/** Entries that stay in memory; older ones are in the file only. */
const KEPT = 20_000;

/**
 * One timeline of everything that happened. Entries are numbered from 1 without holes; with a file they are appended
 * to it, one JSON object a line, before the next one is.
 */
export class Journal {
  readonly #clock: Clock;
  readonly #file: string | undefined;
  readonly #appended = new Emitter<JournalEntry>();
  #entries: JournalEntry[] = [];
  #last = 0;
  #writing: Promise<void>;
  #pending: JournalEntry[] = [];
  #flushing = false;
  #unwritable: string | undefined;
  /** Notes taken while the file is still being read. */
  #early: { readonly at: string; readonly note: JournalNote }[] | undefined = [];

  /** `file`: a path of this machine, absent for a journal that ends with the process. */
  constructor(clock: Clock, file?: string) {
    this.#clock = clock;
    this.#file = file;
    this.#writing = this.#open();
  }

  /** Told of each entry once it has its number. Answers the undo. */
  onAppended(listener: (entry: JournalEntry) => void): () => void {
    return this.#appended.on(listener);
  }

  note(note: JournalNote): void {
    const at = new Date(this.#clock.now()).toISOString();
    if (this.#early === undefined) this.#append(at, note);
    else this.#early.push({ at, note });
  }

  /** Entries with a sequence above `after`, oldest first. */
  async read(after: number, limit: number): Promise<readonly JournalEntry[]> {
    await this.#writing;
    const first = this.#entries[0]?.sequence ?? 1;
    const old = this.#file !== undefined && after + 1 < first ? await readJournalFile(this.#file) : undefined;
    const all = old?.entries ?? this.#entries;
    return all.filter(entry => entry.sequence > after).slice(0, limit);
  }

  /** Waits until everything is written. */
  async close(): Promise<void> {
    for (let before: Promise<void> | undefined; before !== this.#writing; ) {
      before = this.#writing;
      await before;
    }
    this.#appended.clear();
  }

  async #open(): Promise<void> {
    try {
      if (this.#file !== undefined) await this.#recall(this.#file);
    } catch (error) {
      this.#unwritable = error instanceof Error ? error.message : String(error);
    }
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const { at, note } of early) this.#append(at, note);
  }

  async #recall(file: string): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    const { entries, torn } = await readJournalFile(file);
    this.#entries = entries.slice(-KEPT);
    this.#last = entries.at(-1)?.sequence ?? 0;
    // A last line torn by a crash must not swallow the next entry.
    if (torn) await appendFile(file, '\n');
  }

  #append(at: string, note: JournalNote): void {
    const { source, what, subject, data } = note;
    const entry: JournalEntry = {
      sequence: ++this.#last,
      at,
      source,
      what,
      subject,
      ...(data === undefined ? {} : { data }),
    };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT * 2) this.#entries = this.#entries.slice(-KEPT);
    if (this.#file !== undefined) {
      this.#pending.push(entry);
      this.#schedule();
    }
    this.#appended.emit(entry);
  }

  #schedule(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    this.#writing = this.#writing.then(() => this.#flush());
  }

  /** Writes what waits. A file that cannot be written loses no entry in memory, and is said once, in the journal itself. */
  async #flush(): Promise<void> {
    this.#flushing = false;
    const batch = this.#pending;
    this.#pending = [];
    if (this.#file === undefined) return;
    try {
      await appendFile(this.#file, batch.map(entry => `${JSON.stringify(entry)}\n`).join(''));
      this.#unwritable = undefined;
    } catch (error) {
      this.#pending = [...batch, ...this.#pending];
      const reason = error instanceof Error ? error.message : String(error);
      if (this.#unwritable === reason) return;
      this.#unwritable = reason;
      this.note({ source: 'user', what: 'journal.unwritable', subject: this.#file, data: { reason } });
    }
  }
}

/** Reads a journal file. Lines that are no entry are left out; `torn`: the last line has no end. Absent: empty. */
async function readJournalFile(
  file: string,
): Promise<{ readonly entries: readonly JournalEntry[]; readonly torn: boolean }> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  return { entries: parseJournal(text), torn: text !== '' && !text.endsWith('\n') };
}

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
