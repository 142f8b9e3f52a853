import { z } from 'zod';
import { ElevationPurpose, NoElevation } from '../domain/elevation.ts';

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
  fault('winfsp-too-old', { version: z.string(), minimum: z.string() }),
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
  fault('isolation-unsupported', { isolation: z.string(), because: z.string() }),
  fault('disk-full', { path: z.string(), freeBytes: z.number().optional(), raw: z.string() }),
  // out of reach (exit 4)
  fault('host-unreachable', { host: z.string(), reason: z.string() }),
  fault('engine-unreachable', { endpoint: z.string(), cause: z.string(), raw: z.string() }),
  /** `elevation`: an administrator may, and can be asked for it with that purpose. */
  fault('access-denied', { what: z.string(), raw: z.string(), elevation: ElevationPurpose.optional() }),
  fault('elevation-unavailable', { purpose: ElevationPurpose, because: NoElevation }),
  /** Whoever acted with an administrator's rights is gone. */
  fault('elevation-lost', { purpose: ElevationPurpose, reason: z.string() }),
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
  fault('still-mounted', { container: z.string(), volumes: z.array(z.string()) }),
  // the rest
  /** `rule`: index of the one that decided; absent: none allows it. `kind`, `mountPoint`, `command`: as it was planned. */
  fault('launch-against-policy', {
    name: z.string(),
    policy: z.string(),
    rule: z.int().nonnegative().optional(),
    summary: z.string(),
    kind: z.enum(['disk', 'network']),
    mountPoint: z.string().optional(),
    command: z.array(z.string()),
  }),
  fault('policy-violated', { violations: z.int() }),
  fault('cancelled', {}),
  fault('bug', { message: z.string(), stack: z.string().optional() }),
]);
export type Fault = z.infer<typeof Fault>;
export type FaultCode = Fault['code'];

/** The one error class that crosses our own seams. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly fault: Fault;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(fault.code, options);
    this.fault = fault;
  }
}

/** Turns anything caught into a fault. What is no fault yet is a bug, or a cancellation. */
export function faultOf(caught: unknown): Fault {
  if (caught instanceof FaultError) return caught.fault;
  if (caught instanceof Error && caught.name === 'AbortError') return { code: 'cancelled' };
  if (caught instanceof Error) {
    return { code: 'bug', message: caught.message, ...(caught.stack === undefined ? {} : { stack: caught.stack }) };
  }
  return { code: 'bug', message: String(caught) };
}

export const EXIT_CODES = {
  done: 0,
  bug: 1,
  askedWrongly: 2,
  notReady: 3,
  outOfReach: 4,
  refused: 5,
  policyViolated: 6,
  cancelled: 130,
} as const;

const FAMILY: Record<FaultCode, number> = {
  'invalid-input': EXIT_CODES.askedWrongly,
  'not-found': EXIT_CODES.askedWrongly,
  'malformed-scenario': EXIT_CODES.askedWrongly,
  'winfsp-not-installed': EXIT_CODES.notReady,
  'winfsp-too-old': EXIT_CODES.notReady,
  'fsd-not-running': EXIT_CODES.notReady,
  'fsd-start-failed': EXIT_CODES.notReady,
  'engine-wrong-mode': EXIT_CODES.notReady,
  'base-image-incompatible': EXIT_CODES.notReady,
  'isolation-unsupported': EXIT_CODES.notReady,
  'disk-full': EXIT_CODES.notReady,
  'host-unreachable': EXIT_CODES.outOfReach,
  'engine-unreachable': EXIT_CODES.outOfReach,
  'access-denied': EXIT_CODES.outOfReach,
  'elevation-unavailable': EXIT_CODES.outOfReach,
  'elevation-lost': EXIT_CODES.outOfReach,
  'timed-out': EXIT_CODES.outOfReach,
  'elevation-refused': EXIT_CODES.refused,
  'mount-point-in-use': EXIT_CODES.refused,
  'unc-prefix-in-use': EXIT_CODES.refused,
  'name-in-use': EXIT_CODES.refused,
  'engine-refused': EXIT_CODES.refused,
  'pull-failed': EXIT_CODES.refused,
  'command-failed': EXIT_CODES.refused,
  'file-system-ended': EXIT_CODES.refused,
  'volume-did-not-appear': EXIT_CODES.refused,
  'still-mounted': EXIT_CODES.refused,
  'launch-against-policy': EXIT_CODES.policyViolated,
  'policy-violated': EXIT_CODES.policyViolated,
  cancelled: EXIT_CODES.cancelled,
  bug: EXIT_CODES.bug,
};

export function exitCodeOf(fault: Fault): number {
  return FAMILY[fault.code];
}
