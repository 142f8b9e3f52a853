import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import type { NamespaceId } from '../../../shared/domain/namespace.ts';
import type { Inventory } from './inventory.ts';
import type { WitnessedVolume } from './merge-witnesses.ts';

/**
 * What the inventory itself proves without opening anything: that a volume is at home where it was listed or its object
 * was seen; and that a disk volume's device is not in another namespace's `\Device`, where that could be read.
 */
export function passiveObservations(
  inventory: Inventory,
  at: string,
): (witnessed: WitnessedVolume, namespace: NamespaceId) => Observation | undefined {
  const devices = new Map<NamespaceId, ReadonlySet<string>>();
  for (const [namespace, names] of inventory.devices)
    devices.set(namespace, new Set(names.map(name => name.toLowerCase())));
  const absent: Evidence = { rank: 'namespace', ground: 'observed', at, detail: 'not in its \\Device' };
  return (witnessed, namespace) => {
    const { volume, listed, object } = witnessed;
    if (namespace === volume.home) {
      if (object !== undefined) {
        const target = object.target === undefined ? '' : ` -> ${object.target}`;
        return {
          visible: 'yes',
          evidence: { rank: 'namespace', ground: 'observed', at, detail: `${volume.device}: ${object.type}${target}` },
        };
      }
      return listed
        ? {
            visible: 'yes',
            evidence: {
              rank: 'inventory',
              ground: 'observed',
              at,
              detail: `fsptool lsvol: ${volume.device}${volume.uncPrefix ?? ''}`,
            },
          }
        : undefined;
    }
    if (volume.kind !== 'disk') return undefined;
    const names = devices.get(namespace);
    if (names === undefined || names.has(volume.device.slice('\\Device\\'.length).toLowerCase())) return undefined;
    return { visible: 'no', evidence: absent };
  };
}
