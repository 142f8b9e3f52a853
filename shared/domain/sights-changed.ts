import { z } from 'zod';
import { Evidence, EvidenceStep } from './evidence.ts';
import { Namespace, NamespaceId } from './namespace.ts';
import { Volume } from './volume.ts';

/** A volume that has just come, or is another than before, with what was seen of it without opening anything. */
export const SeenNow = Volume.extend({
  /** How it is known to be at home. */
  atHome: Evidence.optional(),
  /** As far as its links were looked at; the others are not tested. */
  chain: z.array(EvidenceStep).optional(),
});
export type SeenNow = z.infer<typeof SeenNow>;

/** What became of namespaces and volumes: enough to bring a matrix up to date by the rule, without looking at all anew. */
export const SightsChanged = z.object({
  namespaces: z.object({ changed: z.array(Namespace), gone: z.array(NamespaceId) }),
  volumes: z.object({
    changed: z.array(SeenNow),
    /** Devices. */
    gone: z.array(z.string()),
  }),
});
export type SightsChanged = z.infer<typeof SightsChanged>;
