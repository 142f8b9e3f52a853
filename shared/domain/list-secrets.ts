import type { Profile } from './profile.ts';
import type { SecretState } from './profile-secret.ts';
import type { SealKind, SecretRow } from './secret-store.ts';

/** A secret that is set, without its value. */
export interface KnownSecret {
  readonly name: string;
  readonly state: Exclude<SecretState, 'given' | 'missing'>;
  readonly sealedBy?: SealKind;
  readonly changedAt?: string;
}

/** Those that are known, and those that a profile takes and nobody has set; by name. */
export function listSecrets(known: readonly KnownSecret[], profiles: readonly Profile[]): SecretRow[] {
  const byName = new Map(known.map(secret => [secret.name, secret]));
  const wanted = profiles.flatMap(({ secrets = [] }) => secrets.map(({ name }) => name));
  const names = [...new Set([...byName.keys(), ...wanted])].sort();
  return names.map(name => secretRow(name, byName.get(name), profiles));
}

/** One of them, `known` or not. */
export function secretRow(name: string, known: KnownSecret | undefined, profiles: readonly Profile[]): SecretRow {
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
