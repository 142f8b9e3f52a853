import { isPredicted } from '../domain/evidence-ranks.ts';
import type { Look } from '../domain/inspection.ts';
import type { NamespaceId } from '../domain/namespace.ts';
import type { CellWord } from './screen-visibility.ts';

/** The one word of a cell. What a rule predicts and nobody saw is expected, not visible. */
export function cellWord(
  { home }: { readonly home: NamespaceId },
  namespace: string,
  cell: Pick<Look, 'visible' | 'evidence'> | undefined,
): CellWord {
  if (cell === undefined) return 'unknown';
  if (cell.visible === 'unknown') return 'unknown';
  if (cell.visible === 'yes' && home === namespace) return 'home';
  if (cell.visible === 'yes') return isPredicted(cell.evidence) ? 'expected' : 'visible';
  return isPredicted(cell.evidence) ? 'not-expected' : 'hidden';
}
