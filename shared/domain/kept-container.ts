import { z } from 'zod';

/** A file that a program had taken and not written to where it belongs; its path below the directory, untrusted. */
export const WaitingFile = z.object({ path: z.string(), bytes: z.number().nonnegative() });
export type WaitingFile = z.infer<typeof WaitingFile>;

/** An ended container that is kept, as it may hold what its program did not write. */
export const KeptContainer = z.object({
  container: z.string(),
  /** The item of a workspace that it was, and where it is known, which one. */
  item: z.string(),
  workspace: z.string().optional(),
  profile: z.string().optional(),
  /** As Docker words it: `Exited (1) 3 minutes ago`. */
  status: z.string(),
  /** Where its profile says that such files are. Absent: it does not say. */
  directory: z.string().optional(),
  /** What its program's own index says is not written; the first thousand. Absent: nothing in it tells. */
  waiting: z.array(WaitingFile).optional(),
  /** Of all of them. */
  count: z.int().nonnegative().optional(),
});
export type KeptContainer = z.infer<typeof KeptContainer>;

/** Files of a kept container, in one zip archive. */
export const UnwrittenCopy = z.object({
  container: z.string(),
  /** Base64. */
  archive: z.string(),
  files: z.int().nonnegative(),
  bytes: z.number().nonnegative(),
});
export type UnwrittenCopy = z.infer<typeof UnwrittenCopy>;
