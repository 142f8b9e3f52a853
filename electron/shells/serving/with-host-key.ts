import type { Fault } from '../../../shared/contract/fault.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { LocalTarget } from './open-host.ts';

/** A host key that nobody has vouched for. */
export type UnknownHostKey = Extract<Fault, { code: 'host-key-unknown' }>;

/**
 * Opens; where the host's key is not known, asks, and opens once more with exactly the key that was shown. A no is the
 * fault itself. The question may take its time: no connection waits for the answer.
 */
export async function withHostKey<T>(
  open: (hostKey?: string) => Promise<T>,
  ask: (shown: UnknownHostKey) => Promise<boolean>,
): Promise<T> {
  try {
    return await open();
  } catch (caught) {
    if (!(caught instanceof FaultError) || caught.fault.code !== 'host-key-unknown') throw caught;
    if (!(await ask(caught.fault))) throw caught;
    return open(caught.fault.fingerprint);
  }
}

/** The same for a target that is opened. */
export function openAskingKey<T>(
  target: LocalTarget,
  open: (target: LocalTarget) => Promise<T>,
  ask: (shown: UnknownHostKey) => Promise<boolean>,
): Promise<T> {
  const keyed = (hostKey?: string): LocalTarget =>
    hostKey === undefined || target.kind !== 'windows' ? target : { ...target, hostKey };
  return withHostKey(hostKey => open(keyed(hostKey)), ask);
}
