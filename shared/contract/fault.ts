import type { Decoded, Fault } from './fault-schema.ts';

// What carries a fault needs no schema: a page must not wait for thirty of them before it shows itself.
export type { Decoded, Fault };
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
  'winfsp-version-unknown': EXIT_CODES.notReady,
  'fsd-not-running': EXIT_CODES.notReady,
  'fsd-start-failed': EXIT_CODES.notReady,
  'engine-wrong-mode': EXIT_CODES.notReady,
  'base-image-incompatible': EXIT_CODES.notReady,
  'image-not-built': EXIT_CODES.notReady,
  'isolation-unsupported': EXIT_CODES.notReady,
  'secrets-missing': EXIT_CODES.notReady,
  'secret-store-unavailable': EXIT_CODES.notReady,
  'disk-full': EXIT_CODES.notReady,
  'place-unusable': EXIT_CODES.notReady,
  'kept-file-not-read': EXIT_CODES.notReady,
  'host-unreachable': EXIT_CODES.outOfReach,
  'cannot-listen': EXIT_CODES.outOfReach,
  'host-key-unknown': EXIT_CODES.outOfReach,
  'host-key-refused': EXIT_CODES.outOfReach,
  'ssh-config-refused': EXIT_CODES.outOfReach,
  'engine-unreachable': EXIT_CODES.outOfReach,
  'access-denied': EXIT_CODES.outOfReach,
  'elevation-unavailable': EXIT_CODES.outOfReach,
  'elevation-lost': EXIT_CODES.outOfReach,
  'secret-locked': EXIT_CODES.outOfReach,
  'timed-out': EXIT_CODES.outOfReach,
  'elevation-refused': EXIT_CODES.refused,
  'mount-point-in-use': EXIT_CODES.refused,
  'unc-prefix-in-use': EXIT_CODES.refused,
  'name-in-use': EXIT_CODES.refused,
  'engine-refused': EXIT_CODES.refused,
  'pull-failed': EXIT_CODES.refused,
  'build-failed': EXIT_CODES.refused,
  'command-failed': EXIT_CODES.refused,
  'file-system-ended': EXIT_CODES.refused,
  'volume-did-not-appear': EXIT_CODES.refused,
  'volume-not-as-planned': EXIT_CODES.refused,
  'unwritten-data': EXIT_CODES.refused,
  'unwritten-kept': EXIT_CODES.refused,
  'unwritten-left': EXIT_CODES.refused,
  'still-mounted': EXIT_CODES.refused,
  'launch-against-policy': EXIT_CODES.policyViolated,
  'policy-violated': EXIT_CODES.policyViolated,
  cancelled: EXIT_CODES.cancelled,
  bug: EXIT_CODES.bug,
};

export function exitCodeOf(fault: Fault): number {
  return FAMILY[fault.code];
}
