import type { InspectedVolume, Inspection, Visibility } from '../../../shared/domain/inspection.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import { uncPath } from '../../../shared/domain/unc-prefix.ts';
import { cellIn } from '../../../shared/domain/visibility-row.ts';
import type { Volume } from '../../../shared/domain/volume.ts';

/** What a person calls a volume: its prefix as one types it, else where it is mounted, else its device. */
export function volumeName(volume: Volume): string {
  if (volume.uncPrefix !== undefined) return uncPath(volume.uncPrefix);
  return volume.mountPoints[0] ?? volume.device.replace(/^\\Device\\/, '');
}

const names = new WeakMap<Inspection, ReadonlyMap<string, string>>();

/** What a person calls a namespace; an id that is not known is shown as it is. */
export function namespaceName(inspection: Inspection, id: string): string {
  let byId = names.get(inspection);
  if (byId === undefined) {
    byId = new Map(inspection.namespaces.map(namespace => [namespace.id, namespace.label]));
    names.set(inspection, byId);
  }
  return byId.get(id) ?? id;
}

/** The cell of a volume and a namespace, made when it is looked at; a missing one was never tested. */
export function cellOf({ visibility }: InspectedVolume, namespace: string): Visibility | undefined {
  return cellIn(visibility, namespace);
}

/** The matrix as it is laid out: leaks first, the host's column first. */
export interface MatrixLayout {
  readonly volumes: readonly InspectedVolume[];
  readonly namespaces: readonly Namespace[];
}

const VERDICT_ORDER = { leaked: 0, unknown: 1, private: 2 } as const;
const KIND_ORDER = { host: 0, silo: 1, vm: 2 } as const;

/**
 * Rows and columns in the order in which they matter. A filter keeps volumes by any of their names, and containers by
 * theirs: a container that fits keeps its volumes, and a volume that fits keeps every column.
 */
export function layOutMatrix(inspection: Pick<Inspection, 'volumes' | 'namespaces'>, filter: string): MatrixLayout {
  const labels = new Map(inspection.namespaces.map(({ id, label }) => [id, label]));
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (texts: readonly (string | undefined)[]): boolean =>
    words.every(word => texts.some(text => text?.toLowerCase().includes(word)));
  const volumes = inspection.volumes
    .filter(volume =>
      fits([
        volume.uncPrefix === undefined ? undefined : uncPath(volume.uncPrefix),
        volume.device,
        volume.kind,
        volume.verdict,
        volume.fileSystem?.program,
        labels.get(volume.home),
        ...volume.mountPoints,
        ...volume.findings,
      ]),
    )
    .sort(
      (a, b) =>
        VERDICT_ORDER[a.verdict] - VERDICT_ORDER[b.verdict] ||
        (labels.get(a.home) ?? '').localeCompare(labels.get(b.home) ?? '', 'en', { numeric: true }) ||
        a.device.localeCompare(b.device, 'en'),
    );
  const namespaces = [...inspection.namespaces].sort(
    (a, b) => KIND_ORDER[a.kind] - KIND_ORDER[b.kind] || a.label.localeCompare(b.label, 'en', { numeric: true }),
  );
  return { volumes, namespaces };
}
