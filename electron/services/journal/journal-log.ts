import type { JournalEntry, JournalNote } from '../../../shared/domain/journal.ts';
import { JournalState } from '../../../shared/domain/journal-state.ts';
import type { JournalFiles } from './journal-files.ts';
import { endOfLines, entryOf, lineOf, rawLines } from './journal-lines.ts';
import { firstOfName, type Mark, Segment } from './segment.ts';

export interface JournalLimits {
  /** A file that has grown so large is followed by a new one. */
  readonly segmentBytes: number;
  /** Beyond this the oldest files go, and a line says so. */
  readonly keptBytes: number;
}

export const JOURNAL_LIMITS: JournalLimits = { segmentBytes: 8 * 1_048_576, keptBytes: 512 * 1_048_576 };

/** A note with the time at which it was taken, ISO 8601 UTC. */
export interface TimedNote {
  readonly at: string;
  readonly note: JournalNote;
}

const EPOCH = new Date(0).toISOString();
const PIECE = 1_048_576;
const TAIL = 256;

/**
 * The journal as files: JSON lines in segments, numbered by their place. What lies beside them (marks, and the state at
 * some of them) only makes reading fast, and is made anew where it is missing. Several processes may write one folder:
 * each reads on under the folder's lock before it appends, so that all agree on every number.
 */
export class JournalLog {
  readonly #files: JournalFiles;
  readonly #limits: JournalLimits;
  readonly #onEntry: (entry: JournalEntry) => void;
  #segments: Segment[] = [];
  #state = new JournalState();
  #lastAt = EPOCH;
  #anew = false;
  /** The last bytes that were read or written, and where they end: by them a file is known to be the same. */
  #tail: { readonly end: number; readonly bytes: Buffer } | undefined;

  /** `onEntry` is told of every line after `open`, whoever wrote it. */
  constructor(files: JournalFiles, limits: JournalLimits, onEntry: (entry: JournalEntry) => void) {
    this.#files = files;
    this.#limits = limits;
    this.#onEntry = onEntry;
  }

  get segments(): readonly Segment[] {
    return this.#segments;
  }

  /** At the last line. */
  get state(): JournalState {
    return this.#state;
  }

  /** When the last line was written, ISO 8601 UTC. */
  get lastAt(): string {
    return this.#lastAt;
  }

