import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { SecretList } from '../../shared/domain/secret-store.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

/** Names of secrets and where they are kept. A value passes through on its way in, and is held nowhere here. */
export interface SecretsStore extends AskedStore<SecretList> {
  /** Why the last change was not kept. */
  readonly refused: StoreApi<{ readonly fault: Fault | undefined }>;
  /** Answers whether it was kept; never rejects. */
  set(name: string, value: string): Promise<boolean>;
  forgetSecret(name: string): Promise<boolean>;
}

export function createSecretsStore(client: Client<Contract>, now: () => number): SecretsStore {
  const refused = createStore<{ fault: Fault | undefined }>(() => ({ fault: undefined }));
  const asked = createAskedStore<SecretList>(() => client.call('secret.list', {}), now);
  const change = async (call: () => Promise<unknown>): Promise<boolean> => {
    try {
      await call();
      refused.setState({ fault: undefined });
      return true;
    } catch (caught) {
      refused.setState({ fault: faultOf(caught) });
      return false;
    } finally {
      await asked.refresh();
    }
  };
  return {
    ...asked,
    refused,
    set: (name, value) => change(() => client.call('secret.set', { name, value })),
    forgetSecret: name => change(() => client.call('secret.forget', { name })),
  };
}
