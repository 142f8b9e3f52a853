import { FaultError } from '../../../shared/contract/fault.ts';
import type { MupEvidence } from '../../../shared/domain/mup-evidence.ts';
import type { Host } from '../../hosts/host.ts';

/** Asks the host's MUP itself. @throws FaultError `not-found` on hosts that have no way to ask it. */
export function askMup(host: Host, signal?: AbortSignal): Promise<MupEvidence> {
  if (host.askMup !== undefined) return host.askMup(signal);
  throw new FaultError({ code: 'not-found', what: 'way to ask the MUP of', name: host.id });
}
