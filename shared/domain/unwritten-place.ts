import { z } from 'zod';

/** A directory of a container's own disk: the archive call of the engine reaches no other. */
const ContainerDirectory = z
  .string()
  .max(200)
  .regex(/^C:(?:\\(?!\.{1,2}(?:\\|$))[^\\/:*?"<>|\p{Cc}]+)+$/iu, 'expected a directory on C:, such as C:\\tool\\cache');

/**
 * Where in its container a program keeps what it has taken and not yet written to where it belongs. `index`: a directory
 * with a JSON file for each of them, under the same relative path; its field `waits` is true for what is not written, and
 * `size` counts the bytes.
 */
export const UnwrittenPlace = z.strictObject({
  directory: ContainerDirectory,
  index: z
    .strictObject({ directory: ContainerDirectory, waits: z.string().min(1), size: z.string().min(1).optional() })
    .optional(),
});
export type UnwrittenPlace = z.infer<typeof UnwrittenPlace>;
