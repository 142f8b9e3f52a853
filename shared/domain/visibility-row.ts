import type { Cells, Look, Visibility } from './inspection.ts';
import type { Namespace, NamespaceId } from './namespace.ts';

/** Namespaces that no rule and no inventory can tell apart. */
export interface ViewerGroup {
  readonly kind: Namespace['kind'];
  /** What their MUPs were seen to be. */
  readonly mup?: Namespace['mup'];
  /** What else tells its members from others of that kind. */
  readonly trait: string;
  readonly ids: readonly NamespaceId[];
}

/** The namespaces of an inspection in their order, and by group. Shared by all its rows. */
export interface Viewers {
  readonly ids: readonly NamespaceId[];
  readonly groups: readonly ViewerGroup[];
  /** Index into `groups`. */
  readonly groupOf: ReadonlyMap<NamespaceId, number>;
}

/** Sorts namespaces into groups, by kind, by their MUP, and by a trait of their own. */
export function viewersOf(
  namespaces: readonly Pick<Namespace, 'id' | 'kind' | 'mup'>[],
  trait: (id: NamespaceId) => string = () => '',
): Viewers {
  const groups: (ViewerGroup & { ids: NamespaceId[] })[] = [];
  const index = new Map<string, number>();
  const groupOf = new Map<NamespaceId, number>();
  for (const { id, kind, mup } of namespaces) {
    if (groupOf.has(id)) continue;
    const own = trait(id);
    const key = `${kind} ${mup ?? ''} ${own}`;
    const seen = mup === undefined ? {} : { mup };
    const at = index.get(key) ?? groups.push({ kind, ...seen, trait: own, ids: [] }) - 1;
    index.set(key, at);
    groups[at]?.ids.push(id);
    groupOf.set(id, at);
  }
  return { ids: [...groupOf.keys()], groups, groupOf };
}

/** Namespaces that see a volume alike: how many, and the first few of them. */
export interface Alike {
  readonly look: Look;
  readonly count: number;
  readonly first: readonly NamespaceId[];
}

/** More than that many are counted, not named. */
const MOST_NAMED = 8;

/**
 * A volume's row of the matrix: a look for each group of viewers, and the namespaces that are exceptions. As large as
 * its exceptions, not as the matrix is wide; a cell is made when somebody asks for it.
 */
export class VisibilityRow implements Cells {
  readonly viewers: Viewers;
  /** In the order of the groups. */
  readonly looks: readonly Look[];
  readonly exceptions: ReadonlyMap<NamespaceId, Look>;

  constructor(viewers: Viewers, looks: readonly Look[], exceptions: ReadonlyMap<NamespaceId, Look>) {
    this.viewers = viewers;
    this.looks = looks;
    this.exceptions = exceptions;
  }

  get length(): number {
    return this.viewers.ids.length;
  }

  /** The cell of a namespace; undefined for one that this inspection does not know. */
  of(namespace: NamespaceId): Visibility | undefined {
    const group = this.viewers.groupOf.get(namespace);
    const look = group === undefined ? undefined : (this.exceptions.get(namespace) ?? this.looks[group]);
    return look === undefined ? undefined : { namespace, ...look };
  }

  /** The same row with other looks for some namespaces. */
  with(changed: Iterable<Visibility>): VisibilityRow {
    const exceptions = new Map(this.exceptions);
    for (const { namespace, ...look } of changed)
      if (this.viewers.groupOf.has(namespace)) exceptions.set(namespace, look);
    return new VisibilityRow(this.viewers, this.looks, exceptions);
  }

