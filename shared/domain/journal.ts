import { z } from 'zod';

/** One line of the timeline. `sequence` counts from 1 without holes. */
export const JournalEntry = z.object({
  sequence: z.int().positive(),
  /** ISO 8601 UTC. */
  at: z.string(),
  source: z.enum(['host', 'fsd', 'engine', 'silo', 'launch', 'inspection', 'user']),
  /** `noun.pastParticiple`, e.g. `container.started`, `volume.leaked`, `fsd.stopped`. */
  what: z.string(),
  /** Who or what it is about: a container's name, a volume's device. */
  subject: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;
