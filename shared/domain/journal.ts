import { z } from 'zod';

export const JournalSource = z.enum(['host', 'fsd', 'engine', 'silo', 'launch', 'inspection', 'user']);
export type JournalSource = z.infer<typeof JournalSource>;

/** One line of the timeline. `sequence` counts from 1 without holes. */
export const JournalEntry = z.object({
  sequence: z.int().positive(),
  /** ISO 8601 UTC. */
  at: z.string(),
  source: JournalSource,
  /** `noun.pastParticiple`, e.g. `container.started`, `volume.leaked`, `fsd.stopped`. */
  what: z.string(),
  /** Who or what it is about: a container's name, a volume's device. */
  subject: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** What happened, before it has its number and its time. */
export type JournalNote = Pick<JournalEntry, 'source' | 'what' | 'subject' | 'data'>;

/** Which lines are wanted; what is absent asks for nothing. All that is given must fit. */
export const JournalFilter = z.object({
  sources: z.array(JournalSource).optional(),
  /** Whole words of `what` or its beginning: `volume` takes `volume.leaked`, `volume.leaked` itself alone. */
  kinds: z.array(z.string().min(1).max(100)).max(50).optional(),
  /** A container's name or the beginning of its id, as subject, home or in the data. */
  container: z.string().min(1).max(200).optional(),
  /** Every word of it must stand somewhere in the line; case does not count. */
  text: z.string().max(500).optional(),
  /** ISO 8601, inclusive on both ends. */
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});
export type JournalFilter = z.infer<typeof JournalFilter>;

/** The words of a text, as a filter compares them. */
export const filterWords = (text: string | undefined): readonly string[] =>
  (text ?? '').toLowerCase().split(/\s+/).filter(Boolean);

/** Makes the question of a filter, once for many lines. */
export function journalMatcher(filter: JournalFilter): (entry: JournalEntry) => boolean {
  const words = filterWords(filter.text);
  const sources = filter.sources?.length ? new Set<string>(filter.sources) : undefined;
  const kinds = filter.kinds?.length ? filter.kinds : undefined;
  const container = filter.container?.toLowerCase();
  const since = filter.since === undefined ? undefined : Date.parse(filter.since);
  const until = filter.until === undefined ? undefined : Date.parse(filter.until);
  return entry => {
    if (sources !== undefined && !sources.has(entry.source)) return false;
    if (kinds !== undefined && !kinds.some(kind => entry.what === kind || entry.what.startsWith(`${kind}.`))) {
      return false;
    }
    if (since !== undefined && Date.parse(entry.at) < since) return false;
    if (until !== undefined && Date.parse(entry.at) > until) return false;
    if (container !== undefined && !isOfContainer(entry, container)) return false;
    if (words.length === 0) return true;
    const text = `${entry.source} ${entry.what} ${entry.subject} ${dataText(entry)}`.toLowerCase();
    return words.every(word => text.includes(word));
  };
}

/** `name`: in lower case. */
function isOfContainer({ subject, data }: JournalEntry, name: string): boolean {
  if (subject.toLowerCase() === name) return true;
  const { home, container, id } = data ?? {};
  if ([home, container].some(value => typeof value === 'string' && value.toLowerCase() === name)) return true;
  return name.length >= 4 && typeof id === 'string' && id.toLowerCase().startsWith(name);
}

/** What is kept for machines: told in a line it would hide the rest. */
const UNTOLD: ReadonlySet<string> = new Set(['engineTime', 'chain', 'groups', 'key']);

/** The data of an entry as one line, `key=value` each: what people read, and what a filter searches. */
export function dataText({ data }: Pick<JournalEntry, 'data'>, longest = Number.POSITIVE_INFINITY): string {
  if (data === undefined) return '';
  const text = Object.entries(data)
    .filter(([key, value]) => value !== undefined && !UNTOLD.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** A part of the journal. */
export const JournalPage = z.object({
  /** In the order of their sequence. */
  entries: z.array(JournalEntry),
  /** The oldest line that is kept, and the newest there is; both 0 while nothing has happened. */
  first: z.int().nonnegative(),
  last: z.int().nonnegative(),
  /**
   * Lines beyond this page in the asked direction have not been looked at: go on from here (`after`, or `before`).
   * Absent: there are none.
   */
  next: z.int().nonnegative().optional(),
  /** Where the journal is kept, for people. Absent: in memory, it ends with the process. */
  folder: z.string().optional(),
});
export type JournalPage = z.infer<typeof JournalPage>;
