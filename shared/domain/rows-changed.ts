import { z } from 'zod';
import { RunningFileSystem } from './launch.ts';

/** What became of the file systems that a list showed: rows that are new or different, and containers without one now. */
export const RowsChanged = z.object({
  changed: z.array(RunningFileSystem),
  /** Docker ids. */
  gone: z.array(z.string()),
});
export type RowsChanged = z.infer<typeof RowsChanged>;
