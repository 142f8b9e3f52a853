import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { KeptContainer, UnwrittenCopy } from '../../shared/domain/kept-container.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

/** What is being done with kept containers, and what came of it. */
export interface UnwrittenWork {
  /** The container whose files are copied out, or which is removed. */
  readonly busy: string | undefined;
  readonly fault: Fault | undefined;
  /** The last copy, without its bytes. */
  readonly copied: Omit<UnwrittenCopy, 'archive'> | undefined;
}

export interface UnwrittenStore extends AskedStore<readonly KeptContainer[]> {
  readonly work: StoreApi<UnwrittenWork>;
  /** Answers the archive, base64; undefined: what went wrong is told by `work`. */
  copy(container: string): Promise<string | undefined>;
  /** With what it holds. Never rejects. */
  remove(container: string): Promise<void>;
  dismiss(): void;
}

const AT_REST: UnwrittenWork = { busy: undefined, fault: undefined, copied: undefined };

/** Ended containers that are kept for what they may hold. */
export function createUnwrittenStore(client: Client<Contract>, now: () => number): UnwrittenStore {
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
      work.setState({ busy: undefined });
    }
  };
  return {
    ...asked,
    work,
    copy: container =>
      doing(container, async () => {
        const { archive, ...copied } = await client.call('unwritten.copy', { container });
        work.setState({ copied });
        return archive;
      }),
    remove: async container => {
      await doing(container, () => client.call('unwritten.remove', { container }));
      await asked.refresh();
    },
    dismiss: () => work.setState(AT_REST, true),
  };
}
