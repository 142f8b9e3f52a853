import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/operation.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { SecretRow } from '../../../shared/domain/secret-store.ts';
import type { KnownSecret, SecretStore } from './secret-store.ts';

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
      ]);
      return { place, secrets: listSecrets(known, profiles) };
    },
    async 'secret.set'({ name, value, onlySealed }) {
      const set = await secrets.set(name, value, onlySealed);
      return rowOf(name, set, await preferences.launchProfiles());
    },
    async 'secret.forget'({ name }) {
      await secrets.forget(name);
      return { name };
    },
  };
}

/** Those that are known, and those that a profile takes and nobody has set; by name. */
export function listSecrets(known: readonly KnownSecret[], profiles: readonly Profile[]): SecretRow[] {
  const byName = new Map(known.map(secret => [secret.name, secret]));
  const wanted = profiles.flatMap(({ secrets = [] }) => secrets.map(({ name }) => name));
  const names = [...new Set([...byName.keys(), ...wanted])].sort();
  return names.map(name => rowOf(name, byName.get(name), profiles));
}

function rowOf(name: string, known: KnownSecret | undefined, profiles: readonly Profile[]): SecretRow {
  const takers = profiles.flatMap(profile => {
    const need = profile.secrets?.find(one => one.name === name);
    return need === undefined ? [] : [{ profile: profile.name, title: need.title }];
  });
  const [first] = takers;
  return {
    name,
    state: known?.state ?? 'missing',
    ...(known?.sealedBy === undefined ? {} : { sealedBy: known.sealedBy }),
    ...(known?.changedAt === undefined ? {} : { changedAt: known.changedAt }),
    ...(first === undefined ? {} : { title: first.title }),
    usedBy: takers.map(({ profile }) => profile),
  };
}
