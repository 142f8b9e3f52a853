import type { Contract } from '../../shared/contract/contract.ts';
import type { Channel } from '../../shared/wire/channel.ts';
import type { Hub } from '../../shared/wire/hub.ts';
import { memoryChannelPair } from '../../shared/wire/memory-channel.ts';
import type { Link } from '../link/link.ts';

/** A link to a hub in the same process, with a switch. */
export interface MemoryLink extends Link {
  /** Cuts the channel and keeps it from coming back. */
  cut(): void;
  /** Lets it come back. */
  heal(): void;
}

export function memoryLink(hub: Hub<Contract>): MemoryLink {
  let isCut = false;
  let current: Channel | undefined;
  return {
    peer: 'the fixture',
    open: async () => {
      if (isCut) throw new Error('nobody answers');
      const [near, far] = memoryChannelPair();
      current = near;
      hub.serve(far);
      return near;
    },
    cut: () => {
      isCut = true;
      current?.close();
    },
    heal: () => {
      isCut = false;
    },
  };
}
