import { z } from 'zod';
import { JournalState } from '../../../shared/domain/journal-state.ts';
import { JournalStateData } from '../../../shared/domain/journal-state-data.ts';
import type { JournalFiles } from './journal-files.ts';

/** A line at which reading may begin, `ordinal` lines after the segment's first. */
export const Mark = z.object({
  ordinal: z.int().nonnegative(),
  offset: z.int().nonnegative(),
  /** Earliest and latest time (ms) of the lines between the mark before and this one; absent at the first. */
  low: z.number().optional(),
  high: z.number().optional(),
  /** Where the state before that line is kept in the file of states. */
  state: z.tuple([z.int().nonnegative(), z.int().positive()]).optional(),
});
export type Mark = z.infer<typeof Mark>;

/** So many lines between two marks. */
export const MARK_EVERY = 512;
/** The version of the marks and states, which are made anew from the lines where they are missing or older. */
const VERSION = 'v3';
/** Those of older versions of Siloscope, which know less; they are of no use any more. */
const OLDER_VERSIONS = ['v1', 'v2'];

const SEGMENT = /^(\d{12})\.jsonl$/;

/** The first line's number, out of a segment's name. */
export function firstOfName(name: string): number | undefined {
  const digits = SEGMENT.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** One file of the journal, with what is known of it. Named after the number of its first line. */
export class Segment {
  readonly first: number;
  readonly name: string;
  /** Complete lines, and where they end. */
  count = 0;
  end = 0;
  readonly marks: Mark[] = [];
  readonly #files: JournalFiles;
  #low: number | undefined;
  #high: number | undefined;
  #sinceState = 0;

  constructor(files: JournalFiles, first: number) {
    this.#files = files;
    this.first = first;
    this.name = `${String(first).padStart(12, '0')}.jsonl`;
  }

  get last(): number {
    return this.first + this.count - 1;
  }

  get low(): number | undefined {
    return this.#low;
  }

  get high(): number | undefined {
    return this.#high;
  }

  get marksName(): string {
    return this.name.replace('.jsonl', `.${VERSION}.marks`);
  }

  get statesName(): string {
    return this.name.replace('.jsonl', `.${VERSION}.states`);
  }

  /** What older versions of Siloscope laid beside it. */
  get olderNames(): readonly string[] {
    return OLDER_VERSIONS.flatMap(version =>
      ['marks', 'states'].map(kind => this.name.replace('.jsonl', `.${version}.${kind}`)),
    );
  }

  /** Takes in one line that ends at `end`. Answers whether a mark is due there, and with a state or without. */
  grow(atMs: number, end: number, stateSize: number): 'none' | 'mark' | 'state' {
    this.count++;
    this.end = end;
    this.#low = Math.min(this.#low ?? atMs, atMs);
    this.#high = Math.max(this.#high ?? atMs, atMs);
    this.#sinceState++;
    if (this.count % MARK_EVERY !== 0) return 'none';
    return this.#sinceState >= Math.max(4 * MARK_EVERY, 4 * stateSize) ? 'state' : 'mark';
  }

  /** The mark of the present end; undefined where there is one already. `state`: where the state before it lies. */
  mark(due: 'mark' | 'state', state?: Mark['state']): Mark | undefined {
    const low = this.#low;
    const high = this.#high;
    this.#low = undefined;
    this.#high = undefined;
    if (due === 'state') this.#sinceState = 0;
    if ((this.marks.at(-1)?.ordinal ?? -1) >= this.count) return undefined;
    const made: Mark = {
      ordinal: this.count,
      offset: this.end,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
      ...(state === undefined ? {} : { state }),
    };
    this.marks.push(made);
    return made;
  }

  /** Goes back to a mark, to have the lines behind it read; the marks stay. */
  rewind(mark: Mark = { ordinal: 0, offset: 0 }): void {
    this.count = mark.ordinal;
    this.end = mark.offset;
    this.#low = undefined;
    this.#high = undefined;
    this.#sinceState = 0;
  }

  /** Takes back lines that could not be written, and the marks among them. */
  cutBack(count: number, end: number): void {
    this.count = count;
    this.end = end;
    while ((this.marks.at(-1)?.ordinal ?? 0) > count) this.marks.pop();
  }

  /** Takes marks from their file, as far as they make sense; none where lines of theirs are gone. Answers whether there are any. */
  async recall(size: number): Promise<boolean> {
    const text = (await this.#files.read(this.marksName, 0, await this.#files.size(this.marksName))).toString('utf8');
    const states = await this.#files.size(this.statesName);
    for (const line of text.split('\n')) {
      const mark = parseMark(line);
      const before = this.marks.at(-1);
      if (mark === undefined) continue;
      // The lines are written before their marks: they were cut off since, and what is there now are others.
      if (mark.offset > size) {
        this.marks.length = 0;
        this.rewind();
        return false;
      }
      if (before === undefined ? mark.ordinal !== 0 || mark.state === undefined : mark.ordinal <= before.ordinal)
        continue;
      const { state, ...bare } = mark;
      const isKept = state !== undefined && state[0] + state[1] <= states;
      if (before === undefined && !isKept) return false;
      this.marks.push(isKept ? mark : bare);
      this.count = mark.ordinal;
      this.end = mark.offset;
    }
    return this.marks.length > 0;
  }

  /** The last mark at or before a line, `ordinal` lines after the first. */
  markBefore(ordinal: number): Mark {
    let low = 0;
    let high = this.marks.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.marks[middle]?.ordinal ?? 0) <= ordinal) low = middle;
      else high = middle - 1;
    }
    return this.marks[low] ?? { ordinal: 0, offset: 0 };
  }

  /** The last state kept at or before a line, and its mark. */
  async stateBefore(ordinal: number): Promise<{ readonly mark: Mark; readonly state: JournalState }> {
    for (const mark of [...this.marks].reverse()) {
      if (mark.ordinal > ordinal || mark.state === undefined) continue;
      const state = parseState(await this.#files.read(this.statesName, ...mark.state));
      if (state !== undefined) return { mark, state };
    }
    return { mark: { ordinal: 0, offset: 0 }, state: new JournalState() };
  }
}

function parseMark(line: string): Mark | undefined {
  if (line === '') return undefined;
  try {
    return Mark.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function parseState(bytes: Buffer): JournalState | undefined {
  try {
    const data = JournalStateData.safeParse(JSON.parse(bytes.toString('utf8'))).data;
    return data === undefined ? undefined : JournalState.from(data);
  } catch {
    return undefined;
  }
}
