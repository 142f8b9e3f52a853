import { z } from 'zod';

/** A call's number: chosen by the caller, unique among its calls in flight. */
const id = z.int().nonnegative();

/** What a client sends. */
export const CallerFrame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id, name: z.string(), input: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id }),
]);
export type CallerFrame = z.infer<typeof CallerFrame>;

/** What a serving side sends. Payloads are judged later, by the operation's own schema. */
export const ServerFrame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), id, told: z.unknown() }),
  z.object({ kind: z.literal('result'), id, output: z.unknown() }),
  z.object({ kind: z.literal('fault'), id, fault: z.unknown() }),
  z.object({ kind: z.literal('news'), name: z.string(), payload: z.unknown() }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
