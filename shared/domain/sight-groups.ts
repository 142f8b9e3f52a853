import { isPredicted } from './evidence-ranks.ts';
import type { Cells, Visibility, Way } from './inspection.ts';
import type { SightGroup } from './journal-state-data.ts';
import type { NamespaceId } from './namespace.ts';

/** What some places said when they were looked at alone, in the place of what they had said before. */
export function withGroups(before: readonly SightGroup[], told: readonly SightGroup[], at: string): SightGroup[] {
  const anew = new Set(told.flatMap(({ namespaces }) => (namespaces === 'rest' ? [] : namespaces)));
  const left = before.flatMap((group): SightGroup[] => {
    if (group.namespaces === 'rest') return [group];
    const namespaces = group.namespaces.filter(id => !anew.has(id));
    return namespaces.length === 0 ? [] : [{ ...group, namespaces }];
  });
  return [...left, ...told.flatMap(group => (group.namespaces === 'rest' ? [] : [{ ...group, at }]))];
}

/** Whether a later test says of some place that it sees the volume where the one before said that it does not, or the other way round. */
export function contradicts(before: readonly SightGroup[], now: readonly SightGroup[]): boolean {
  const old = placesOf(before);
  return [...placesOf(now)].some(([place, visible]) => {
    const was = old.get(place) ?? old.get('rest');
    return was !== undefined && was !== 'unknown' && visible !== 'unknown' && visible !== was;
  });
}

function placesOf(groups: readonly SightGroup[]): ReadonlyMap<string, SightGroup['visible']> {
  return new Map(
    groups.flatMap(({ namespaces, visible }) =>
      (namespaces === 'rest' ? ['rest'] : namespaces).map(place => [place, visible] as const),
    ),
  );
}

/** Cells of one volume as groups of equal ones; the largest is the rest, so that a thousand namespaces are one word. */
export function groupCells(cells: Cells, isTold: (cell: Visibility) => boolean): SightGroup[] {
  const groups = new Map<string, { readonly cell: Visibility; readonly ids: NamespaceId[] }>();
  for (const cell of cells) {
    if (!isTold(cell)) continue;
    const key = JSON.stringify(saidIn(cell));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { cell, ids: [cell.namespace] });
    else group.ids.push(cell.namespace);
  }
  const told = [...groups.values()].reduce((sum, { ids }) => sum + ids.length, 0);
  const largest = Math.max(0, ...[...groups.values()].map(({ ids }) => ids.length));
  let restTaken = told < cells.length || largest < 4;
  return [...groups.values()].map(({ cell, ids }) => {
    const isRest = !restTaken && ids.length === largest;
    restTaken ||= isRest;
    return { ...saidIn(cell), namespaces: isRest ? 'rest' : ids };
  });
}

/** What is kept of a cell: its answer, and the names that somebody tried. Those that only the rule tells are known by it. */
function saidIn({ visible, because, evidence, through, refuted = [] }: Visibility): Omit<SightGroup, 'namespaces'> {
  const tried = (ways: readonly Way[]): NonNullable<SightGroup['through']> =>
    ways.flatMap(({ kind, path, evidence: { rank } }) => (isPredicted({ rank }) ? [] : [{ kind, path, rank }]));
  return {
    visible,
    because,
    rank: evidence.rank,
    ground: evidence.ground,
    through: tried(through),
    refuted: tried(refuted),
  };
}
