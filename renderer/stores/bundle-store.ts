import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { Bundle } from '../../shared/domain/bundle.ts';

/** `idle ─gather─▶ gathering ─▶ ready | faulted`; `close` ends it from anywhere. */
export type GatheredBundle =
  | { readonly kind: 'idle' | 'gathering' }
  | { readonly kind: 'ready'; readonly bundle: Bundle }
  | { readonly kind: 'faulted'; readonly fault: Fault };

export interface BundleStore {
  readonly store: StoreApi<GatheredBundle>;
  /** Asks anew. What was asked before is called off. */
  gather(version: string): Promise<void>;
  close(): void;
}

export function createBundleStore(client: Client<Contract>): BundleStore {
  const store = createStore<GatheredBundle>(() => ({ kind: 'idle' }));
  let asking: AbortController | undefined;
  const close = (): void => {
    asking?.abort();
    asking = undefined;
    store.setState({ kind: 'idle' }, true);
  };
  return {
    store,
    close,
    gather: async version => {
      close();
      const own = new AbortController();
      asking = own;
      const settle = (next: GatheredBundle): void => {
        if (asking === own) store.setState(next, true);
      };
      settle({ kind: 'gathering' });
      try {
        const bundle = await client.call('bundle.gather', { siloscope: version }, { signal: own.signal });
        settle({ kind: 'ready', bundle });
      } catch (caught) {
        settle({ kind: 'faulted', fault: faultOf(caught) });
      }
    },
  };
}
