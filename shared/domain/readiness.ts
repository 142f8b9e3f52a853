import { z } from 'zod';
import { ElevationPurpose } from './elevation.ts';
import { ToldVersion, WinFspVersionSource } from './winfsp-version.ts';

export const CheckCode = z.enum([
  'windows-build',
  'winfsp-installed',
  'winfsp-version',
  'fsd-running',
  'engine-reachable',
  'engine-windows-mode',
  'process-isolation',
  'base-image',
  'disk-space',
]);
export type CheckCode = z.infer<typeof CheckCode>;

/** One readiness check. `unknown`: it could not be asked. */
export const ReadinessCheck = z.object({
  code: CheckCode,
  state: z.enum(['ok', 'warning', 'failed', 'unknown']),
  /** What was found, in one sentence. */
  found: z.string(),
  /** The next step, where there is one, and the command that takes it. */
  fix: z.string().optional(),
  command: z.string().optional(),
  /** The fix is ours to make, by an administrator asked for this. */
  elevation: ElevationPurpose.optional(),
  /** Of WinFsp's version: every source that could be read, with what it said. */
  versions: z.array(ToldVersion).optional(),
  /** The raw answer behind it. */
  raw: z.string().optional(),
});
export type ReadinessCheck = z.infer<typeof ReadinessCheck>;

export const FsdState = z.enum(['not-installed', 'stopped', 'starting', 'running', 'stopping']);
export type FsdState = z.infer<typeof FsdState>;

/** The kernel file system driver, as discovered: `WinFsp` or, side by side, `WinFsp+<InstanceID>`. */
export const Fsd = z.object({
  state: FsdState,
  /** Service name; absent when not installed. */
  service: z.string().optional(),
  /** WinFsp's version, and who said it. Absent when nothing did: then nothing is launched. */
  version: z.string().optional(),
  versionFrom: WinFspVersionSource.optional(),
  /** Services of other side-by-side installations of WinFsp whose drivers run as well. */
  alsoRunning: z.array(z.string()).optional(),
  installDirectory: z.string().optional(),
});
export type Fsd = z.infer<typeof Fsd>;

export const EngineState = z.object({
  reachable: z.boolean(),
  osType: z.string().optional(),
  version: z.string().optional(),
  apiVersion: z.string().optional(),
  defaultIsolation: z.string().optional(),
  /** The reason, when not reachable. */
  reason: z.string().optional(),
});
export type EngineState = z.infer<typeof EngineState>;
