import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { Inspection } from '../../shared/domain/inspection.ts';
import { type AskedStore, createAskedStore } from './asked.ts';
import { carryEvidence } from './carry-evidence.ts';

/** How deep to look. Each includes the one before. */
export type Depth = 'look' | 'probe' | 'canary';

/** A look that a person asked for: under way, or why it failed. */
export interface DeepLook {
  readonly running: Depth | undefined;
  readonly fault: Fault | undefined;
}

export interface InspectionStore extends AskedStore<Inspection> {
  readonly deep: StoreApi<DeepLook>;
  /** Asks with `probe` or `canary`; later looks by themselves never write and keep what this one proved. */
  look(depth: Depth): Promise<void>;
  cancel(): void;
}

export function createInspectionStore(client: Client<Contract>, now: () => number): InspectionStore {
  const deep = createStore<DeepLook>(() => ({ running: undefined, fault: undefined }));
  let depth: Depth = 'look';
  let controller = new AbortController();
  /** Before the first deep look there is nothing to carry, and a thousand rows need not be laid out. */
  let hasLookedDeeply = false;

  const asked = createAskedStore<Inspection>(async previous => {
    const asking = depth;
    depth = 'look';
    if (asking === 'look') {
      const next = await client.call('inspection.take', {});
      return hasLookedDeeply ? carryEvidence(previous, next) : next;
    }
    hasLookedDeeply = true;
    deep.setState({ running: asking, fault: undefined });
    const { signal } = controller;
    try {
      const next = await client.call('inspection.take', { probe: true, canary: asking === 'canary' }, { signal });
      deep.setState({ running: undefined });
      return carryEvidence(previous, next);
    } catch (caught) {
      const fault = faultOf(caught);
      deep.setState({ running: undefined, fault: fault.code === 'cancelled' ? undefined : fault });
      if (previous !== undefined) return previous;
      throw caught;
    }
  }, now);

  return {
    ...asked,
    deep,
    look: wanted => {
      depth = wanted;
      controller = new AbortController();
      return asked.refresh();
    },
    cancel: () => controller.abort(),
    forget: () => {
      controller.abort();
      hasLookedDeeply = false;
      deep.setState({ running: undefined, fault: undefined });
      asked.forget();
    },
  };
}
