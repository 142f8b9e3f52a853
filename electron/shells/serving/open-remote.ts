import type { Clock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { createRemoteHost, type RemoteHost } from '../../hosts/remote/remote-host.ts';
import { planRemote } from './plan-remote.ts';

/** A host by SSH, and what the user said of its key. */
export interface RemoteTarget {
  readonly host: string;
  /** `SHA256:...`: this key is accepted, and nothing else is. */
  readonly hostKey?: string;
}

/**
 * Opens `ssh://[user@]host[:port]` as the user's own ssh would: by its configuration, with its agent, keys and
 * known_hosts. Nobody is asked for anything: a key that is not known is a `host-key-unknown`, to be answered by another
 * attempt. Fails with `ssh-config-refused` where ssh would go another way than we can.
 */
export async function openRemote(target: RemoteTarget, clock: Clock, signal: AbortSignal): Promise<RemoteHost> {
  const plan = await planRemote(target.host);
  if ('because' in plan) {
    const { file, line, text, because } = plan;
    throw new FaultError({ code: 'ssh-config-refused', host: target.host, file, line, text, because });
  }
  const { access, jumps, connection } = plan;
  const pinned = target.hostKey === undefined ? {} : { pinned: target.hostKey };
  return createRemoteHost({ target: plan.target, jumps, ...access, ...pinned, connection, clock }, signal);
}
