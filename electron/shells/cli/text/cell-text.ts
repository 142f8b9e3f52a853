import type { Visibility } from '../../../../shared/domain/inspection.ts';
import { bad, doubtful, faint, good, type Span, type Text } from './style.ts';

/** Stands behind a claim whose ground is an inference that nobody documents. */
export const INFERRED_MARK = '*';

/** The rank of a claim's evidence, marked where its ground is an inference: `rule*`. */
export function evidenceMark({ evidence }: Visibility): string {
  return `${evidence.rank}${evidence.ground === 'inferred' ? INFERRED_MARK : ''}`;
}

/** One cell of the matrix: the answer and the rank of its evidence, `YES canary`, `no  rule*`, `?   not-tested`. */
export function cellText(cell: Visibility, isHome: boolean): Text {
  return [answer(cell.visible, isHome), faint(` ${evidenceMark(cell)}`)];
}

function answer(visible: Visibility['visible'], isHome: boolean): Span {
  if (visible === 'unknown') return doubtful('?  ');
  if (visible === 'no') return isHome ? doubtful('no ') : good('no ');
  return isHome ? { text: 'yes', tone: 'plain' } : bad('YES');
}