  /** Everybody but one, those together who see alike: as many as there are groups and exceptions. */
  *alike(but: NamespaceId): Generator<Alike> {
    const { groups, groupOf } = this.viewers;
    const apart = groups.map(() => 0);
    const leave = (id: NamespaceId): void => {
      const group = groupOf.get(id);
      if (group !== undefined) apart[group] = (apart[group] ?? 0) + 1;
    };
    for (const id of this.exceptions.keys()) leave(id);
    if (!this.exceptions.has(but)) leave(but);
    for (const [index, { ids }] of groups.entries()) {
      const look = this.looks[index];
      const count = ids.length - (apart[index] ?? 0);
      if (look === undefined || count <= 0) continue;
      const first: NamespaceId[] = [];
      for (const id of ids) {
        if (first.length === MOST_NAMED) break;
        if (id !== but && !this.exceptions.has(id)) first.push(id);
      }
      yield { look, count, first };
    }
    for (const [id, look] of this.exceptions) if (id !== but) yield { look, count: 1, first: [id] };
  }

  *[Symbol.iterator](): Generator<Visibility> {
    for (const id of this.viewers.ids) {
      const cell = this.of(id);
      if (cell !== undefined) yield cell;
    }
  }

  filter(fits: (cell: Visibility) => boolean): Visibility[] {
    return this.flatMap(cell => (fits(cell) ? [cell] : []));
  }

  map<T>(turn: (cell: Visibility) => T): T[] {
    return Array.from(this, turn);
  }

  flatMap<T>(turn: (cell: Visibility) => readonly T[]): T[] {
    const all: T[] = [];
    for (const cell of this) all.push(...turn(cell));
    return all;
  }

  find(fits: (cell: Visibility) => boolean): Visibility | undefined {
    for (const cell of this) if (fits(cell)) return cell;
    return undefined;
  }

  some(fits: (cell: Visibility) => boolean): boolean {
    return this.find(fits) !== undefined;
  }

  every(fits: (cell: Visibility) => boolean): boolean {
    return !this.some(cell => !fits(cell));
  }

  /** Every cell: what `inspect --json` prints. */
  toJSON(): Visibility[] {
    return [...this];
  }
}

/** Everybody but one, those together who see alike; of a plain list each by itself. */
export function alikeIn(cells: Cells, but: NamespaceId): Iterable<Alike> {
  if (cells instanceof VisibilityRow) return cells.alike(but);
  return cells.flatMap(look => (look.namespace === but ? [] : [{ look, count: 1, first: [look.namespace] }]));
}

/** The cell of one namespace, made when it is asked for. */
export function cellIn(cells: Cells, namespace: NamespaceId): Visibility | undefined {
  return cells instanceof VisibilityRow ? cells.of(namespace) : byNamespace(cells).get(namespace);
}

const lists = new WeakMap<Cells, ReadonlyMap<NamespaceId, Visibility>>();

/** A plain list is searched once. */
function byNamespace(cells: Cells): ReadonlyMap<NamespaceId, Visibility> {
  const known = lists.get(cells) ?? new Map(cells.map(cell => [cell.namespace, cell]));
  lists.set(cells, known);
  return known;
}

/** The same cells with others for some namespaces; those that were not there come last in a list, and not at all in a row. */
export function withCells(cells: Cells, changed: readonly Visibility[]): Cells {
  if (cells instanceof VisibilityRow) return cells.with(changed);
  const fresh = new Map(changed.map(cell => [cell.namespace, cell]));
  const known = new Set(cells.map(({ namespace }) => namespace));
  return [
    ...cells.map(cell => fresh.get(cell.namespace) ?? cell),
    ...changed.filter(({ namespace }) => !known.has(namespace)),
  ];
}

/** Namespaces that see it in a way of their own; of a list all. */
export function exceptionsIn(cells: Cells): NamespaceId[] {
  return cells instanceof VisibilityRow ? [...cells.exceptions.keys()] : cells.map(({ namespace }) => namespace);
}

/** Namespaces that together show every look there is: the exceptions, and one of each group. */
export function standInsIn(cells: Cells): NamespaceId[] {
  if (!(cells instanceof VisibilityRow)) return exceptionsIn(cells);
  const groups = cells.viewers.groups.flatMap(({ ids }) => ids.find(id => !cells.exceptions.has(id)) ?? []);
  return [...cells.exceptions.keys(), ...groups];
}

/** How many namespaces they are together. */
export function countOf(groups: readonly Alike[]): number {
  return groups.reduce((count, group) => count + group.count, 0);
}
