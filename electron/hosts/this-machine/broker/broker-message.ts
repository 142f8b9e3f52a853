import { z } from 'zod';
import { Fault } from '../../../../shared/contract/fault-schema.ts';
import { Digest } from './proof.ts';

/** More an asker never has to say. */
export const MOST_ASKED_BYTES = 16_384;
/** A silo's `\Device` has some hundred entries, HCS' list some hundred bytes for each container. */
export const MOST_ANSWERED_BYTES = 16_777_216;

/** The asker greets first. */
export const Hello = z.strictObject({ siloscopeBroker: z.literal(1), nonce: Digest });
export const HelloBack = z.strictObject({ nonce: Digest, proof: Digest });
export const Welcome = z.strictObject({ proof: Digest });

/** Everything after the greeting: JSON in a seal. */
export const Sealed = z.strictObject({ body: z.string(), seal: Digest });

/** What the broker answers. The asker does not take its word for the shape either. */
export const BrokerReply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('entries'), entries: z.array(z.object({ name: z.string(), type: z.string() })) }),
  z.object({ kind: z.literal('target'), target: z.string() }),
  z.object({
    kind: z.literal('refused'),
    refused: z.enum(['not-found', 'access-denied', 'wrong-type', 'malformed-name', 'unsupported']),
  }),
  z.object({
    kind: z.literal('ran'),
    ran: z.object({
      argv: z.array(z.string()),
      exitCode: z.int().nonnegative(),
      stdout: z.string(),
      stderr: z.string(),
      elapsedMs: z.number(),
    }),
  }),
  z.object({ kind: z.literal('fault'), fault: Fault }),
]);
export type BrokerReply = z.infer<typeof BrokerReply>;

/** The value of a JSON text that has that shape; undefined for any other text. */
export function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
