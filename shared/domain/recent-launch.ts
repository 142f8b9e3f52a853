import { z } from 'zod';

/** A launch by a profile that worked: enough to fill in the form again, and no more. */
export const RecentLaunch = z.object({
  profile: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  mountPoint: z.string().optional(),
  uncPrefix: z.string().optional(),
  at: z.iso.datetime(),
});
export type RecentLaunch = z.infer<typeof RecentLaunch>;
