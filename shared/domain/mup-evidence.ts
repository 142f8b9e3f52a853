import { z } from 'zod';

/** A redirector that registered itself with the MUP. */
export const UncProvider = z.object({
  /** Its device, e.g. `\Device\WinFsp.Mup+2.1{guid}`. */
  name: z.string(),
  priority: z.int().nonnegative(),
  state: z.enum(['initialising', 'registration-pending', 'registered', 'unregistration-pending', 'unknown']),
  providerId: z.int().nonnegative(),
});
export type UncProvider = z.infer<typeof UncProvider>;

/** A prefix that the MUP resolved before, and whom it asks for it since. */
export const CachedPrefix = z.object({
  uncName: z.string(),
  providerName: z.string(),
  surrogateName: z.string(),
  priority: z.int().nonnegative(),
  /** As the MUP says it; the unit is not documented. */
  timeToLive: z.number(),
});
export type CachedPrefix = z.infer<typeof CachedPrefix>;

const refused = z.object({ refused: z.string() });

/**
 * What the MUP says of itself, or the status with which it refused. It is asked by calls that Microsoft does not
 * document: evidence for a person, never the ground of a verdict.
 */
export const MupEvidence = z.object({
  undocumented: z.literal(true),
  providers: z.union([z.array(UncProvider), refused]),
  prefixCache: z.union([z.array(CachedPrefix), refused]),
});
export type MupEvidence = z.infer<typeof MupEvidence>;
