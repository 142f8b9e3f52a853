import type { Namespace } from '../../../shared/domain/namespace.ts';
import type { Surroundings } from '../surroundings.ts';
import { readSiloDevice } from './silo-device.ts';

/**
 * The silo of a volume that has just appeared: the one in whose `\Device` it lies. Silos known before are looked into
 * last, since a volume of a new container is in a new silo. Undefined where `\Silos` may not be listed.
 */
export async function findHome(
  around: Pick<Surroundings, 'host'>,
  device: string,
  before: readonly Namespace[],
  signal?: AbortSignal,
): Promise<{ readonly siloId: number; readonly provider?: string } | undefined> {
  const { objects } = around.host;
  const listed = await objects.list('\\Silos', signal);
  if ('refused' in listed) return undefined;
  const old = new Set(before.map(namespace => namespace.siloId));
  const ids = listed.entries.map(entry => Number(entry.name)).filter(id => Number.isInteger(id) && id > 0);
  const name = device.slice('\\Device\\'.length).toLowerCase();
  for (const siloId of [...ids.filter(id => !old.has(id)), ...ids.filter(id => old.has(id))]) {
    const silo = await readSiloDevice(objects, siloId, signal);
    if ('refused' in silo || !silo.entries.some(entry => entry.name.toLowerCase() === name)) continue;
    return { siloId, ...(silo.provider === undefined ? {} : { provider: silo.provider }) };
  }
  return undefined;
}
