import { FaultError } from '../../../shared/contract/fault.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { inParallel } from '../in-parallel.ts';
import { listInSilo } from '../inspection/list-in-silo.ts';
import type { Surroundings } from '../surroundings.ts';
import type { SiloDevice } from './silo-device.ts';

/**
 * Finds silos without HCS: a volume that fsptool lists in a container lies in the `\Device` of exactly one silo. A
 * volume's name is a fresh GUID, so one is enough. Containers without a volume stay unmatched. Docker id -> silo id.
 */
export async function matchByVolumes(
  around: Pick<Surroundings, 'connection' | 'clock'>,
  containers: readonly ListedContainer[],
  devices: ReadonlyMap<number, SiloDevice>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const owner = new Map<string, number>();
  for (const [siloId, device] of devices) {
    for (const { name } of device.entries)
      if (/^Volume\{/i.test(name)) owner.set(`\\device\\${name.toLowerCase()}`, siloId);
  }
  if (owner.size === 0) return new Map();
  const found = await inParallel(containers, 16, async container => {
    const listed = await listInSilo(around, container, undefined, signal).catch((error: unknown) => {
      if (error instanceof FaultError && error.fault.code !== 'cancelled' && error.fault.code !== 'bug')
        return undefined;
      throw error;
    });
    const volumes = listed !== undefined && 'volumes' in listed ? listed.volumes : [];
    const siloIds = new Set(volumes.flatMap(volume => owner.get(volume.device.toLowerCase()) ?? []));
    const [siloId] = siloIds;
    return siloId !== undefined && siloIds.size === 1 ? [[container.ref.id, siloId] as const] : [];
  });
  return new Map(found.flat());
}
