import { z } from 'zod';
import { ElevationPurpose, NoElevation } from '../domain/elevation.ts';
import { NoSeal, SealKind } from '../domain/secret-store.ts';
import { HostKeyRefusal, SshConfigRefusal } from '../domain/ssh-connection.ts';
import { ToldVersion } from '../domain/winfsp-version.ts';

/** What a decoder knows of a raw error of the tools below: cause and next step in words, the code as they print it. */
export const Decoded = z.object({
  /** E.g. `0xC0370101`, `STATUS_OBJECT_NAME_COLLISION`, `1060`. */
  code: z.string().optional(),
  cause: z.string(),
  fix: z.string(),
  /** Where the explanation comes from. */
  source: z.string().optional(),
});
export type Decoded = z.infer<typeof Decoded>;

const fault = <C extends string, S extends z.core.$ZodLooseShape>(code: C, shape: S) =>
  z.object({ code: z.literal(code), ...shape });

/** Why an address cannot be served at. */
export const ListenRefusal = z.enum(['taken', 'denied', 'other']);

/** Why a place of a disk cannot be used. `a-folder`: where a file should be. `not-there`: and it cannot be made. */
export const PlaceRefusal = z.enum([
  'not-a-folder',
  'a-folder',
  'not-there',
  'dead-link',
  'link-circle',
  'read-only',
  'too-long',
  'other',
]);
export type PlaceRefusal = z.infer<typeof PlaceRefusal>;

/**
 * Everything that can go wrong and is not a bug of ours, by code. Faults travel as data; their words, each with a
 * next step, live in shared/wording. Families decide the exit code of the command line (`exitCodeOf`).
 */
