import type { Visibility } from '../../../shared/domain/inspection.ts';
import type { Seen } from '../watching/seen.ts';
import type { LookedCells } from './judge-seen.ts';

/**
 * What was seen by looking, by device. It holds until the volume, or the namespace it was seen from, is gone; a silo id
 * that came back with another container is another namespace.
 */
export class LookedAt {
  readonly #cells = new Map<
    string,
    Map<string, { readonly cell: Visibility; readonly container: string | undefined }>
  >();

  take(device: string, cells: Iterable<Visibility>, seen: Seen): void {
    const containers = containersOf(seen);
    const row = this.#cells.get(device) ?? new Map();
    for (const cell of cells) row.set(cell.namespace, { cell, container: containers.get(cell.namespace) });
    this.#cells.set(device, row);
  }

  /** What of it still holds. */
  present(seen: Seen): LookedCells {
    const containers = containersOf(seen);
    const devices = new Set(seen.volumes.map(({ device }) => device));
    for (const [device, row] of this.#cells) {
      if (!devices.has(device)) this.#cells.delete(device);
      for (const [namespace, { container }] of row) {
        if (!containers.has(namespace) || containers.get(namespace) !== container) row.delete(namespace);
      }
    }
    return new Map([...this.#cells].map(([device, row]) => [device, [...row.values()].map(({ cell }) => cell)]));
  }
}

const containersOf = ({ namespaces }: Seen): ReadonlyMap<string, string | undefined> =>
  new Map(namespaces.map(({ id, container }) => [id, container?.id]));
