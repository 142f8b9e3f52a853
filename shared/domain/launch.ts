import { z } from 'zod';
import { Visibility } from './inspection.ts';
import { ContainerRef, NamespaceId } from './namespace.ts';
import { PlannedSecret, SecretName } from './profile-secret.ts';
import { Volume, VolumeKind } from './volume.ts';

/** What to launch. Everything but the profile or a command may be left to defaults. */
export const LaunchInput = z.object({
  /** A profile's name, e.g. `memfs-disk`, `memfs-network`. Either this or `command`. */
  profile: z.string().optional(),
  /** The file system's own command line, as argv in the container. */
  command: z.array(z.string()).min(1).optional(),
  /** The container's name; one is proposed when absent. */
  name: z.string().optional(),
  /** Base image; the best local match for the host when absent. */
  image: z.string().optional(),
  isolation: z.enum(['process', 'hyperv']).default('process'),
  /** Overrides of the profile's mount point (`Y:`) and UNC prefix (`\memfs\share`). */
  mountPoint: z.string().optional(),
  uncPrefix: z.string().optional(),
  pull: z.enum(['missing', 'always', 'never']).default('missing'),
  /** Start the FSD when it is stopped. */
  startFsd: z.boolean().default(true),
  environment: z.record(z.string(), z.string()).default({}),
  /** Values of secrets for this launch alone, by name; they go before those that are kept. */
  secrets: z.record(SecretName, z.string()).optional(),
  labels: z.record(z.string(), z.string()).default({}),
  /** Extra binds, Docker's Windows syntax `C:\source:C:\target[:ro]`. */
  binds: z.array(z.string()).default([]),
  /** How long the volume may take to appear. */
  waitMs: z.int().positive().default(20_000),
});
export type LaunchInput = z.infer<typeof LaunchInput>;

export const LaunchStep = z.enum(['preflight', 'fsd', 'image', 'container', 'start', 'volume', 'listing']);
export type LaunchStep = z.infer<typeof LaunchStep>;

/** Two phases a layer; bytes of the whole image. `done` never falls within one pull. */
export const PullProgress = z.object({
  image: z.string(),
  phase: z.enum(['resolving', 'downloading', 'extracting', 'done']),
  layers: z.array(
    z.object({
      id: z.string(),
      phase: z.enum(['waiting', 'downloading', 'downloaded', 'extracting', 'done', 'exists']),
      downloaded: z.number(),
      extracted: z.number(),
      total: z.number(),
    }),
  ),
  /** 0..1 over both phases, monotone. */
  fraction: z.number().min(0).max(1),
});
export type PullProgress = z.infer<typeof PullProgress>;

export const LaunchProgress = z.object({
  step: LaunchStep,
  state: z.enum(['started', 'done', 'skipped', 'failed', 'undone']),
  /** A short fact, e.g. the service started or the container's name. Untrusted text may be inside. */
  note: z.string().optional(),
  pull: PullProgress.optional(),
});
export type LaunchProgress = z.infer<typeof LaunchProgress>;

/** What a launch will do, before it does it. */
export const LaunchPlan = z.object({
  name: z.string(),
  image: z.string(),
  isolation: z.enum(['process', 'hyperv']),
  /** argv in the container. */
  command: z.array(z.string()),
  /** Absent where neither its profile nor its command line tells. */
  kind: VolumeKind.optional(),
  mountPoint: z.string().optional(),
  uncPrefix: z.string().optional(),
  /** Which mechanism brings WinFsp in: bind of the installation directory, read-only, at the same path. */
  binds: z.array(z.string()),
  /** Variables that the profile brings, such as the path on which its program finds WinFsp; those asked for come on top. */
  environment: z.record(z.string(), z.string()).optional(),
  /** The secrets that its program takes, and where this launch has them from. */
  secrets: z.array(PlannedSecret).optional(),
  /** The same as a `docker run` line for cmd.exe, made to be copied: secrets are masked. */
  dockerRun: z.string(),
  /** Visibility as a rule predicts it: one cell per namespace that exists now. */
  predicted: z.array(Visibility),
  /** Volumes that are there and whose cells would change: their class would be claimed twice. Only those cells. */
  touched: z
    .array(z.object({ uncPrefix: z.string(), home: NamespaceId, label: z.string(), cells: z.array(Visibility) }))
    .optional(),
  /** A prefix of a class that nobody has, where the wished one is taken. */
  freePrefix: z.string().optional(),
  warnings: z.array(z.string()),
});
export type LaunchPlan = z.infer<typeof LaunchPlan>;

export const Launched = z.object({
  container: ContainerRef,
  plan: LaunchPlan,
  volumes: z.array(Volume),
  /** `dir` of the new volume from inside, as proof that it answers. */
  listing: z.object({ path: z.string(), output: z.string() }),
  /** Seen after the launch, for the new volumes. */
  siloscopeCommand: z.string(),
});
export type Launched = z.infer<typeof Launched>;

/** What a file system's program had not written to where it keeps it: `2 uploads`. */
export const Unwritten = z.object({ what: z.string(), count: z.int().positive() });
export type Unwritten = z.infer<typeof Unwritten>;

/** A container that runs (or ran) a user-mode file system. */
export const RunningFileSystem = z.object({
  container: ContainerRef,
  state: z.enum(['running', 'exited', 'created', 'restarting', 'paused', 'dead', 'removing']),
  /** As Docker words it, e.g. `Up 3 minutes`. */
  status: z.string(),
  /** E.g. `memfs-x64.exe`; absent when no known file system was recognised. */
  program: z.string().optional(),
  commandLine: z.string(),
  volumes: z.array(Volume),
});
export type RunningFileSystem = z.infer<typeof RunningFileSystem>;