export const Fault = z.discriminatedUnion('code', [
  // asked wrongly (exit 2)
  fault('invalid-input', { issues: z.array(z.object({ path: z.string(), message: z.string() })) }),
  fault('not-found', { what: z.string(), name: z.string(), known: z.array(z.string()).optional() }),
  fault('malformed-scenario', {
    file: z.string(),
    issues: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
  // not ready (exit 3)
  fault('winfsp-not-installed', {}),
  fault('winfsp-too-old', { by: ToldVersion, minimum: z.string() }),
  fault('winfsp-version-unknown', { installDirectory: z.string(), minimum: z.string() }),
  fault('fsd-not-running', { service: z.string(), state: z.string() }),
  fault('fsd-start-failed', {
    service: z.string(),
    exitCode: z.int(),
    output: z.string(),
    decoded: Decoded.optional(),
  }),
  fault('engine-wrong-mode', { osType: z.string() }),
  fault('base-image-incompatible', {
    image: z.string(),
    because: z.string(),
    hostBuild: z.int(),
    imageBuild: z.int().optional(),
    nearest: z.string().optional(),
  }),
  /** It is made by the recipe of a profile, and is never fetched under a name that anybody may have in a registry. */
  fault('image-not-built', { image: z.string(), profile: z.string() }),
  fault('isolation-unsupported', { isolation: z.string(), because: z.string() }),
  /** `locked`: kept, and cannot be opened here. */
  fault('secrets-missing', {
    profile: z.string(),
    secrets: z.array(z.object({ name: z.string(), title: z.string(), locked: z.boolean() })),
  }),
  fault('secret-store-unavailable', { because: NoSeal }),
  /** `kept`: what is full is the disk of Siloscope's own files, not the engine's. */
  fault('disk-full', {
    path: z.string(),
    freeBytes: z.number().optional(),
    raw: z.string(),
    kept: z.literal(true).optional(),
  }),
  /** Nothing can be kept at `path`, for what stands at `at`: `path` itself, or a folder above it. `of`: it is SSH's, else ours. */
  fault('place-unusable', {
    path: z.string(),
    at: z.string(),
    because: PlaceRefusal,
    raw: z.string(),
    of: z.literal('known-hosts').optional(),
  }),
  /** A file of the user's that is left as it is: a newer version wrote it, or half of it would mean something else. */
  fault('kept-file-not-read', { file: z.string(), writtenBy: z.string().optional(), reason: z.string() }),
  // out of reach (exit 4)
  fault('host-unreachable', { host: z.string(), reason: z.string() }),
  /** We were to serve at `address` and cannot. `raw`: what the system said. */
  fault('cannot-listen', { address: z.string(), because: ListenRefusal, raw: z.string() }),
  /** Nobody has vouched for it yet. Who accepts the fingerprint gets it pinned in `file`, if any, and the host opened. */
  fault('host-key-unknown', {
    host: z.string(),
    keyType: z.string(),
    fingerprint: z.string(),
    file: z.string().optional(),
    /** It is not the host itself, but one on the way there. */
    jump: z.boolean().optional(),
  }),
  /** Not to be accepted here, by anybody. `known`: the fingerprint in its place. `file`, `line`: where that stands. */
  fault('host-key-refused', {
    host: z.string(),
    keyType: z.string(),
    fingerprint: z.string(),
    because: HostKeyRefusal,
    known: z.string().optional(),
    file: z.string().optional(),
    line: z.int().optional(),
  }),
  /** The user's own ssh would go another way, by a line that we do not follow. `text`: the line itself. */
  fault('ssh-config-refused', {
    host: z.string(),
    file: z.string(),
    line: z.int(),
    text: z.string(),
    because: SshConfigRefusal,
  }),
  /** `because`: `tls`, where it was not even dialled, for docker would speak TLS there. */
  fault('engine-unreachable', {
    endpoint: z.string(),
    cause: z.string(),
    raw: z.string(),
    because: z.literal('tls').optional(),
  }),
  /**
   * `elevation`: an administrator may, and can be asked for it with that purpose. `perhapsOpen`: a file that Windows does
   * not let be replaced, as it does while another program has it open, too. `kept`: it is where Siloscope keeps its own.
   */
  fault('access-denied', {
    what: z.string(),
    raw: z.string(),
    elevation: ElevationPurpose.optional(),
    perhapsOpen: z.literal(true).optional(),
    kept: z.literal(true).optional(),
  }),
  fault('elevation-unavailable', { purpose: ElevationPurpose, because: NoElevation }),
  /** Whoever acted with an administrator's rights is gone. */
  fault('elevation-lost', { purpose: ElevationPurpose, reason: z.string() }),
  /** `other-program`: what sealed it is not at hand here; `not-opened`: it is, and says no. */
  fault('secret-locked', { name: z.string(), sealedBy: SealKind, because: z.enum(['other-program', 'not-opened']) }),
  fault('timed-out', { what: z.string(), afterMs: z.number() }),
  // refused or taken (exit 5)
  fault('elevation-refused', { purpose: ElevationPurpose }),
  fault('mount-point-in-use', { mountPoint: z.string(), by: z.string() }),
  fault('unc-prefix-in-use', { uncPrefix: z.string(), by: z.string(), proposal: z.string() }),
  fault('name-in-use', { name: z.string(), by: z.string() }),
  fault('engine-refused', { operation: z.string(), statusCode: z.int(), raw: z.string(), decoded: Decoded.optional() }),
  fault('pull-failed', {
    image: z.string(),
    raw: z.string(),
    layer: z.string().optional(),
    decoded: Decoded.optional(),
  }),
  /** `step`: the one that failed; absent where the engine refused before the first. `line`: of the Dockerfile, from 1. */
  fault('build-failed', {
    image: z.string(),
    raw: z.string(),
    step: z.int().optional(),
    steps: z.int().optional(),
    line: z.int().optional(),
    instruction: z.string().optional(),
    exitCode: z.int().optional(),
    /** The last of what the step printed. */
    output: z.string().optional(),
    decoded: Decoded.optional(),
  }),
  fault('command-failed', {
    argv: z.array(z.string()),
    exitCode: z.int(),
    stdout: z.string(),
    stderr: z.string(),
    decoded: Decoded.optional(),
  }),
  fault('file-system-ended', {
    container: z.string(),
    exitCode: z.number(),
    output: z.string(),
    decoded: Decoded.optional(),
  }),
  fault('volume-did-not-appear', { container: z.string(), afterMs: z.number(), output: z.string() }),
  /** It runs, and its volume is not of the kind that was planned. */
  fault('volume-not-as-planned', {
    container: z.string(),
    planned: z.enum(['disk', 'network']),
    found: z.enum(['disk', 'network']),
  }),
  /** It was not stopped: so many of `what`, e.g. `upload`, were not done when the time was over. */
  /** Not launched again: so many ended containers of it are kept that another may not be. */
  fault('unwritten-kept', { container: z.string(), kept: z.array(z.string()) }),
  /** It has ended, and may hold what it did not write: `count` files, where its program's own list tells. */
  fault('unwritten-left', { container: z.string(), count: z.int().positive().optional() }),
  fault('unwritten-data', { container: z.string(), what: z.string(), count: z.int().positive() }),
  fault('still-mounted', { container: z.string(), volumes: z.array(z.string()) }),
  // the rest
  /** `rule`: index of the one that decided; absent: none allows it. `kind`, `mountPoint`, `command`: as it was planned. */
  fault('launch-against-policy', {
    name: z.string(),
    policy: z.string(),
    rule: z.int().nonnegative().optional(),
    summary: z.string(),
    kind: z.enum(['disk', 'network']).optional(),
    mountPoint: z.string().optional(),
    command: z.array(z.string()),
  }),
  fault('policy-violated', { violations: z.int() }),
  fault('cancelled', {}),
  fault('bug', { message: z.string(), stack: z.string().optional() }),
]);
export type Fault = z.infer<typeof Fault>;
