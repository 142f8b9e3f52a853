import type { Contract } from '../../shared/contract/contract.ts';
import type { Client } from '../../shared/contract/operation.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import type { ListedProfile } from '../../shared/domain/settings.ts';
import { createKeptStore, type KeptStore } from './kept.ts';

export interface ProfilesStore extends KeptStore<readonly ListedProfile[]> {
  /**
   * Keeps a profile of the user's own, or replaces the one of that name; `replaces`: what it was called before. Answers
   * whether it was kept; never rejects.
   */
  save(profile: Profile, replaces?: string): Promise<boolean>;
  /** All of them, or none. */
  saveMany(profiles: readonly Profile[]): Promise<boolean>;
  remove(name: string): Promise<boolean>;
}

export function createProfilesStore(client: Client<Contract>, now: () => number): ProfilesStore {
  const [kept, change] = createKeptStore<readonly ListedProfile[]>(
    async () => (await client.call('profile.list', {})).profiles,
    now,
  );
  return {
    ...kept,
    save: (profile, replaces) =>
      change(() => client.call('profile.save', { profile, ...(replaces === undefined ? {} : { replaces }) })),
    saveMany: profiles => change(() => client.call('profile.import', { profiles: [...profiles] })),
    remove: name => change(() => client.call('profile.remove', { name })),
  };
}
