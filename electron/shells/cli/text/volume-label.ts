import type { Namespace, NamespaceId } from '../../../../shared/domain/namespace.ts';
import type { Volume } from '../../../../shared/domain/volume.ts';

/** What a person calls a volume: its UNC name, else where it is mounted, else its device. */
export function volumeLabel(volume: Pick<Volume, 'device' | 'mountPoints' | 'uncPrefix'>): string {
  if (volume.uncPrefix !== undefined) return `\\${volume.uncPrefix}`;
  return volume.mountPoints[0] ?? volume.device;
}

/** What people call namespaces, by id: `host`, or the container's name. */
export type Labels = (id: NamespaceId) => string;

export function labelsOf(namespaces: readonly Namespace[]): Labels {
  const labels = new Map(namespaces.map(({ id, label }) => [id, label]));
  return id => labels.get(id) ?? id;
}

/** `a (silo 1234)`: with the number by which the object namespace knows it. */
export function namespaceWithSilo({ label, siloId }: Namespace): string {
  return siloId === undefined ? label : `${label} (silo ${siloId})`;
}
