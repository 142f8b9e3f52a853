import type { Fault } from '../../../shared/contract/fault.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { LocalTarget } from './open-host.ts';

/** A host key that nobody has vouched for. */
export type UnknownHostKey = Extract<Fault, { code: 'host-key-unknown' }>;

/**
 * Opens; where the host's key is not known, asks, and opens once more with exactly the key that was shown. A no is the
 * fault itself. With hosts on the way each may have a question of its own. It may take its time: no connection waits
 * for the answer.
 */
export async function withHostKey<T>(
  open: (hostKey?: string) => Promise<T>,
  ask: (shown: UnknownHostKey) => Promise<boolean>,
): Promise<T> {
  let accepted: string | undefined;
  for (;;) {
    try {
      return await open(accepted);
    } catch (caught) {
      if (!(caught instanceof FaultError) || caught.fault.code !== 'host-key-unknown') throw caught;
      const { fingerprint } = caught.fault;
      if (fingerprint === accepted || !(await ask(caught.fault))) throw caught;
      accepted = fingerprint;
    }
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
