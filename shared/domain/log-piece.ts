import { z } from 'zod';

/** A piece of what a container wrote: mostly one line with its end, as the program wrote it. Untrusted text. */
export const LogPiece = z.object({
  stream: z.enum(['stdout', 'stderr']),
  text: z.string(),
  /** When the engine noted it, ISO 8601 UTC with up to nine decimals. */
  at: z.string().optional(),
});
export type LogPiece = z.infer<typeof LogPiece>;
