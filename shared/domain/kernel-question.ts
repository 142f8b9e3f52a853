import { z } from 'zod';
import { CachedPrefix, UncProvider } from './mup-evidence.ts';

const ObjectName = z.string().max(4_096).startsWith('\\');
const ProcessId = z.int().positive();

/**
 * What the kernel itself can be asked without anything being changed. `mup-...`: two undocumented calls.
 * `winfsp-volumes`: FSP_FSCTL_VOLUME_LIST of one control device. `job-...`: the job that is a container's silo, opened to
 * be queried only. `silo-ids`, `process-...`, `thread-container`: information classes. Ground: phnt, hcsshim, winfsp.
 */
export const KernelQuestion = z.discriminatedUnion('about', [
  z.object({ about: z.literal('mup-providers') }),
  z.object({ about: z.literal('mup-prefix-cache') }),
  /** E.g. `\Device\WinFsp.Net+2.1`, in the host's namespace or below `\Silos\<id>`. */
  z.object({ about: z.literal('winfsp-volumes'), device: ObjectName }),
  /** Class 30, JobObjectContainerId. */
  z.object({ about: z.literal('job-container'), job: ObjectName }),
  /** Class 36, JobObjectSiloBasicInformation. */
  z.object({ about: z.literal('job-silo'), job: ObjectName }),
  /** Class 37, JobObjectSiloRootDirectory. */
  z.object({ about: z.literal('job-root'), job: ObjectName }),
  /** Class 38, JobObjectServerSiloBasicInformation. */
  z.object({ about: z.literal('job-server-silo'), job: ObjectName }),
  /** Class 174, SystemRootSiloInformation. */
  z.object({ about: z.literal('silo-ids') }),
  /** Class 109, ProcessMembershipInformation. */
  z.object({ about: z.literal('process-silo'), processId: ProcessId }),
  /** Class 24, ProcessSessionInformation. */
  z.object({ about: z.literal('process-session'), processId: ProcessId }),
  /** Class 37 of the process's first thread, ThreadContainerId. */
  z.object({ about: z.literal('thread-container'), processId: ProcessId }),
]);
export type KernelQuestion = z.infer<typeof KernelQuestion>;

export const SERVER_SILO_STATES = ['initialising', 'started', 'shutting-down', 'terminating', 'terminated'] as const;

/** What the kernel answered, or the status with which it refused the object or the question about it. */
export const KernelAnswer = z.union([
  z.strictObject({ providers: z.array(UncProvider) }),
  z.strictObject({
    prefixCache: z.array(CachedPrefix),
    /** Where offsets of texts count from, on which the sources disagree; absent when no entry told. */
    offsetsFrom: z.enum(['entry', 'strings']).optional(),
  }),
  /** `\Device\Volume{guid}`, of a network volume with its prefix behind it. */
  z.strictObject({ volumes: z.array(z.string()) }),
  z.strictObject({ containerGuid: z.string(), jobId: z.int().nonnegative().optional() }),
  z.strictObject({
    siloId: z.int().nonnegative(),
    parentId: z.int().nonnegative(),
    processes: z.int().nonnegative(),
    inServerSilo: z.boolean(),
  }),
  z.strictObject({ root: z.string() }),
  z.strictObject({
    serviceSession: z.int().nonnegative(),
    state: z.enum([...SERVER_SILO_STATES, 'unknown']),
    /** Bytes of the structure that this Windows answers. */
    bytes: z.int().positive(),
  }),
  z.strictObject({ siloIds: z.array(z.int().nonnegative()) }),
  z.strictObject({ serverSiloId: z.int().nonnegative() }),
  z.strictObject({ sessionId: z.int().nonnegative() }),
  z.strictObject({ refused: z.enum(['open', 'query']), status: z.int().nonnegative(), statusName: z.string() }),
  /** An answer of so many bytes that could not be read. */
  z.strictObject({ unreadable: z.int().nonnegative() }),
]);
export type KernelAnswer = z.infer<typeof KernelAnswer>;
