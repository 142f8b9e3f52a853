import { z } from 'zod';
import { JournalFilter, JournalPage } from '../domain/journal.ts';
import { JournalMoment } from '../domain/journal-moment.ts';
import { LogFilter, LogLine } from '../domain/log-line.ts';
import { command, query } from './operation.ts';

/** What happened, and what was said. */
export const timelineOperations = {
  /**
   * All logs on one clock: of the app, the engine, the driver, the file systems, and what was ordered and found. First the
   * last lines, in the order of their time; with `follow` each that comes, until an abort.
   */
  'log.follow': command(
    z.object({
      follow: z.boolean().default(false),
      /** So many lines of the past, all logs together. */
      tail: z.int().nonnegative().max(20_000).default(1_000),
      filter: LogFilter.optional(),
    }),
    z.object({ lines: z.int().nonnegative() }),
    z.object({ lines: z.array(LogLine) }),
  ),
  /**
   * Lines above `after`, oldest first, or the ones nearest below `before`. A search looks through a bounded number of
   * lines: `next` says where to go on.
   */
  'journal.read': query(
    z.object({
      after: z.int().nonnegative().default(0),
      before: z.int().positive().optional(),
      limit: z.int().positive().max(10_000).default(1_000),
      filter: JournalFilter.optional(),
    }),
    JournalPage,
  ),
  /** What was there at a time (the last line not later than it), or after a line; without either, now. */
  'journal.moment': query(
    z.object({ at: z.iso.datetime({ offset: true }).optional(), sequence: z.int().nonnegative().optional() }),
    JournalMoment,
  ),
} as const;
