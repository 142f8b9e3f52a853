import type { JournalEntry, JournalFilter, JournalPage } from '../../../shared/domain/journal.ts';
import { filterWords } from '../../../shared/domain/journal-matcher.ts';
import type { JournalMoment } from '../../../shared/domain/journal-moment.ts';
import { isJournalName } from '../../../shared/domain/journal-severity.ts';
import { mayBeWorded } from '../../../shared/wording/journal-vocabulary.ts';
import { wordedMatcher } from '../../../shared/wording/word-journal.ts';
import { entryOf, isKnownSource } from './journal-lines.ts';
import type { JournalLog } from './journal-log.ts';
import type { Segment } from './segment.ts';

/** Where to read: lines above `after`, oldest first, or below `before`, the nearest ones. */
export interface ReadAsked {
  readonly after: number;
  readonly before?: number | undefined;
  readonly limit: number;
  readonly filter?: JournalFilter | undefined;
}

/** One call looks through so many lines; whoever wants more asks on, and may stop. */
const LOOKED_THROUGH = 131_072;
const WINDOW = 4_096;
const EPOCH = new Date(0).toISOString();

/** A page of the journal, as far as it has been read. */
export async function readPage(log: JournalLog, asked: ReadAsked, signal?: AbortSignal): Promise<JournalPage> {
  const { first, last } = log;
  if (last === 0) return { entries: [], first, last };
  const { limit, filter } = asked;
  const backward = asked.before !== undefined;
  const found: JournalEntry[] = [];
  const from = Math.max(first, asked.after + 1);
  const until = Math.min(last, (asked.before ?? Number.POSITIVE_INFINITY) - 1);
  const search = searchFor(filter);
  let looked = 0;
  let low = backward ? until + 1 : from;
  let high = backward ? until : from - 1;
  while (found.length < limit && looked < LOOKED_THROUGH && (backward ? low > from : high < until)) {
    signal?.throwIfAborted();
    const room = filter === undefined ? Math.min(limit - found.length, WINDOW) : WINDOW;
    const stretch = backward
      ? { from: Math.max(from, low - room), until: low - 1 }
      : { from: high + 1, until: Math.min(until, high + room) };
    const kept = stretches(log, stretch).flatMap(part => (search.mayHold(part) ? [part] : []));
    const entries: JournalEntry[] = [];
    for (const part of kept) {
      const lines = await log.lines(part.segment, part.from - part.segment.first, part.until - part.from + 1);
      looked += lines.length;
      for (const { sequence, bytes, before } of lines) {
        const entry = search.entry(sequence, bytes, before);
        if (entry !== undefined) entries.push(entry);
      }
    }
    if (backward) {
      const fitting = entries.slice(Math.max(0, entries.length - (limit - found.length)));
      found.unshift(...fitting);
      low = fitting.length < entries.length ? (fitting[0]?.sequence ?? stretch.from) : stretch.from;
    } else {
      const fitting = entries.slice(0, limit - found.length);
      found.push(...fitting);
      high = fitting.length < entries.length ? (fitting.at(-1)?.sequence ?? stretch.until) : stretch.until;
    }
  }
  const isMore = backward ? low > from : high < until;
  return { entries: found, first, last, ...(isMore ? { next: backward ? low : high } : {}) };
}

/** Lines of one segment, by their numbers, both ends included. */
interface Stretch {
  readonly segment: Segment;
  readonly from: number;
  readonly until: number;
}

function stretches(log: JournalLog, { from, until }: { readonly from: number; readonly until: number }): Stretch[] {
  return log.segments
    .filter(segment => segment.count > 0 && segment.first <= until && segment.last >= from)
    .map(segment => ({ segment, from: Math.max(from, segment.first), until: Math.min(until, segment.last) }));
}

interface Search {
  /** False where the times of a stretch are known to lie outside. */
  readonly mayHold: (stretch: Stretch) => boolean;
  readonly entry: (sequence: number, bytes: Buffer, before: Buffer | undefined) => JournalEntry | undefined;
}

function searchFor(filter: JournalFilter | undefined): Search {
  const read = (sequence: number, bytes: Buffer, before: Buffer | undefined): JournalEntry =>
    entryOf(bytes, sequence, before === undefined ? EPOCH : entryOf(before, sequence, EPOCH).at);
  if (filter === undefined) return { mayHold: () => true, entry: read };
  const matches = wordedMatcher(filter);
  const since = filter.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(filter.since);
  const until = filter.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(filter.until);
  const isPossible = rawMatcher(filter);
  return {
    mayHold: stretch => {
      const { low, high } = timesOf(stretch);
      return !(high < since || low > until);
    },
    entry: (sequence, bytes, before) => {
      if (!isPossible(bytes)) return undefined;
      const entry = read(sequence, bytes, before);
      return matches(entry) ? entry : undefined;
    },
  };
}

