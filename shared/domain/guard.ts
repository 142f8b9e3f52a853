import { z } from 'zod';
import { FindingViolation, SightViolation } from './policy.ts';

/**
 * What a guard may do about a violation. `observe` tells; `refuse` also turns down launches that are expected to violate
 * the policy; `stop` also stops the offender once it is shown, by more than a rule, to violate it.
 */
export const GuardMode = z.enum(['observe', 'refuse', 'stop']);
export type GuardMode = z.infer<typeof GuardMode>;

/** A violation as it is watched: one volume on one ground, from however many namespaces. */
export const GuardViolation = SightViolation.extend({
  /** So many namespaces see it on that ground; `seenFrom` is the first. */
  viewers: z.int().positive(),
  /** What a person calls the first: `host`, or a container's name. */
  viewer: z.string(),
  /** Since when it is known, ISO 8601 UTC. */
  since: z.string(),
});
export type GuardViolation = z.infer<typeof GuardViolation>;

/** A finding that violates the policy, as it is watched. Nobody is stopped on account of it. */
export const GuardFinding = FindingViolation.extend({
  /** Since when it is known, ISO 8601 UTC. */
  since: z.string(),
});
export type GuardFinding = z.infer<typeof GuardFinding>;

/** Why an offender was not stopped. */
export const NotStopped = z.enum([
  /** Only a rule says so: nobody saw it. */
  'not-proven',
  /** It ran before the guard did. */
  'ran-before',
  /** The volume is the host's own: there is no container to stop. */
  'no-container',
  /** It was asked to end and did not: it is never killed. */
  'did-not-end',
  'failed',
  /** It was tried so often that it is left to a person. */
  'given-up',
]);
export type NotStopped = z.infer<typeof NotStopped>;

/** Something a guard did, or did not do. */
export const GuardAct = z.object({
  at: z.string(),
  what: z.enum(['refused', 'stopping', 'stopped', 'not-stopped']),
  /** A container's name. */
  subject: z.string(),
  because: NotStopped.optional(),
  /** So often it was tried by now; and when it is tried again, ISO 8601 UTC. */
  tries: z.int().positive().optional(),
  nextAt: z.string().optional(),
  /** What was lost, or what it came to. */
  notes: z.array(z.string()),
});
export type GuardAct = z.infer<typeof GuardAct>;

export const GuardState = z.object({
  id: z.string(),
  /** `settings`: kept, and there as long as Siloscope runs. `watch`: of one client, and gone with it. */
  origin: z.enum(['settings', 'watch']),
  mode: GuardMode,
  policy: z.string(),
  since: z.string(),
  /** When it last judged all that its policy speaks of; absent: it has not seen it all yet. */
  judgedAt: z.string().optional(),
  /** The first of them; `count` tells how many there are. */
  violations: z.array(GuardViolation),
  /** Findings that the policy forbids, by the last inspection; the first of them, and none where it speaks of none. */
  findings: z.array(GuardFinding),
  /** Of both. */
  count: z.int().nonnegative(),
  /** Of these a rule alone says so: nobody has seen them. Absent from an older Siloscope. */
  expected: z.int().nonnegative().optional(),
  /** What could not be listed, so that volumes may be there that nobody judged: then nothing is clean. */
  unlisted: z.array(z.string()),
  accepted: z.int().nonnegative(),
  /** The last of them, oldest first. */
  acts: z.array(GuardAct),
  /** Why it cannot do its work at present. */
  trouble: z.object({ what: z.enum(['blind', 'failed']), since: z.string(), reason: z.string() }).optional(),
});
export type GuardState = z.infer<typeof GuardState>;

/** All guards that watch at present. */
export const GuardStatus = z.object({ guards: z.array(GuardState) });
export type GuardStatus = z.infer<typeof GuardStatus>;
