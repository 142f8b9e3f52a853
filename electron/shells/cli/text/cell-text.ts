import type { Evidence } from '../../../../shared/domain/evidence.ts';
import type { Visibility } from '../../../../shared/domain/inspection.ts';
import { bad, doubtful, faint, good, type Span } from './style.ts';

/** Stands behind a claim whose ground is an inference that nobody documents. */
export const INFERRED_MARK = '*';

/** The rank of a claim's evidence, marked where its ground is an inference: `rule*`. */
export function evidenceMark({ evidence }: { readonly evidence: Evidence }): string {
  return `${evidence.rank}${evidence.ground === 'inferred' ? INFERRED_MARK : ''}`;
}

/** One cell of the matrix: the answer and the rank of its evidence, `YES canary`, `no  rule*`, `?   not-tested`. */
export function cellText(cell: Visibility, isHome: boolean): Span[] {
  return [answer(cell.visible, isHome), faint(` ${evidenceMark(cell)}`)];
}

/** The same of its plain UNC name alone: where that leads is known, or not, by its own evidence. */
export function uncText({ through, refuted = [] }: Visibility, isHome: boolean): Span[] {
  const way = through.find(({ kind }) => kind === 'unc');
  const not = refuted.find(({ kind }) => kind === 'unc');
  if (way !== undefined) return [answer('yes', isHome), faint(` ${evidenceMark(way)}`)];
  if (not !== undefined) return [answer('no', isHome), faint(` ${evidenceMark(not)}`)];
  return [faint('-')];
}

function answer(visible: Visibility['visible'], isHome: boolean): Span {
  if (visible === 'unknown') return doubtful('?  ');
  if (visible === 'no') return isHome ? doubtful('no ') : good('no ');
  return isHome ? { text: 'yes', tone: 'plain' } : bad('YES');
}
