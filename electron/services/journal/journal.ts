import type { Clock } from '../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../shared/base/disposables.ts';
import { Emitter } from '../../../shared/base/emitter.ts';
import type { JournalEntry, JournalNote, JournalPage } from '../../../shared/domain/journal.ts';
import type { JournalMoment } from '../../../shared/domain/journal-moment.ts';
import type { JournalStateData } from '../../../shared/domain/journal-state-data.ts';
import { lateLines } from '../../../shared/domain/late-lines.ts';
import { RENUMBERED } from '../../../shared/domain/renumbered.ts';
import { wordRefusal } from '../../disk/word-refusal.ts';
import { diskJournalFiles } from './disk-journal-files.ts';
import { type JournalFiles, memoryJournalFiles } from './journal-files.ts';
import {
  JOURNAL_LIMITS,
  JournalCutShort,
  type JournalLimits,
  JournalLog,
  JournalUnwritable,
  type TimedNote,
} from './journal-log.ts';
import { lastBefore, type ReadAsked, readMoment, readPage } from './journal-reader.ts';
import { type SpillingFiles, spillingFiles } from './spilling-files.ts';

export type { JournalNote } from '../../../shared/domain/journal.ts';

/** What a journal that ends with the process may hold. */
const MEMORY_LIMITS: JournalLimits = { segmentBytes: 4 * 1_048_576, keptBytes: 48 * 1_048_576 };
const BATCH = 1_000;
/** After a write that failed the disk is tried again so often. */
const RESCUE_MS = 60_000;
/** At most so often the disk is asked to have really written. */
const SYNC_MS = 1_000;
const CUT_SHORT = 'journal.cut-short';
/** That files were cut short is looked for among so many lines. */
const FOUND_WITHIN = 10_000;
/** A burst of writes is one reading. */
const SETTLE_MS = 50;

export interface JournalOptions {
  /** A folder of this machine, for this journal alone. Absent: it ends with the process. */
  readonly folder?: string | undefined;
  readonly limits?: JournalLimits;
  /** In the place of the folder's own files. */
  readonly files?: JournalFiles;
  /** What of a note may be kept. */
  readonly mask?: (note: JournalNote) => JournalNote;
}

/**
 * One timeline of everything that happened, on disk or in memory. Entries are numbered from 1 without holes; several
 * processes may keep one folder, and each is told of the others' lines. A disk that cannot be written to loses no line
 * of this process while it lives, is told in the journal itself, and gets the lines as soon as it takes them again.
 */
export class Journal {
  readonly #clock: Clock;
  readonly #disk: JournalFiles | undefined;
  #files: SpillingFiles;
  readonly #limits: JournalLimits;
  readonly #mask: (note: JournalNote) => JournalNote;
  #log: JournalLog;
  readonly #appended = new Emitter<JournalEntry>();
  #pending: TimedNote[] = [];
  #work: Promise<void>;
  #flushing = false;
  #syncing: Disposable | undefined;
  #closed = false;
  /** The last line that is on the disk, while nothing can be written there. */
  #spilledAfter: number | undefined;
  /** From where on lines were in memory only, and those that are back on the disk, by what they say. */
  #spilledFrom = 0;
  /** The first number that is another on the disk than it was told with. */
  #shiftedFrom: number | undefined;
  /** The last line that others had written before ours, where that is another one. */
  #othersAfter: number | undefined;
  readonly #back = new Map<string, number>();
  #rescuing: Disposable | undefined;

  constructor(clock: Clock, { folder, limits, files, mask = note => note }: JournalOptions = {}) {
    this.#clock = clock;
    this.#mask = mask;
    this.#disk = files ?? (folder === undefined ? undefined : diskJournalFiles(folder, clock));
    this.#files = spillingFiles(this.#disk ?? memoryJournalFiles());
    this.#limits = limits ?? (this.#disk === undefined ? MEMORY_LIMITS : JOURNAL_LIMITS);
    this.#log = this.#logOver(this.#files);
    this.#work = this.#log.open().catch((error: unknown) => this.#spill(error));
  }

  /** It is kept on a disk: what was known when the last process ended is known again. */
  get isKept(): boolean {
    return this.#disk !== undefined;
  }

  /** Told of each entry once it has its number, whichever process wrote it. Answers the undo. */
  onAppended(listener: (entry: JournalEntry) => void): () => void {
    return this.#appended.on(listener);
  }

