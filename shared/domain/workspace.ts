import { z } from 'zod';

/** A container's name as the engine takes it. Ground: moby daemon/names. */
const ContainerName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/, 'letters, digits, "_", "." and "-", at least two');

/** What to launch, as `LaunchInput` has it; what is left out is left to its defaults, and to those of the day. */
const WorkspaceLaunch = z
  .strictObject({
    profile: z.string().optional(),
    command: z.array(z.string()).min(1).optional(),
    image: z.string().optional(),
    mountPoint: z.string().optional(),
    uncPrefix: z.string().optional(),
    pull: z.enum(['missing', 'always', 'never']).optional(),
    environment: z.record(z.string(), z.string()).optional(),
    binds: z.array(z.string()).optional(),
  })
  .refine(({ profile, command }) => (profile === undefined) !== (command === undefined), {
    message: 'give either a profile or a command',
  })
  // The same for editors, which read the published schema.
  .meta({ oneOf: [{ required: ['profile'] }, { required: ['command'] }] });

/** One file system of a workspace: what to launch, under a name of its own. */
export const WorkspaceItem = z.strictObject({
  /** The container's name. With the engine it is the proof that nothing is launched twice. */
  name: ContainerName,
  launch: WorkspaceLaunch,
});
export type WorkspaceItem = z.infer<typeof WorkspaceItem>;

/** File systems that belong together, launched in this order. */
export const Workspace = z.strictObject({
  /** For editors. */
  $schema: z.string().optional(),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'lower case letters, digits and "-"'),
  title: z.string().max(80).optional(),
  items: z
    .array(WorkspaceItem)
    .min(1)
    .max(50)
    .refine(items => new Set(items.map(({ name }) => name.toLowerCase())).size === items.length, {
      message: 'two items have one name',
    }),
});
export type Workspace = z.infer<typeof Workspace>;

/** A container of a workspace carries its name under this label. */
export const WORKSPACE_LABEL = 'dev.siloscope.workspace';

/** How an item of a workspace is. */
export const ItemState = z.enum([
  /** Neither running nor wanted. */
  'idle',
  /** Wanted, and the host is not ready: engine, FSD. */
  'waiting',
  'launching',
  /** Its volume answers. */
  'running',
  /** Its container runs and its volume does not answer in time. Left alone: a kill would lose what is not written. */
  'not-answering',
  /** It failed and is tried again at `nextAt`. */
  'backing-off',
  /** It failed so often that it is tried seldom. */
  'failing',
  /** It cannot work until something is changed: never tried again by itself. */
  'given-up',
  /** Stopped by a person, hence left alone. */
  'held',
  /** Its container is paused, by whomever. */
  'paused',
  /** A container of another workspace, or of nobody's, has its name. */
  'taken',
  'stopping',
]);
export type ItemState = z.infer<typeof ItemState>;

/** A running container that a workspace cannot take up, and why. */
export const NotCaptured = z.object({
  container: z.string(),
  because: z.enum([
    /** Its command line holds a secret, which a workspace would keep in clear. */
    'holds-a-secret',
    /** It runs no file system that is known. */
    'no-file-system',
    /** Hyper-V isolation: WinFsp is not there. */
    'hyperv',
  ]),
});
export type NotCaptured = z.infer<typeof NotCaptured>;
