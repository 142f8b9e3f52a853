import { z } from 'zod';
import { UnmaskedSecret } from './secret-masking.ts';
import { TakenOutBy } from './taken-out.ts';

/** A file of a diagnostics bundle, redacted: what is shown of it is what is saved. */
export const BundleFile = z.object({
  /** Relative, with slashes. */
  name: z.string(),
  content: z.string(),
  /** Of the content, as UTF-8. */
  bytes: z.int().nonnegative(),
  /** Places where something was taken out. */
  takenOut: z.int().nonnegative(),
  /** How these places are told. */
  by: TakenOutBy,
});
export type BundleFile = z.infer<typeof BundleFile>;

/** What helps others to help: report, recording, settings and logs, redacted, and the same as one zip archive in base64. */
export const Bundle = z.object({
  files: z.array(BundleFile),
  archive: z.string(),
  /** Secrets whose values could not be taken out, should they stand in it. */
  unmasked: z.array(UnmaskedSecret),
});
export type Bundle = z.infer<typeof Bundle>;