  note(note: JournalNote): void {
    this.#pending.push(this.#timed(note));
    if (this.#flushing) return;
    this.#flushing = true;
    this.#work = this.#work.then(() => this.#flush());
  }

  #timed(note: JournalNote): TimedNote {
    return { at: new Date(this.#clock.now()).toISOString(), note: this.#mask(note) };
  }

  /** Entries above `after`, oldest first, or the nearest ones below `before`; `next` where there is more to look through. */
  async read(asked: ReadAsked, signal?: AbortSignal): Promise<JournalPage> {
    await this.#upToDate();
    const page = await readPage(this.#log, asked, signal);
    const { folder } = this.#files;
    return folder === undefined ? page : { ...page, folder };
  }

  /** What was there at a time, or after a line; without either, now. As it was known then. */
  async moment(asked: {
    readonly at?: string | undefined;
    readonly sequence?: number | undefined;
  }): Promise<JournalMoment> {
    await this.#upToDate();
    const moment = await readMoment(this.#log, asked);
    // Nobody but this process writes to a journal in memory, and it watches as long as it lives.
    return this.isKept ? moment : { ...moment, watched: moment.sequence > 0 };
  }

  /** What the journal says of the present, when everything is written. */
  async known(): Promise<JournalStateData> {
    await this.#upToDate();
    return this.#log.state.data();
  }

  /** Tells the lines of other processes as they are written, until disposed. */
  followOthers(): Disposable {
    let undo = (): void => undefined;
    let soon: Disposable | undefined;
    const over = disposable(() => {
      undo();
      soon?.dispose();
      ended = true;
    });
    let ended = false;
    void this.follow().then(() => {
      if (ended || !this.isKept || this.#files.isSpilling) return;
      undo =
        this.#disk?.onChange?.(() => {
          soon ??= this.#clock.after(SETTLE_MS, () => {
            soon = undefined;
            void this.follow();
          });
        }) ?? undo;
    });
    return over;
  }

  /** Takes in what other processes wrote, and tells it. */
  async follow(): Promise<void> {
    await this.#upToDate();
  }

  /** Waits until everything is written. */
  async close(): Promise<void> {
    for (let before: Promise<void> | undefined; before !== this.#work; ) {
      before = this.#work;
      await before;
    }
    this.#closed = true;
    this.#syncing?.dispose();
    this.#rescuing?.dispose();
    await this.#rescue();
    await this.#work;
    await this.#sync();
    this.#appended.clear();
  }

  #upToDate(): Promise<void> {
    const done = this.#work.then(async () => {
      if (this.#closed || !this.isKept || this.#files.isSpilling) return;
      // What others wrote may be there to read the next time; what we write is another matter.
      try {
        await this.#log.readOn();
      } catch (error) {
        if (error instanceof JournalCutShort) await this.#beginAgain();
      }
    });
    this.#work = done;
    return done;
  }

  async #flush(): Promise<void> {
    this.#flushing = false;
    while (this.#pending.length > 0) {
      const batch = this.#pending.splice(0, BATCH);
      try {
        await this.#log.append(batch);
      } catch (error) {
        this.#pending.unshift(...batch.slice(error instanceof JournalUnwritable ? error.done : 0));
        await (error instanceof JournalCutShort ? this.#beginAgain() : this.#spill(error));
      }
    }
    this.#syncing ??= this.#closed
      ? undefined
      : this.#clock.after(SYNC_MS, () => {
          this.#syncing = undefined;
          void this.#sync();
        });
  }

  /** What comes now is kept in memory only. A fault in memory itself is a mistake of ours. */
  async #spill(error: unknown): Promise<void> {
    if (this.#files.isSpilling || !this.isKept) throw error;
    this.#files.spill(this.#log.segments.map(({ name }) => name));
    this.#spilledAfter = this.#log.last;
    this.#spilledFrom = this.#log.last;
    this.#log.beginAnew();
    const subject = this.#files.folder ?? '';
    const reason = wordRefusal(error instanceof JournalUnwritable ? error.cause : error, subject);
    this.note({ source: 'host', what: 'journal.unwritable', subject, data: { reason } });
    this.#rescueLater();
  }

  #rescueLater(): void {
    if (this.#closed) return;
    this.#rescuing = this.#clock.after(RESCUE_MS, () => {
      this.#work = this.#work.then(() => this.#rescue());
    });
  }

  /** What is on the disk now is the journal, and that it was cut short is a line of its own. */
  async #beginAgain(): Promise<void> {
    const { last: told, lastAt } = this.#log;
    try {
      const log = this.#logOver(this.#files);
      await log.open();
      this.#log = log;
      // Another process may have found it out first, and gone on.
      const lines = await linesAbove(log, Math.max(0, log.first - 1, log.last - FOUND_WITHIN));
      const cut = lines.find(
        ({ what, at, sequence, data }) => what === CUT_SHORT && at >= lastAt && data?.['from'] === sequence,
      );
      if (cut === undefined) this.#tellCut(told, log.last);
      else for (const entry of lines.filter(({ sequence }) => sequence >= cut.sequence)) this.#appended.emit(entry);
    } catch (error) {
      await this.#spill(error);
    }
  }

  /** Lines up to `told` were there once, and now up to `last` only. */
  #tellCut(told: number, last: number): void {
    const subject = this.#files.folder ?? '';
    this.#pending.unshift(
      this.#timed({ source: 'host', what: CUT_SHORT, subject, data: { lines: told - last, from: last + 1 } }),
      this.#timed({ source: 'host', what: RENUMBERED, subject, data: { from: last + 1 } }),
    );
    if (this.#flushing) return;
    this.#flushing = true;
    this.#work = this.#work.then(() => this.#flush());
  }

  /**
   * The disk may have room again: what is in memory goes there, with the numbers that are next, and so does what comes.
   * Where it fails half-way, the next attempt goes on from there.
   */
  async #rescue(): Promise<void> {
    if (this.#disk === undefined || this.#spilledAfter === undefined) return;
    const files = spillingFiles(this.#disk);
    let isBack = false;
    const log = this.#logOver(files, () => isBack);
    try {
      await log.open();
      await this.#bringBack(log);
    } catch {
      this.#rescueLater();
      return;
    }
    this.#files = files;
    this.#log = log;
    this.#spilledAfter = undefined;
    isBack = true;
    if (this.#shiftedFrom !== undefined) await this.#tellOthers(log, this.#shiftedFrom);
    this.#shiftedFrom = undefined;
    this.#othersAfter = undefined;
    this.#back.clear();
  }

  /** Writes what is in memory to the disk, behind and among what others wrote there meanwhile. */
  async #bringBack(log: JournalLog): Promise<void> {
    const after = this.#spilledAfter ?? 0;
    if (log.last !== after) this.#shiftedFrom ??= Math.min(log.last, this.#spilledFrom) + 1;
    const ours = await linesAbove(this.#log, after);
    // A folder that could not be read at the start was never known: what was written since then is.
    const [first] = ours;
    if (this.#spilledFrom === 0 && first !== undefined)
      this.#othersAfter ??= await lastBefore(log, Date.parse(first.at));
    const from = this.#othersAfter ?? this.#spilledFrom;
    const lines = lateLines(await log.stateAfter(from), await linesAbove(log, from), ours);
    for (let begin = 0; begin < lines.length; begin += BATCH) {
      const batch = lines.slice(begin, begin + BATCH);
      const wrote = (count: number): void => {
        for (const { entry } of batch.slice(0, count)) {
          this.#back.set(saidBy(entry), (this.#back.get(saidBy(entry)) ?? 0) + 1);
        }
        const last = batch[count - 1];
        if (last !== undefined) this.#spilledAfter = ours[last.place]?.sequence ?? after;
      };
      try {
        await log.append(
          batch.map(({ entry: { at, source, what, subject, data } }) => ({
            at,
            note: { source, what, subject, data },
          })),
        );
        wrote(batch.length);
      } catch (error) {
        wrote(error instanceof JournalUnwritable ? error.done : 0);
        throw error;
      }
    }
  }

  /**
   * Others wrote to the disk meanwhile, so lines of ours have other numbers than they were told with: theirs are told
   * now, ours not again, and that numbers have changed is a line of its own.
   */
  async #tellOthers(log: JournalLog, from: number): Promise<void> {
    for (const entry of await linesAbove(log, this.#othersAfter ?? from - 1).catch(() => [])) {
      const count = this.#back.get(saidBy(entry)) ?? 0;
      if (count === 0) this.#appended.emit(entry);
      else this.#back.set(saidBy(entry), count - 1);
    }
    if (from <= this.#spilledFrom) this.#tellCut(this.#spilledFrom, from - 1);
    else this.note({ source: 'host', what: RENUMBERED, subject: this.#files.folder ?? '', data: { from } });
  }

  #logOver(files: SpillingFiles, tells: () => boolean = () => true): JournalLog {
    return new JournalLog(files, this.#limits, entry => {
      if (tells()) this.#appended.emit(entry);
    });
  }

  /** That it cannot be made sure of is no reason to stop: the lines are with the system already. */
  async #sync(): Promise<void> {
    const segment = this.#log.segments.at(-1);
    if (segment !== undefined && this.isKept) await this.#files.sync(segment.name).catch(() => undefined);
  }
}

/** Each line above a number. */
async function linesAbove(log: JournalLog, after: number): Promise<JournalEntry[]> {
  const all: JournalEntry[] = [];
  for (let from = after; from < log.last; ) {
    const { entries } = await readPage(log, { after: from, limit: BATCH });
    all.push(...entries);
    from = entries.at(-1)?.sequence ?? log.last;
  }
  return all;
}

/** What a line says, without its number. */
function saidBy({ at, source, what, subject, data }: JournalEntry): string {
  return JSON.stringify([at, source, what, subject, data]);
}
