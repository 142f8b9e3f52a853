import { z } from 'zod';

/** `dangling`: images without a name only. `unused`: all that no container uses, running or not. */
export const PruneScope = z.enum(['dangling', 'unused']);
export type PruneScope = z.infer<typeof PruneScope>;

const HeldImage = z.object({
  id: z.string(),
  references: z.array(z.string()),
  /** Layers that others share are counted too: what is really freed may be less. */
  sizeBytes: z.number(),
});

/** What a prune would remove and what stays, each with its ground. Nothing has been changed to find it. */
export const ImagePrunePlan = z.object({
  remove: z.array(HeldImage.extend({ because: z.enum(['dangling', 'unused']) })),
  keep: z.array(
    HeldImage.extend({
      because: z.enum(['used-by-containers', 'has-a-name']),
      /** Names of the containers that use it, stopped ones too. */
      containers: z.array(z.string()),
    }),
  ),
  /** Sum over `remove`: at most so much is freed. */
  bytes: z.number(),
});
export type ImagePrunePlan = z.infer<typeof ImagePrunePlan>;

/** What became of one image of a prune. `kept`: it came into use meanwhile, or the engine refused; `reason` is its word. */
export const PrunedImage = HeldImage.extend({ outcome: z.enum(['removed', 'kept']), reason: z.string().optional() });
export type PrunedImage = z.infer<typeof PrunedImage>;
