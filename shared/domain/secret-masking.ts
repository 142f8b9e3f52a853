import { z } from 'zod';

/**
 * A secret whose value would be shown if a program printed it. `too-short`: it stands in other texts by chance, and
 * masking it would tell it; `locked`: it is kept, and cannot be opened here; `unknown`: a container was given it by
 * somebody else, or it was forgotten since.
 */
export const UnmaskedSecret = z.object({ name: z.string(), because: z.enum(['too-short', 'locked', 'unknown']) });
export type UnmaskedSecret = z.infer<typeof UnmaskedSecret>;

/** What is not masked in what programs print. All other values that are known here are. */
export const SecretMasking = z.object({ unmasked: z.array(UnmaskedSecret) });
export type SecretMasking = z.infer<typeof SecretMasking>;
