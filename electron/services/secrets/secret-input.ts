import { FaultError } from '../../../shared/contract/fault.ts';
import { PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { isHandedOver } from '../../../shared/domain/secret-delivery.ts';
import { secretsOfLabels } from '../../../shared/domain/secret-labels.ts';
import type { SecretSource } from './secret-store.ts';

/**
 * What a container was given through its input, and needs again whenever it is started: read from what is kept, by its
 * profile. Undefined where it was given nothing so. Rejects with `secrets-missing` where that is not kept.
 */
export async function secretInput(
  source: SecretSource | undefined,
  labels: Readonly<Record<string, string>>,
  profiles: readonly Profile[],
): Promise<string | undefined> {
  const given = secretsOfLabels(labels);
  const profile = profiles.find(({ name }) => name === labels[PROFILE_LABEL]);
  const needs = (profile?.secrets ?? []).filter(({ name, deliver }) => deliver.by === 'stdin' && given.has(name));
  if (profile === undefined || needs.length === 0) return undefined;
  const states = await source?.states();
  const missing = needs.filter(({ name }) => !isHandedOver(states?.get(name) ?? 'missing'));
  if (source === undefined || missing.length > 0) {
    const secrets = missing.map(({ name, title }) => ({ name, title, locked: states?.get(name) === 'locked' }));
    throw new FaultError({ code: 'secrets-missing', profile: profile.name, secrets });
  }
  const lines: string[] = [];
  for (const { name } of needs) lines.push(`${await source.open(name)}\n`);
  return lines.join('');
}
