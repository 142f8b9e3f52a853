import { z } from 'zod';
import { VolumeKind } from './volume.ts';

/** A way to launch a file system: data, so that users can add their own. */
export const Profile = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  title: z.string(),
  description: z.string(),
  /** argv in the container. `{winfsp}` the installation directory, `{mountPoint}`, `{uncPrefix}` are filled in. */
  command: z.array(z.string()).min(1),
  /** Variables the program needs, with `{winfsp}` filled in; what the user gives goes before. */
  environment: z.record(z.string(), z.string()).optional(),
  kind: VolumeKind,
  defaults: z.strictObject({ mountPoint: z.string().optional(), uncPrefix: z.string().optional() }),
  /** The name of the profile that does the same privately, if there is one. */
  privateTwin: z.string().optional(),
  /** What must be in the image, if the program does not come with WinFsp. */
  needs: z.string().optional(),
});
export type Profile = z.infer<typeof Profile>;
