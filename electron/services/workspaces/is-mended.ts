import type { Fault } from '../../../shared/contract/fault.ts';
import { isHandedOver } from '../../../shared/domain/secret-delivery.ts';
import type { Surroundings } from '../surroundings.ts';
import { MOST_KEPT } from '../unwritten/keep-unwritten.ts';

/**
 * Whether what an item was given up for is no longer so: a person has removed ended containers, a secret is there, or can
 * be opened again. Of everything else only a person can tell, by starting the workspace. `kept`: its ended containers.
 */
export async function isMended(
  { secrets }: Pick<Surroundings, 'secrets'>,
  fault: Fault,
  kept: readonly string[],
): Promise<boolean> {
  if (fault.code === 'unwritten-kept') return kept.length < MOST_KEPT;
  if (fault.code === 'secret-locked') {
    return (
      secrets?.open(fault.name).then(
        () => true,
        () => false,
      ) ?? false
    );
  }
  if (fault.code !== 'secrets-missing') return false;
  // A file that cannot be read now is no reason to stop looking after the others.
  const states = await secrets?.states().catch(() => undefined);
  return fault.secrets.every(({ name }) => isHandedOver(states?.get(name) ?? 'missing'));
}
