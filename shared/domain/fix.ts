import { z } from 'zod';
import { NamespaceId } from './namespace.ts';

/** Something that can be done about a finding. */
export const FixKind = z.enum([
  /** The same file system without its UNC prefix: private to its container. Ends the leak. */
  'relaunch-as-disk',
  /** The same under a first part that nobody has. Ends a collision; what leaked still leaks, under the new name. */
  'rename',
  /** The same, not writable: whoever sees it can change nothing. Softens a leak. */
  'read-only',
  /** The same container under process isolation, where WinFsp is. */
  'process-isolation',
  /** Takes away a drive letter that leads nowhere. */
  'clear-mount-point',
  'start-fsd',
  /** Put up with, for a reason and until a day, which the user gives. Kept in the policy. */
  'accept',
]);
export type FixKind = z.infer<typeof FixKind>;

/** A container that is stopped and launched anew with a changed command line. */
export const Relaunch = z.object({
  container: z.string(),
  /** Its volume, which goes away with all that a file system in memory holds. Absent: it has none. */
  device: z.string().optional(),
  /** The prefix that it gets. */
  uncPrefix: z.string().optional(),
});
export type Relaunch = z.infer<typeof Relaunch>;

export const Fix = z.object({
  kind: FixKind,
  /** `ends`: the finding is gone afterwards. `softens`: it stays, and weighs less. */
  effect: z.enum(['ends', 'softens']),
  relaunches: z.array(Relaunch),
  /** The drive letter that goes away, and what it must lead to for that. */
  mountPoint: z.object({ namespace: NamespaceId, mountPoint: z.string(), target: z.string() }).optional(),
  /** What an acceptance would speak of: patterns, as in a policy. */
  accepts: z
    .object({ uncPrefix: z.string().optional(), container: z.string().optional(), device: z.string().optional() })
    .optional(),
});
export type Fix = z.infer<typeof Fix>;
