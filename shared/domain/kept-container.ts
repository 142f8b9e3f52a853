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

/** How far a copy has come; `of`: what the program's own index says there is. */
export const CopyProgress = z.object({
  files: z.int().nonnegative(),
  bytes: z.number().nonnegative(),
  of: z.object({ files: z.int().nonnegative(), bytes: z.number().nonnegative() }).optional(),
});
export type CopyProgress = z.infer<typeof CopyProgress>;

/** What was copied out of a kept container, into one zip archive. */
export const UnwrittenCopy = z.object({
  container: z.string(),
  files: z.int().nonnegative(),
  /** Of the files. */
  bytes: z.number().nonnegative(),
  /** Paths that its program lists as not written and that are not there: the first hundred, and of how many. */
  missing: z.array(z.string()),
  missingCount: z.int().nonnegative(),
  /** Of the archive, as it was handed over. */
  size: z.number().nonnegative(),
  sha256: z.string(),
});
export type UnwrittenCopy = z.infer<typeof UnwrittenCopy>;
