import { FaultError } from '../../../shared/contract/fault.ts';
import type { KernelAnswer } from '../../../shared/domain/kernel-question.ts';
import type { MupEvidence } from '../../../shared/domain/mup-evidence.ts';
import type { Host } from '../../hosts/host.ts';

/** Asks the host's MUP itself. @throws FaultError `not-found` on hosts that have no way to ask it. */
export async function askMup(host: Host, signal?: AbortSignal): Promise<MupEvidence> {
  if (host.askKernel === undefined) {
    throw new FaultError({ code: 'not-found', what: 'way to ask the MUP of', name: host.id });
  }
  const providers = await host.askKernel({ about: 'mup-providers' }, signal);
  const cache = await host.askKernel({ about: 'mup-prefix-cache' }, signal);
  return {
    undocumented: true,
    providers: 'providers' in providers ? providers.providers : { refused: whyNot(providers) },
    prefixCache: 'prefixCache' in cache ? cache.prefixCache : { refused: whyNot(cache) },
  };
}

const whyNot = (answer: KernelAnswer): string =>
  'refused' in answer ? answer.statusName : 'an answer of another form';
