import type { FaultCode } from '../../../shared/contract/fault.ts';
import type { ItemState } from '../../../shared/domain/workspace.ts';

/** What a look found under an item's name. */
export type Found =
  | 'nothing'
  /** A container that this workspace did not make. */
  | 'foreign'
  /** Made or ended, in any state that is not running. */
  | 'ended'
  | 'paused'
  /** On its way from one state to another. */
  | 'changing'
  /** Running, and its volume answers. */
  | 'healthy'
  /** Running, and its volume is not there: nobody writes any more, yet its program may still hold what it has not written. */
  | 'volume-gone'
  /** Running, and its volume does not answer in time. */
  | 'silent';

/** What is known of an item besides. */
export interface ItemMemory {
  readonly isWanted: boolean;
  /** A person stopped it. */
  readonly isHeld: boolean;
  /** Failures in a row, and when the last one allows another try, in ms. `never`: something has to be changed first. */
  readonly failures: number;
  readonly notBefore: number | 'never';
}

export type Decision =
  /** Nothing is done. */
  | { readonly act: 'none'; readonly state: ItemState }
  | { readonly act: 'launch' }
  /** Remove what has ended, or put it aside where it may hold unwritten data, then launch. */
  | { readonly act: 'replace' }
  /** Stop what runs in vain, and put it aside where it could not write all, then launch. */
  | { readonly act: 'recover' };

const nothing = (state: ItemState): Decision => ({ act: 'none', state });

/**
 * What to do for an item, by what was found and what is remembered. Found things first: what runs is never launched
 * again, what is somebody else's is never touched, and what may hold unwritten data is neither killed where it serves
 * a volume nor thrown away.
 *
 * | found       | not wanted | held | failed for good | before its time        | else    |
 * | ----------- | ---------- | ---- | --------------- | ---------------------- | ------- |
 * | foreign     | taken      | taken | taken          | taken                  | taken   |
 * | healthy     | running    | running | running      | running                | running |
 * | silent      | not-answering, in every case                                              |
 * | paused      | paused, in every case                                                     |
 * | changing    | launching or stopping: looked at again                                    |
 * | volume-gone | idle       | held | given-up        | backing-off, failing   | recover |
 * | ended       | idle       | held | given-up        | backing-off, failing   | replace |
 * | nothing     | idle       | held | given-up        | backing-off, failing   | launch  |
 */
export function judgeItem(found: Found, memory: ItemMemory, now: number): Decision {
  const still = STILL[found];
  if (still !== undefined) return nothing(still);
  if (!memory.isWanted) return nothing(found === 'changing' ? 'stopping' : 'idle');
  if (found === 'changing') return nothing('launching');
  if (memory.isHeld) return nothing('held');
  if (memory.notBefore === 'never') return nothing('given-up');
  if (now < memory.notBefore) return nothing(memory.failures > PATIENCE.quickTries ? 'failing' : 'backing-off');
  return { act: found === 'nothing' ? 'launch' : found === 'ended' ? 'replace' : 'recover' };
}

const STILL: Readonly<Partial<Record<Found, ItemState>>> = {
  foreign: 'taken',
  healthy: 'running',
  silent: 'not-answering',
  paused: 'paused',
};

/** How long failures are borne, in ms. */
export const PATIENCE = {
  firstPauseMs: 1_000,
  /** After so many failures in a row it is tried only seldom. */
  quickTries: 6,
  seldomMs: 600_000,
  /** What has run so long is no longer held to have failed before. */
  steadyMs: 60_000,
} as const;

/** When to try again after that many failures in a row: 1 s, 2 s, 4 s ... 32 s, then every ten minutes. */
export function pauseAfter(failures: number): number {
  if (failures > PATIENCE.quickTries) return PATIENCE.seldomMs;
  return PATIENCE.firstPauseMs * 2 ** Math.max(0, failures - 1);
}

/**
 * Whose failure it is. `host`: nothing can be launched now, and no item is to blame. `asked`: it cannot work until
 * somebody changes something. `item`: worth another try.
 */
export function blameOf(code: FaultCode): 'host' | 'asked' | 'item' {
  return BLAME[code] ?? 'item';
}

const BLAME: Readonly<Partial<Record<FaultCode, 'host' | 'asked'>>> = {
  'engine-unreachable': 'host',
  'host-unreachable': 'host',
  'engine-wrong-mode': 'host',
  'fsd-not-running': 'host',
  'fsd-start-failed': 'host',
  'winfsp-not-installed': 'host',
  'winfsp-too-old': 'host',
  'winfsp-version-unknown': 'host',
  'disk-full': 'host',
  cancelled: 'host',
  'invalid-input': 'asked',
  'not-found': 'asked',
  'base-image-incompatible': 'asked',
  'isolation-unsupported': 'asked',
  'policy-violated': 'asked',
  'launch-against-policy': 'asked',
  'secrets-missing': 'asked',
  'secret-locked': 'asked',
  'unwritten-kept': 'asked',
};
