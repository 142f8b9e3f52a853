import fc from 'fast-check';
import type { Namespace, NamespaceId } from '../namespace.ts';
import type { SightsChanged } from '../sights-changed.ts';
import type { Volume } from '../volume.ts';

/** A few namespaces, each with an id of its own. */
export const someNamespaces = (namespace: fc.Arbitrary<Namespace>, most: number): fc.Arbitrary<Namespace[]> =>
  fc.uniqueArray(namespace, { selector: ({ id }) => id, maxLength: most });

/** A few volumes, each with a device of its own. */
export const someVolumes = (volume: fc.Arbitrary<Volume>, most: number): fc.Arbitrary<Volume[]> =>
  fc.uniqueArray(volume, { selector: ({ device }) => device, maxLength: most });

/** What news may say of such namespaces and volumes: up to `most` of each that came, and others that went. */
export function anyChange(around: {
  readonly ids: readonly NamespaceId[];
  readonly namespace: fc.Arbitrary<Namespace>;
  readonly volume: fc.Arbitrary<Volume>;
  readonly most: number;
}): fc.Arbitrary<SightsChanged> {
  const { ids, namespace, volume, most } = around;
  return fc
    .record({
      namespaces: someNamespaces(namespace, most),
      goneIds: fc.subarray([...ids], { maxLength: 1 }),
      volumes: someVolumes(volume, most),
      goneDevices: someVolumes(volume, most),
    })
    .map(({ namespaces, goneIds, volumes, goneDevices }) => ({
      namespaces: { changed: namespaces, gone: goneIds.filter(id => !namespaces.some(one => one.id === id)) },
      volumes: {
        changed: volumes,
        gone: goneDevices.map(({ device }) => device).filter(device => !volumes.some(one => one.device === device)),
      },
    }));
}