/** Earliest and latest times of all lines between the marks around a stretch. */
function timesOf({ segment, from, until }: Stretch): { readonly low: number; readonly high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const start = from - segment.first;
  const end = until - segment.first;
  for (const { low: least, high: most, after, ordinal } of spans(segment)) {
    if (ordinal <= start || after > end) continue;
    low = Math.min(low, least ?? Number.NEGATIVE_INFINITY);
    high = Math.max(high, most ?? Number.POSITIVE_INFINITY);
  }
  return { low, high };
}

/** Lines from `after` to below `ordinal`, with the span of their times. */
function* spans(segment: Segment) {
  let after = 0;
  for (const { ordinal, low, high } of segment.marks) {
    if (ordinal > after) yield { after, ordinal, low, high };
    after = ordinal;
  }
  if (segment.count > after) yield { after, ordinal: segment.count, low: segment.low, high: segment.high };
}

/** Whether a line could fit, by its bytes: nine in ten need not be parsed. What it lets through is looked at again. */
function rawMatcher({ text, kinds, sources }: JournalFilter): (bytes: Buffer) => boolean {
  // Within JSON a quote and a backslash are written with one more; what is shown as `key=value` is not written so, and
  // what is only said in words is not written at all.
  const words = filterWords(text)
    .filter(word => /^[a-z0-9._:{}-]+$/.test(word))
    .flatMap(word => {
      const worded = mayBeWorded(word);
      return worded === 'all' ? [] : [{ word, worded }];
    });
  const anyKind = kinds?.map(kind => `"what":"${kind}`);
  // What is told as `other` has a name of its own in the line.
  const anySource = sources?.includes('other') === true ? undefined : sources?.map(source => `"source":"${source}"`);
  if (words.length === 0 && !anyKind?.length && !anySource?.length) return () => true;
  return bytes => {
    const line = bytes.toString('utf8');
    // A damaged line is no JSON of ours, and fits by other rules.
    if (!line.startsWith('{"sequence":')) return true;
    if (anySource?.length && !anySource.some(source => line.includes(source))) return false;
    if (anyKind?.length && !anyKind.some(kind => line.includes(kind))) return false;
    if (words.length === 0) return true;
    const name = /"what":"([^"]*)"/.exec(line)?.[1] ?? '';
    // What another version wrote is told in other words than it is written: such lines are few, and are read.
    if (!isJournalName(name) || !isKnownSource(/"source":"([^"]*)"/.exec(line)?.[1])) return true;
    const lower = line.toLowerCase();
    return words.every(({ word, worded }) => worded.has(name) || lower.includes(word));
  };
}

/** The state at a moment: after the line `sequence`, or after the last line before the first that is later than `at`. */
export async function readMoment(
  log: JournalLog,
  asked: { readonly at?: string | undefined; readonly sequence?: number | undefined },
): Promise<JournalMoment> {
  const { first, last } = log;
  const sequence =
    asked.at === undefined ? Math.min(last, asked.sequence ?? last) : await lastBefore(log, Date.parse(asked.at));
  const segment = log.segments.find(one => one.first <= sequence && one.last >= sequence);
  const nothing = { volumes: [], namespaces: [], findings: [], watched: false, sequence: 0, first, last };
  if (segment === undefined) return { ...nothing, ...(asked.at === undefined ? {} : { at: asked.at }) };
  const state = await log.stateAfter(sequence);
  const [line] = await log.lines(segment, sequence - segment.first, 1);
  const entryAt = line === undefined ? undefined : entryOf(line.bytes, sequence, EPOCH).at;
  const { recent: _recent, gapsOf: _gapsOf, watchers, ...known } = state.data();
  return {
    ...known,
    ...(entryAt === undefined ? {} : { entryAt, at: asked.at ?? entryAt }),
    sequence,
    watched: watchers.length > 0,
    first,
    last,
  };
}

/** The line before the first one that is later. Should the clock have been set back, the earlier part of the story ends there. */
export async function lastBefore(log: JournalLog, time: number): Promise<number> {
  for (const segment of log.segments) {
    for (const { after, ordinal, high } of spans(segment)) {
      if (high !== undefined && high <= time) continue;
      for (const { sequence, bytes } of await log.lines(segment, after, ordinal - after)) {
        if (Date.parse(entryOf(bytes, sequence, EPOCH).at) > time) return sequence - 1;
      }
    }
  }
  return log.last;
}
