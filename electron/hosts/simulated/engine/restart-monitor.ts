import type { HostConfig } from './create-request.ts';

/** The shortest and longest pause before a restart, and the run that counts as healthy. Milliseconds. */
const FIRST = 100;
const LONGEST = 60_000;
const HEALTHY = 10_000;

export interface Ending {
  readonly policy: HostConfig['RestartPolicy'];
  readonly exitCode: number;
  readonly ranFor: number;
  readonly restartCount: number;
  readonly stoppedByHand: boolean;
  /** The pause before the run that ended now; undefined for a run somebody asked for. */
  readonly previousPause: number | undefined;
}

/** The pause before the next restart, in milliseconds, or undefined when there is none. Ground: moby restartmanager. */
export function pauseBeforeRestart(ending: Ending): number | undefined {
  const { policy, previousPause } = ending;
  if (ending.stoppedByHand) return undefined;
  const retriesLeft = policy.MaximumRetryCount === 0 || ending.restartCount < policy.MaximumRetryCount;
  const wanted =
    policy.Name === 'always' ||
    policy.Name === 'unless-stopped' ||
    (policy.Name === 'on-failure' && ending.exitCode !== 0 && retriesLeft);
  if (!wanted) return undefined;
  if (previousPause === undefined || ending.ranFor >= HEALTHY) return FIRST;
  return Math.min(previousPause * 2, LONGEST);
}
