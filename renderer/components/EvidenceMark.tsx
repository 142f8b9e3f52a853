import { memo, type ReactElement } from 'react';
import { EVIDENCE_RANKS, type Evidence } from '../../shared/domain/evidence.ts';
import { visibilityWords } from '../../shared/wording/screen-visibility.ts';
import css from './EvidenceMark.module.css';

const PIPS = EVIDENCE_RANKS.slice(1);

/** How well a claim is founded: five pips and the rank's word. An inference says that it is one. */
export const EvidenceMark = memo(function EvidenceMark({
  rank,
  ground,
}: Pick<Evidence, 'rank' | 'ground'>): ReactElement {
  const lit = EVIDENCE_RANKS.indexOf(rank);
  return (
    <span className={css['evidence']}>
      <svg className={css['pips']} viewBox="0 0 29 5" aria-hidden="true">
        {PIPS.map((pip, index) => (
          <rect key={pip} x={index * 6} width={5} height={5} rx={1} className={index < lit ? css['lit'] : undefined} />
        ))}
      </svg>
      {visibilityWords.rankText(rank, ground)}
    </span>
  );
});
