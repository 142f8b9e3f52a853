import { memo, type ReactElement } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { EVIDENCE_RANKS } from '../../shared/domain/evidence-ranks.ts';
import { visibilityWords } from '../../shared/wording/screen-visibility.ts';
import css from './EvidenceMark.module.css';

/** How well a claim is founded: five pips and the rank's word. An inference says that it is one. */
export const EvidenceMark = memo(function EvidenceMark({
  rank,
  ground,
}: Pick<Evidence, 'rank' | 'ground'>): ReactElement {
  return (
    <span className={css['evidence']}>
      <span className={`${css['pips']} ${css[`lit${EVIDENCE_RANKS.indexOf(rank)}`]}`} aria-hidden="true" />
      {visibilityWords.rankText(rank, ground)}
    </span>
  );
});
