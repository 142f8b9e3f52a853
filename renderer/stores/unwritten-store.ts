import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { CopyProgress, KeptContainer, UnwrittenCopy } from '../../shared/domain/kept-container.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

/** What is being done with kept containers, and what came of it. */
export interface UnwrittenWork {
  /** The container whose files are copied out, or which is removed. */
  readonly busy: string | undefined;
  readonly fault: Fault | undefined;
  /** How far a copy has come that is on its way. */
  readonly copying: CopyProgress | undefined;
  readonly copied: UnwrittenCopy | undefined;
}

export interface UnwrittenStore extends AskedStore<readonly KeptContainer[]> {
  readonly work: StoreApi<UnwrittenWork>;
  /** Copies what it holds. `save` is handed the address of the archive, below the page's own, once it can be taken. Never rejects. */
  copy(container: string, save: (address: string) => void): Promise<void>;
  /** Gives the copy up that is on its way. */
  stop(): void;
  /** With what it holds. Never rejects. */
  remove(container: string): Promise<void>;
  dismiss(): void;
}

const AT_REST: UnwrittenWork = { busy: undefined, fault: undefined, copying: undefined, copied: undefined };

/** Ended containers that are kept for what they may hold. `newId` must be random, since who knows it may take the copy. */
export function createUnwrittenStore(client: Client<Contract>, now: () => number, newId: () => string): UnwrittenStore {
  let stopping: AbortController | undefined;
  const work = createStore<UnwrittenWork>(() => AT_REST);
  const asked = createAskedStore<readonly KeptContainer[]>(
    async () => (await client.call('unwritten.list', {})).containers,
    now,
  );
  const doing = async <T>(container: string, act: () => Promise<T>): Promise<T | undefined> => {
    if (work.getState().busy !== undefined) return undefined;
    work.setState({ ...AT_REST, busy: container }, true);
    try {
      return await act();
    } catch (caught) {
      work.setState({ fault: faultOf(caught) });
      return undefined;
    } finally {
      work.setState({ busy: undefined, copying: undefined });
    }
  };
  return {
    ...asked,
    work,
    copy: async (container, save) => {
      await doing(container, async () => {
        const id = newId();
        const own = new AbortController();
        stopping = own;
        const onProgress = (copying: CopyProgress): void => {
          const isFirst = work.getState().copying === undefined;
          if (own.signal.aborted) return;
          work.setState({ copying });
          if (isFirst) save(`/unwritten/${id}`);
        };
        const copied = await client.call('unwritten.copy', { container, id }, { signal: own.signal, onProgress });
        work.setState({ copied });
      });
    },
    stop: () => stopping?.abort(),
    remove: async container => {
      await doing(container, () => client.call('unwritten.remove', { container }));
      await asked.refresh();
    },
    dismiss: () => work.setState(AT_REST, true),
  };
}
