import { z } from 'zod';

/** What the prober's process is asked: one path at a time. */
export const ProbeQuestion = z.object({ path: z.string(), readBytes: z.int().nonnegative() });
export type ProbeQuestion = z.infer<typeof ProbeQuestion>;

/** What it answers. `ready` comes once, when it can be asked. */
export const ProbeReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('status'), status: z.int().nonnegative(), elapsedMs: z.number().nonnegative() }),
  z.object({
    kind: z.literal('opened'),
    elapsedMs: z.number().nonnegative(),
    winfsp: z.boolean(),
    directory: z.boolean(),
    /** Base64. */
    content: z.base64().optional(),
  }),
]);
export type ProbeReply = z.infer<typeof ProbeReply>;
