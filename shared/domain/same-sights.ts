import type { SightsChanged } from './sights-changed.ts';

// Apart from the schema, so that the page has it before any schema is made.

/** Nothing of it changed. */
export const SAME_SIGHTS: SightsChanged = { namespaces: { changed: [], gone: [] }, volumes: { changed: [], gone: [] } };

/** Whether it says nothing. */
export function isSame({ namespaces, volumes }: SightsChanged): boolean {
  return [namespaces.changed, namespaces.gone, volumes.changed, volumes.gone].every(list => list.length === 0);
}
