import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/operation.ts';
import { listSecrets, secretRow } from '../../../shared/domain/list-secrets.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { SecretStore } from './secret-store.ts';

type SecretCall = 'secret.list' | 'secret.set' | 'secret.forget';

/** Secrets behind the contract: they go in by these, and no value ever comes out. */
export function secretHandlers(preferences: {
  readonly secrets: SecretStore;
  launchProfiles(): Promise<readonly Profile[]>;
}): Pick<Handlers<Contract>, SecretCall> {
  const { secrets } = preferences;
  return {
    async 'secret.list'() {
      const [place, known, profiles] = await Promise.all([
        secrets.place(),
        secrets.known(),
        preferences.launchProfiles(),
        secrets.values.refresh(),
      ]);
      return { place, secrets: listSecrets(known, profiles), unmasked: [...secrets.values.unmasked([])] };
    },
    async 'secret.set'({ name, value, onlySealed }) {
      const set = await secrets.set(name, value, onlySealed);
      return secretRow(name, set, await preferences.launchProfiles());
    },
    async 'secret.forget'({ name }) {
      await secrets.forget(name);
      return { name };
    },
  };
}
