import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Contract } from '../../shared/contract/contract.ts';
import { type Fault, faultOf } from '../../shared/contract/fault.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import type { ListedProfile } from '../../shared/domain/settings.ts';
import { type AskedStore, createAskedStore } from './asked.ts';

export interface ProfilesStore extends AskedStore<readonly ListedProfile[]> {
  /** Why the last change was not kept. */
  readonly refused: StoreApi<{ readonly fault: Fault | undefined }>;
  /** Keeps a profile of the user's own, or replaces the one of that name. Answers whether it was kept; never rejects. */
  save(profile: Profile): Promise<boolean>;
  /** All of them, or none. */
  saveMany(profiles: readonly Profile[]): Promise<boolean>;
  remove(name: string): Promise<boolean>;
}

export function createProfilesStore(client: Client<Contract>, now: () => number): ProfilesStore {
  const refused = createStore<{ fault: Fault | undefined }>(() => ({ fault: undefined }));
  const asked = createAskedStore<readonly ListedProfile[]>(
    async () => (await client.call('profile.list', {})).profiles,
    now,
  );
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
    save: profile => change(() => client.call('profile.save', { profile })),
    saveMany: profiles => change(() => client.call('profile.import', { profiles: [...profiles] })),
    remove: name => change(() => client.call('profile.remove', { name })),
  };
}