  get first(): number {
    return this.last === 0 ? 0 : (this.#segments[0]?.first ?? 0);
  }

  get last(): number {
    return this.#segments.at(-1)?.last ?? 0;
  }

  /** Reads what is needed to know the last line and the state there; makes marks where there are none. */
  open(): Promise<void> {
    return this.#files.locked(async () => {
      const firsts = await this.#firsts();
      for (const [at, first] of firsts.entries()) {
        await this.#openSegment(new Segment(this.#files, first), firsts[at + 1]);
      }
      const last = this.#segments.at(-1);
      if (last !== undefined) await this.#endLine(last);
    });
  }

  /** Takes in what other processes wrote meanwhile. Fails with `JournalCutShort` where what was there is gone. */
  async readOn(): Promise<void> {
    const firsts = await this.#firsts();
    await this.#requireWhole(firsts);
    // What another one dropped is gone for us as well.
    const kept = new Set(firsts);
    this.#segments = this.#segments.filter(({ first }) => kept.has(first));
    const last = this.#segments.at(-1);
    if (last !== undefined) await this.#readSegment(last, this.#onEntry);
    for (const first of firsts) {
      if (first <= (this.#segments.at(-1)?.first ?? 0)) continue;
      const segment = new Segment(this.#files, first);
      await segment.recall(await this.#files.size(segment.name));
      segment.rewind();
      this.#segments.push(segment);
      await this.#readSegment(segment, this.#onEntry);
    }
  }

  /** Another process only adds, and begins a new file before it drops an old one. */
  async #requireWhole(firsts: readonly number[]): Promise<void> {
    const last = this.#segments.at(-1);
    if (last === undefined || this.#anew || firsts.some(first => first > last.first)) return;
    const size = await this.#files.size(last.name);
    if (size < last.end) throw new JournalCutShort();
    const tail = this.#tail;
    // It may have grown again since.
    if (size === last.end || tail?.end !== last.end) return;
    const { length } = tail.bytes;
    const there = await this.#files.read(last.name, tail.end - length, length);
    if (!there.equals(tail.bytes)) throw new JournalCutShort();
  }

  #keepTail({ end }: Segment, bytes: Buffer): void {
    this.#tail = { end, bytes: Buffer.from(bytes.subarray(-TAIL)) };
  }

  /** Writes notes down, those left out that say nothing new. Fails with `JournalUnwritable`, or as `readOn`. */
  append(notes: readonly TimedNote[]): Promise<void> {
    return this.#files.locked(async () => {
      await this.readOn();
      const last = this.#segments.at(-1);
      if (last !== undefined && !this.#anew) await this.#endLine(last);
      const dropped = await this.#makeRoom();
      await this.#write(dropped === undefined ? notes : [...notes, { at: notes.at(-1)?.at ?? EPOCH, note: dropped }]);
    });
  }

  /** The next line begins a segment of its own, whatever room the last one has. */
  beginAnew(): void {
    this.#anew = true;
  }

  /** Lines of one segment from `ordinal` on, at most `count`, each with its number. */
  async lines(
    segment: Segment,
    ordinal: number,
    count: number,
  ): Promise<readonly { readonly sequence: number; readonly bytes: Buffer; readonly before: Buffer | undefined }[]> {
    const mark = segment.markBefore(ordinal);
    const beyond = segment.marks.find(other => other.ordinal >= ordinal + count);
    const piece = await this.#files.read(segment.name, mark.offset, (beyond?.offset ?? segment.end) - mark.offset);
    const found = [];
    let at = mark.ordinal;
    let before: Buffer | undefined;
    for (const { bytes } of rawLines(piece, mark.offset)) {
      if (at >= ordinal) found.push({ sequence: segment.first + at, bytes, before });
      before = bytes;
      at++;
      if (at >= ordinal + count || at >= segment.count) break;
    }
    return found;
  }

  async #firsts(): Promise<number[]> {
    const firsts = (await this.#files.names()).map(firstOfName).filter(first => first !== undefined);
    return firsts.sort((one, other) => one - other);
  }

  /** `next`: the first line of the segment after it. One that is closed and well marked is not read at all. */
  async #openSegment(segment: Segment, next: number | undefined): Promise<void> {
    const size = await this.#files.size(segment.name);
    if (await segment.recall(size)) {
      if (segment.last + 1 === next) {
        this.#segments.push(segment);
        return;
      }
      const { mark, state } = await segment.stateBefore(segment.count);
      this.#state = state;
      segment.rewind(mark);
    } else {
      const previous = this.#segments.at(-1);
      this.#state = previous === undefined ? new JournalState() : (await this.stateAt(previous, previous.count)).state;
      for (const name of [segment.marksName, segment.statesName, ...segment.olderNames]) await this.#files.remove(name);
      await this.#keepMarks(segment, [this.#checkpoint(segment, { end: 0 })]);
    }
    this.#segments.push(segment);
    await this.#readSegment(segment, undefined);
  }

  /** The state after a line, as far as it and those before it are kept. */
  async stateAfter(sequence: number): Promise<JournalState> {
    const segment = this.#segments.findLast(one => one.count > 0 && one.first <= sequence);
    if (segment === undefined) return new JournalState();
    return (await this.stateAt(segment, Math.min(sequence, segment.last) - segment.first + 1)).state;
  }

  /** The state before the line that is `ordinal` lines after a segment's first, and the time of the line before it. */
  async stateAt(
    segment: Segment,
    ordinal: number,
  ): Promise<{ readonly state: JournalState; readonly at: string | undefined }> {
    const { mark, state } = await segment.stateBefore(ordinal);
    let at: string | undefined;
    if (ordinal > mark.ordinal) {
      for (const { sequence, bytes } of await this.lines(segment, mark.ordinal, ordinal - mark.ordinal)) {
        const entry = entryOf(bytes, sequence, at ?? EPOCH);
        state.apply(entry);
        at = entry.at;
      }
    }
    return { state, at };
  }

  /**
   * Takes lines of a segment in, from where it was left. Marks that are made on the way are kept where nobody is told
   * of the lines: then this is an opening, under the lock.
   */
  async #readSegment(segment: Segment, tell: ((entry: JournalEntry) => void) | undefined): Promise<void> {
    const size = await this.#files.size(segment.name);
    const states = { end: tell === undefined ? await this.#files.size(segment.statesName) : 0 };
    for (let length = PIECE; segment.end < size; ) {
      const base = segment.end;
      const piece = await this.#files.read(segment.name, base, Math.min(length, size - base));
      const usable = endOfLines(piece);
      if (usable === 0) {
        if (base + piece.length >= size || piece.length === 0) return;
        length *= 2;
        continue;
      }
      const made: MadeMark[] = [];
      for (const { bytes, next } of rawLines(piece.subarray(0, usable), base)) {
        const entry = entryOf(bytes, segment.last + 1, this.#lastAt);
        this.#take(segment, entry, next, tell === undefined ? { states, made } : undefined);
        tell?.(entry);
      }
      segment.end = base + usable;
      this.#keepTail(segment, piece.subarray(0, usable));
      await this.#keepMarks(segment, made);
    }
  }

  /** A line that a crash left unfinished is ended, so that it swallows no other; it is told as damaged. */
  async #endLine(segment: Segment): Promise<void> {
    if ((await this.#files.size(segment.name)) <= segment.end) return;
    await this.#files.append(segment.name, Buffer.from('\n'));
    await this.#readSegment(segment, this.#onEntry);
  }

  #take(
    segment: Segment,
    entry: JournalEntry,
    end: number,
    keep: { readonly states: { end: number }; readonly made: MadeMark[] } | undefined,
  ): void {
    this.#state.apply(entry);
    this.#lastAt = entry.at;
    const due = segment.grow(Date.parse(entry.at), end, this.#state.size);
    if (due === 'none') return;
    if (keep === undefined) segment.mark(due);
    else if (due === 'state') keep.made.push(this.#checkpoint(segment, keep.states));
    else {
      const mark = segment.mark(due);
      if (mark !== undefined) keep.made.push({ mark });
    }
  }

  /** A mark with the state at it, which lies at the end of the file of states. */
  #checkpoint(segment: Segment, states: { end: number }): MadeMark {
    const bytes = Buffer.from(`${JSON.stringify(this.#state.data())}\n`);
    const mark = segment.mark('state', [states.end, bytes.length]);
    if (mark === undefined) return {};
    states.end += bytes.length;
    return { mark, bytes };
  }

  /** States before marks: a mark never leads to a state that is not there. */
  async #keepMarks(segment: Segment, made: readonly MadeMark[]): Promise<void> {
    const states = made.flatMap(({ bytes }) => bytes ?? []);
    const marks = made.flatMap(({ mark }) => (mark === undefined ? [] : `${JSON.stringify(mark)}\n`));
    if (states.length > 0) await this.#files.append(segment.statesName, Buffer.concat(states));
    if (marks.length > 0) await this.#files.append(segment.marksName, Buffer.from(marks.join('')));
  }

  async #write(notes: readonly TimedNote[]): Promise<void> {
    const segment = this.#segments.at(-1);
    if (segment === undefined) throw new Error('a journal is written to before it was opened');
    const states = { end: await this.#files.size(segment.statesName) };
    const before = { count: segment.count, end: segment.end, state: this.#state.data(), at: this.#lastAt };
    const written: { readonly entry: JournalEntry; readonly line: Buffer; readonly place: number }[] = [];
    const made: MadeMark[] = [];
    for (const [place, { at, note }] of notes.entries()) {
      const news = this.#state.newsOf(note);
      if (news === undefined) continue;
      const { source, what, subject, data } = news;
      const sequence = segment.last + 1;
      const entry = { sequence, at, source, what, subject, ...(data === undefined ? {} : { data }) };
      const line = Buffer.from(lineOf(entry));
      written.push({ entry, line, place });
      this.#take(segment, entry, segment.end + line.length, { states, made });
    }
    if (written.length === 0) return;
    const bytes = Buffer.concat(written.map(({ line }) => line));
    try {
      await this.#files.append(segment.name, bytes);
      this.#keepTail(segment, bytes);
    } catch (error) {
      segment.cutBack(before.count, before.end);
      this.#state = JournalState.from(before.state);
      this.#lastAt = before.at;
      // A disk that became full in the middle of it has taken the first ones.
      await this.#readSegment(segment, this.#onEntry);
      throw new JournalUnwritable(error, written[segment.count - before.count]?.place ?? notes.length);
    }
    // Marks only make reading fast: a disk that is too full for them loses no line.
    await this.#keepMarks(segment, made).catch(() => undefined);
    for (const { entry } of written) this.#onEntry(entry);
  }

  /** Sees to a segment that can be written to. Answers what had to go for it, as a note. */
  async #makeRoom(): Promise<JournalNote | undefined> {
    const last = this.#segments.at(-1);
    if (last !== undefined && last.end < this.#limits.segmentBytes && !this.#anew) return undefined;
    if (last !== undefined && !this.#anew) {
      const mark = last.mark('mark');
      await this.#keepMarks(last, mark === undefined ? [] : [{ mark }]);
      await this.#files.sync(last.name);
    }
    const next = new Segment(this.#files, this.last + 1);
    await this.#files.append(next.name, Buffer.alloc(0), true);
    await this.#keepMarks(next, [this.#checkpoint(next, { end: 0 })]);
    this.#segments.push(next);
    const isFull = !this.#anew;
    this.#anew = false;
    return isFull ? this.#drop() : undefined;
  }

  async #drop(): Promise<JournalNote | undefined> {
    const sizes = this.#segments.map(({ end }) => end);
    let bytes = sizes.reduce((sum, end) => sum + end, 0);
    let gone = 0;
    while (bytes > this.#limits.keptBytes && gone < this.#segments.length - 1) bytes -= sizes[gone++] ?? 0;
    const dropped = this.#segments.splice(0, gone);
    const [oldest] = dropped;
    const newest = dropped.at(-1);
    if (oldest === undefined || newest === undefined) return undefined;
    const times = dropped.flatMap(({ marks }) => marks.flatMap(({ low, high }) => [low, high]));
    const known = times.filter(time => time !== undefined);
    const names = await this.#files.names();
    for (const { name } of dropped) {
      // What any version of Siloscope laid beside it goes with it, and the lines last.
      const beside = names.filter(file => file !== name && file.startsWith(name.replace(/jsonl$/, '')));
      for (const file of [...beside, name]) await this.#files.remove(file);
    }
    return {
      source: 'host',
      what: 'journal.dropped',
      subject: 'journal',
      data: {
        lines: newest.last - oldest.first + 1,
        ...(known.length === 0
          ? {}
          : { from: new Date(least(known)).toISOString(), until: new Date(most(known)).toISOString() }),
      },
    };
  }
}

/** Lines that were read are not there any more: somebody who is no Siloscope cut the files, or took them away. */
export class JournalCutShort extends Error {
  constructor() {
    super('lines of the journal that were there are gone');
  }
}

/** Notes could not be written; the first `done` of them were. */
export class JournalUnwritable extends Error {
  readonly done: number;

  constructor(cause: unknown, done: number) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.done = done;
  }
}

/** A mark that was just made, and the state it leads to. Empty where it was there already. */
interface MadeMark {
  readonly mark?: Mark;
  readonly bytes?: Buffer;
}

const least = (times: readonly number[]): number => times.reduce((one, other) => Math.min(one, other));
const most = (times: readonly number[]): number => times.reduce((one, other) => Math.max(one, other));
