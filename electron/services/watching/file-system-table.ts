import { applyRows, isRunning, isSameRow } from '../../../shared/domain/file-system-rows.ts';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import type { RowsChanged } from '../../../shared/domain/rows-changed.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import type { ListedContainer } from '../engine/containers.ts';
import { fileSystemRow } from '../launching/file-system-row.ts';
import type { Seen } from './seen.ts';

/** When a reading began, among all readings and hints. */
export type Ticket = number;

/** What a reading said, and which one. */
interface Said<T> {
  readonly by: Ticket;
  readonly what: T;
}

/** What was asked and answered: the engine's list, what was seen in silos, or both. */
export interface Reading {
  readonly listed?: readonly ListedContainer[];
  readonly seen?: Seen;
  /** Only those were asked for: one that is left out has gone. Absent: all. */
  readonly of?: ReadonlySet<string>;
}

const NO_VOLUMES: readonly Volume[] = [];

/**
 * The list of file systems as the last readings left it, and what each of them changed. Readings overlap: what one says
 * of a container counts only when none that began later has spoken of it already. Keyed by Docker id.
 */
export class FileSystemTable {
  /** The engine's list; undefined for a container that is gone. */
  readonly #containers = new Map<string, Said<ListedContainer | undefined>>();
  readonly #volumes = new Map<string, Said<readonly Volume[]>>();
  readonly #shown = new Map<string, RunningFileSystem>();
  #rows: readonly RunningFileSystem[] = [];
  #ticket: Ticket = 0;
  #lastWhole: Ticket = 0;

  /** Youngest first, as far as is known. A new array when anything changed. */
  get rows(): readonly RunningFileSystem[] {
    return this.#rows;
  }

  /** To be called before anything is asked. */
  begin(): Ticket {
    this.#ticket += 1;
    return this.#ticket;
  }

  /** A silo has ended, and its volumes with it; readings that began before know nothing of that. Its row follows when it is read. */
  ended(id: string): void {
    this.#volumes.set(id, { by: this.begin(), what: NO_VOLUMES });
  }

  /** Takes in a reading, and answers what it changed. */
  take(ticket: Ticket, { listed, seen, of }: Reading): RowsChanged | undefined {
    const touched = new Set([
      ...(listed === undefined ? [] : this.#takeList(ticket, listed, of)),
      ...(seen === undefined ? [] : this.#takeVolumes(ticket, seen, of)),
    ]);
    if (listed !== undefined && of === undefined) this.#forget(ticket);
    return this.#settle(touched);
  }

  #takeList(ticket: Ticket, listed: readonly ListedContainer[], of?: ReadonlySet<string>): readonly string[] {
    const there = new Map(listed.map(container => [container.ref.id, container]));
    const ids = new Set([...(of ?? this.#containers.keys()), ...[...there.keys()].reverse()]);
    return [...ids].filter(id => {
      if (isLater(this.#containers.get(id), ticket)) return false;
      const container = there.get(id);
      this.#containers.set(id, { by: ticket, what: container });
      // Its end may have been missed; what it serves after the next start is seen then.
      const isOver = container !== undefined && !isRunning(container) && !isLater(this.#volumes.get(id), ticket);
      if (isOver) this.#volumes.delete(id);
      return true;
    });
  }

  #takeVolumes(ticket: Ticket, seen: Seen, of?: ReadonlySet<string>): readonly string[] {
    const found = volumesByContainer(seen);
    const ids = new Set(of ?? [...this.#volumes.keys(), ...found.keys()]);
    return [...ids].filter(id => {
      if (isLater(this.#volumes.get(id), ticket)) return false;
      this.#volumes.set(id, { by: ticket, what: found.get(id) ?? NO_VOLUMES });
      return true;
    });
  }

  /** Makes the rows of those containers anew, and answers what is different. */
  #settle(touched: ReadonlySet<string>): RowsChanged | undefined {
    const changed: RunningFileSystem[] = [];
    const gone: string[] = [];
    for (const id of touched) {
      const row = this.#rowOf(id);
      const before = this.#shown.get(id);
      if (row === undefined) {
        if (this.#shown.delete(id)) gone.push(id);
      } else if (before === undefined || !isSameRow(row, before)) {
        this.#shown.set(id, row);
        changed.push(row);
      }
    }
    if (changed.length === 0 && gone.length === 0) return undefined;
    const change = { changed: changed.reverse(), gone };
    this.#rows = applyRows(this.#rows, change);
    return change;
  }

  #rowOf(id: string): RunningFileSystem | undefined {
    const listed = this.#containers.get(id);
    if (listed?.what === undefined) return undefined;
    const seen = this.#volumes.get(id);
    // Where nothing runs there is no silo, whatever was seen before it ended.
    return fileSystemRow(listed.what, isRunning(listed.what) ? (seen?.what ?? NO_VOLUMES) : NO_VOLUMES);
  }

  /** Lets go of containers that were gone before the whole list was read last: no reading that began before is under way. */
  #forget(whole: Ticket): void {
    for (const [id, { by, what }] of this.#containers) {
      if (what !== undefined || by >= this.#lastWhole) continue;
      this.#containers.delete(id);
      this.#volumes.delete(id);
    }
    this.#lastWhole = whole;
  }
}

function isLater(said: Said<unknown> | undefined, ticket: Ticket): boolean {
  return said !== undefined && said.by > ticket;
}

function volumesByContainer({ namespaces, volumes }: Seen): ReadonlyMap<string, readonly Volume[]> {
  const containers = new Map(namespaces.map(({ id, container }) => [id, container?.id]));
  const found = new Map<string, Volume[]>();
  for (const volume of volumes) {
    const id = containers.get(volume.home);
    if (id === undefined) continue;
    const known = found.get(id);
    if (known === undefined) found.set(id, [volumeOf(volume)]);
    else known.push(volumeOf(volume));
  }
  return found;
}

function volumeOf({
  device,
  kind,
  home,
  uncPrefix,
  provider,
  mountPoints,
  fileSystem,
}: Seen['volumes'][number]): Volume {
  return {
    device,
    kind,
    home,
    ...(uncPrefix === undefined ? {} : { uncPrefix }),
    ...(provider === undefined ? {} : { provider }),
    mountPoints,
    ...(fileSystem === undefined ? {} : { fileSystem }),
  };
}
