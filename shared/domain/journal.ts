import { z } from 'zod';

/** `other`: a source that a newer version of Siloscope has, and this one does not know. */
export const JournalSource = z.enum(['host', 'fsd', 'engine', 'silo', 'launch', 'inspection', 'user', 'other']);
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
