import { z } from 'zod';

/** Who may see what. Rules are tried in order; the first that matches a cell decides; no match: allowed. */
export const Policy = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().min(1),
  rules: z.array(
    z.strictObject({
      /** Case-insensitive, `*` and `?`. Absent: any. */
      uncPrefix: z.string().optional(),
      container: z.string().optional(),
      image: z.string().optional(),
      label: z.string().optional(),
      /** Seen from: the host, another silo, any namespace that is not its home. */
      seenFrom: z.enum(['host', 'silo', 'anywhere']).default('anywhere'),
      allow: z.boolean(),
      reason: z.string().optional(),
    }),
  ),
});
export type Policy = z.infer<typeof Policy>;

export const Violation = z.object({
  /** Index of the rule that forbids it. */
  rule: z.int().nonnegative(),
  device: z.string(),
  uncPrefix: z.string().optional(),
  container: z.string().optional(),
  seenFrom: z.string(),
  /** `visible` is a violation proven or predicted; `unknown` could not be ruled out. */
  visible: z.enum(['yes', 'unknown']),
  rank: z.string(),
  summary: z.string(),
});
export type Violation = z.infer<typeof Violation>;
