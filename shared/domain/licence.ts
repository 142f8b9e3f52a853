import { z } from 'zod';

/** The terms of a package that somebody else wrote and Siloscope passes on. */
export const Licence = z.object({
  name: z.string(),
  version: z.string(),
  /** As the package says it: an SPDX expression, mostly. */
  licence: z.string(),
  /** Absent where the package carries no text. */
  text: z.string().optional(),
});
export type Licence = z.infer<typeof Licence>;

/** All of them, as the build writes them beside the page. */
export const LicenceFile = z.array(Licence);
export type LicenceFile = z.infer<typeof LicenceFile>;
