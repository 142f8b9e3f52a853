import { z } from 'zod';
import { LogSeverity } from './log-line.ts';

/** A line of the app's own log as it is kept, with whatever data came with it. */
export const AppRecord = z.looseObject({
  at: z.iso.datetime({ offset: true }),
  level: LogSeverity,
  /** Who says it. */
  source: z.string(),
  what: z.string(),
});
export type AppRecord = z.infer<typeof AppRecord>;
