import { FaultError } from '../../../shared/contract/fault.ts';
import { secretsOfLabels } from '../../../shared/domain/secret-labels.ts';
import type { SecretMasking } from '../../../shared/domain/secret-masking.ts';
import { inspectContainer, listContainers } from '../engine/containers.ts';
import type { EngineConnection } from '../engine/engine-connection.ts';
import type { KnownValues } from './known-values.ts';

/** Which secrets would be shown if a program printed them: those of one container, or all that are kept or were given to any. */
export async function secretMasking(
  connection: EngineConnection,
  known: KnownValues,
  { container }: { readonly container?: string | undefined },
  signal?: AbortSignal,
): Promise<SecretMasking> {
  await known.refresh();
  if (container !== undefined) {
    const given = secretsOfLabels((await inspectContainer(connection, container, { signal })).ref.labels);
    return { unmasked: known.unmasked(given).filter(({ name }) => given.has(name)) };
  }
  const listed = await listContainers(connection, { all: true, signal }).catch((error: unknown) => {
    // Without an engine nothing is printed either.
    if (error instanceof FaultError && error.fault.code !== 'cancelled') return [];
    throw error;
  });
  return { unmasked: [...known.unmasked(listed.flatMap(({ ref }) => [...secretsOfLabels(ref.labels)]))] };
}
