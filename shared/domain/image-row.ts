import { z } from 'zod';

/** Whether a base image can run under process isolation with WinFsp on this host, and the rule that decided. */
export const ImageVerdict = z.object({
  /** `try`: unsupported but may work; `untested`: expected, never tested; `hyperv-only`: runs, but WinFsp cannot work there. */
  runs: z.enum(['yes', 'try', 'untested', 'hyperv-only', 'no', 'unknown']),
  because: z.enum([
    'exact-build',
    'within-stable-abi',
    'client-exact-build-unsupported',
    'sources-disagree',
    'host-build-differs',
    'newer-than-host',
    'older-than-stable-abi',
    'nano-server-no-winfsp',
    'not-windows',
    'no-os-version',
    'server-image-untested-with-winfsp',
  ]),
});
export type ImageVerdict = z.infer<typeof ImageVerdict>;

/** A row of the image picker: local, in the catalogue, or both. */
export const ImageRow = z.object({
  reference: z.string(),
  local: z.boolean(),
  id: z.string().optional(),
  family: z.enum(['servercore', 'server', 'windows', 'nanoserver', 'other']),
  osVersion: z.string().optional(),
  build: z.int().optional(),
  sizeBytes: z.number().optional(),
  /** ISO date. */
  mainstreamEnd: z.string().optional(),
  extendedEnd: z.string().optional(),
  support: z.enum(['mainstream', 'extended', 'ended', 'unknown']),
  verdict: ImageVerdict,
});
export type ImageRow = z.infer<typeof ImageRow>;
