import type { Contract } from '../../shared/contract/contract.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { SecretList } from '../../shared/domain/secret-store.ts';
import { createKeptStore, type KeptStore } from './kept.ts';

/** Names of secrets and where they are kept. A value passes through on its way in, and is held nowhere here. */
export interface SecretsStore extends KeptStore<SecretList> {
  /** Answers whether it was kept; never rejects. */
  set(name: string, value: string): Promise<boolean>;
  forgetSecret(name: string): Promise<boolean>;
}

export function createSecretsStore(client: Client<Contract>, now: () => number): SecretsStore {
  const [kept, change] = createKeptStore<SecretList>(() => client.call('secret.list', {}), now);
  return {
    ...kept,
    set: (name, value) => change(() => client.call('secret.set', { name, value })),
    forgetSecret: name => change(() => client.call('secret.forget', { name })),
  };
}
