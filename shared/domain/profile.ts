import { z } from 'zod';
import { ImageRecipe } from './image-recipe.ts';
import { SecretNeed } from './profile-secret.ts';
import { UnwrittenPlace } from './unwritten-place.ts';
import { VolumeKind } from './volume.ts';

/**
 * One way to ask a program to end, a program in its container. `wait`: it answers with a JSON object; until the counts at
 * the dotted paths in it are zero, so many of `what` (e.g. `upload`) are not done. `ask`: it tells the other to end.
 */
export const StopRung = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('wait'),
    command: z.array(z.string()).min(1),
    counts: z.array(z.string().min(1)).min(1),
    what: z.string().min(1).max(40),
  }),
  z.strictObject({ kind: z.literal('ask'), command: z.array(z.string()).min(1) }),
]);
export type StopRung = z.infer<typeof StopRung>;

/** A way to launch a file system: data, so that users can add their own. */
export const Profile = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower case letters, digits and "-", with no "-" first'),
  title: z.string(),
  description: z.string(),
  /**
   * argv in the container. `{winfsp}` the installation directory, `{mountPoint}`, `{uncPrefix}` are filled in; in the place
   * of an argument `{secrets}` stand those that come with secrets.
   */
  command: z.array(z.string()).min(1),
  /** Variables the program needs, with `{winfsp}` filled in; what the user gives goes before. */
  environment: z.record(z.string(), z.string()).optional(),
  kind: VolumeKind,
  defaults: z.strictObject({ mountPoint: z.string().optional(), uncPrefix: z.string().optional() }),
  /** The name of the profile that does the same privately, if there is one. */
  privateTwin: z.string().optional(),
  /** How its program is asked to end, in this order, before the engine asks it. Placeholders as in `command`. */
  stop: z.array(StopRung).max(8).optional(),
  /** Where its program has what it did not write yet: what is copied out of a container that ended before it had. */
  unwritten: UnwrittenPlace.optional(),
  /** Secrets that its program takes. Their values are kept elsewhere, and never with a profile. */
  secrets: z.array(SecretNeed).max(8).optional(),
  /** What must be in the image, if the program does not come with WinFsp. */
  needs: z.string().optional(),
  /** How an image that holds the program is made. */
  recipe: ImageRecipe.optional(),
});
export type Profile = z.infer<typeof Profile>;
