import type { Contract } from '../../../shared/contract/contract.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import type { Client } from '../../../shared/contract/operation.ts';
import { isSshAddress } from '../../../shared/domain/ssh-connection.ts';
import { windowAskWords } from '../../../shared/wording/window-ask.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import type { LocalTarget } from '../serving/local-services.ts';
import type { KeptFile } from './kept-file.ts';
import type { WindowMemory } from './window-memory.ts';

const SIMULATED: LocalTarget = { kind: 'simulated', scenario: 'default' };

const isReal = (id: string): boolean => id === 'local' || isSshAddress(id);

export interface HostOfStart<T> {
  /** What the arguments say, if they say it. */
  readonly asked: LocalTarget | undefined;
  /** The real host that was open last. */
  readonly last: string | undefined;
  readonly open: (target: LocalTarget) => Promise<T>;
  readonly tell: (title: string, body: string) => void;
}

/**
 * Opens what the start was asked for, else the host that was open last, else the simulated one: the first start shows
 * something, wherever it happens. A host that was only remembered and cannot be had is told, and does not keep the window
 * from opening others.
 */
export async function openHostOfStart<T>({ asked, last, open, tell }: HostOfStart<T>): Promise<T> {
  if (asked !== undefined || last === undefined || !isReal(last)) return open(asked ?? SIMULATED);
  try {
    return await open({ kind: 'windows', host: last });
  } catch (caught) {
    const fault = faultOf(caught);
    if (fault.code === 'cancelled') throw caught;
    tell(windowAskWords.lastHostGone(last), wordFault(fault).title);
    return open(SIMULATED);
  }
}

/** Remembers the real host that is opened for the next start; a simulated one takes its place as none. */
export function rememberHost(client: Pick<Client<Contract>, 'on'>, memory: KeptFile<WindowMemory>): void {
  client.on('host.changed', ({ id, scenario }) => {
    const { host: _, ...others } = memory.value;
    if (isReal(id)) memory.keep({ ...others, host: id });
    else if (scenario !== undefined) memory.keep(others);
  });
}
