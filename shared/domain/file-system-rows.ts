import type { RunningFileSystem } from './launch.ts';
import type { RowsChanged } from './rows-changed.ts';

/**
 * The rows after a change. Those that it does not name are the same objects as before, in their places; new ones come
 * first, as the engine lists its youngest container first. The same array when nothing is different.
 */
export function applyRows(rows: readonly RunningFileSystem[], change: RowsChanged): readonly RunningFileSystem[] {
  const gone = new Set(change.gone);
  const changed = new Map(change.changed.map(row => [row.container.id, row]));
  const known = new Set<string>();
  let isDifferent = false;
  const kept = rows.flatMap(row => {
    const { id } = row.container;
    known.add(id);
    const next = changed.get(id) ?? row;
    isDifferent ||= next !== row || gone.has(id);
    return gone.has(id) ? [] : [next];
  });
  const fresh = [...changed.values()].filter(({ container }) => !known.has(container.id) && !gone.has(container.id));
  return isDifferent || fresh.length > 0 ? [...fresh, ...kept] : rows;
}

/** As the engine sees it: what is paused or about to be started again has not ended. */
export function isRunning({ state }: Pick<RunningFileSystem, 'state'>): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** The same change for a list that shows only what runs. */
export function amongRunning({ changed, gone }: RowsChanged): RowsChanged {
  const ended = changed.filter(row => !isRunning(row)).map(({ container }) => container.id);
  return { changed: changed.filter(isRunning), gone: [...gone, ...ended] };
}

/** Rows say the same, to the letter. */
export function isSameRow(one: RunningFileSystem, other: RunningFileSystem): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
