import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { BrokenRelaunch, RelaunchWay } from '../../shared/domain/relaunch.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

/**
 *   idle ──settle──▶ settling ──▶ idle, with the list anew
 *                       └──fault──▶ faulted
 */
export type Settling =
  | { readonly kind: 'idle' }
  | { readonly kind: 'settling'; readonly name: string; readonly note: string | undefined }
  | { readonly kind: 'faulted'; readonly fault: Fault };

export interface RelaunchesStore extends AskedStore<readonly BrokenRelaunch[]> {
  readonly settling: StoreApi<Settling>;
  /** Ends one; what goes may be stopped where it runs, which the caller has asked about. Never rejects. */
  settle(name: string, way: RelaunchWay): Promise<void>;
}

/** Relaunches that were broken off. */
export function createRelaunchesStore(client: Client<Contract>, now: () => number): RelaunchesStore {
  const settling = createStore<Settling>(() => ({ kind: 'idle' }));
  const asked = createAskedStore<readonly BrokenRelaunch[]>(
    async () => (await client.call('relaunch.list', {})).relaunches,
    now,
  );
  return {
    ...asked,
    settling,
    settle: async (name, way) => {
      if (settling.getState().kind === 'settling') return;
      settling.setState({ kind: 'settling', name, note: undefined }, true);
      try {
        await client.call(
          'relaunch.settle',
          { name, way, mayStop: true },
          { onProgress: ({ note }) => settling.setState({ kind: 'settling', name, note }, true) },
        );
        settling.setState({ kind: 'idle' }, true);
      } catch (caught) {
        settling.setState({ kind: 'faulted', fault: faultOf(caught) }, true);
      }
      await asked.refresh();
    },
  };
}
