import { z } from 'zod';
import { HostFacts } from './host-facts.ts';
import { KernelAnswer, KernelQuestion } from './kernel-question.ts';

const refused = z.object({
  refused: z.enum(['not-found', 'access-denied', 'wrong-type', 'malformed-name', 'unsupported']),
});

/** One read-only question to a host, with its answer as it came, and how long that took. `fault` where none came. */
export const RecordedAnswer = z.discriminatedUnion('ask', [
  z.object({
    ask: z.literal('run'),
    argv: z.array(z.string()).min(1),
    elapsedMs: z.number(),
    answer: z.union([
      z.object({ exitCode: z.int().nonnegative(), stdout: z.string(), stderr: z.string() }),
      z.object({ fault: z.string() }),
    ]),
  }),
  z.object({
    ask: z.literal('list'),
    path: z.string(),
    elapsedMs: z.number(),
    /** Entries as `[name, type]`. */
    answer: z.union([
      z.object({ entries: z.array(z.tuple([z.string(), z.string()])) }),
      refused,
      z.object({ fault: z.string() }),
    ]),
  }),
  z.object({
    ask: z.literal('link'),
    path: z.string(),
    elapsedMs: z.number(),
    answer: z.union([z.object({ target: z.string() }), refused, z.object({ fault: z.string() })]),
  }),
  z.object({
    /** A volume's root, opened for its attributes by the name of its provider. */
    ask: z.literal('probe'),
    path: z.string(),
    elapsedMs: z.number(),
    answer: z.union([
      z.object({ outcome: z.literal('opened'), winfsp: z.boolean(), directory: z.boolean() }),
      z.object({
        outcome: z.enum(['not-found', 'denied', 'failed']),
        status: z.int().nonnegative(),
        statusName: z.string(),
      }),
      z.object({ outcome: z.literal('timed-out') }),
      z.object({ fault: z.string() }),
    ]),
  }),
  z.object({
    ask: z.literal('kernel'),
    question: KernelQuestion,
    elapsedMs: z.number(),
    answer: z.union([KernelAnswer, z.strictObject({ fault: z.string() })]),
  }),
  z.object({
    ask: z.literal('get'),
    /** Of the Docker Engine API, without a version, e.g. `/containers/json`. */
    path: z.string(),
    elapsedMs: z.number(),
    answer: z.union([z.object({ body: z.json() }), z.object({ fault: z.string() })]),
  }),
]);
export type RecordedAnswer = z.infer<typeof RecordedAnswer>;

/** What a host answered to a fixed list of questions, redacted: to be sent, read, and served again by a replaying host. */
export const Recording = z.object({
  siloscopeRecording: z.literal(1),
  takenAt: z.iso.datetime(),
  /** A simulated host answered: it proves nothing about Windows. */
  simulated: z.boolean(),
  /** What needs an administrator was asked by one, though the rest was asked by a user. */
  elevated: z.literal(true).optional(),
  facts: HostFacts,
  answers: z.array(RecordedAnswer),
});
export type Recording = z.infer<typeof Recording>;
