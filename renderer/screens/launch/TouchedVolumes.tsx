import type { ReactElement } from 'react';
import type { Visibility } from '../../../shared/domain/inspection.ts';
import type { LaunchPlan } from '../../../shared/domain/launch.ts';
import { uncPath } from '../../../shared/domain/unc-prefix.ts';
import { formatList } from '../../../shared/wording/amounts.ts';
import { launchScreenWords as words } from '../../../shared/wording/screen-launch.ts';
import { wordBecause } from '../../../shared/wording/word-visibility.ts';
import { EvidenceMark } from '../../components/EvidenceMark.tsx';
import { plainText, shortName } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import css from './LaunchScreen.module.css';

interface TouchedProps {
  readonly plan: LaunchPlan;
  readonly nameOf: (cell: Visibility) => string;
}

/** Volumes that are there and whose names would no longer lead to them for sure; a prefix that spares them is offered at its field. */
export function TouchedVolumes({ plan, nameOf }: TouchedProps): ReactElement | null {
  const { touched = [] } = plan;
  if (touched.length === 0) return null;
  return (
    <div className={css['sees']}>
      <h3>{words.touched}</h3>
      {touched.map(({ uncPrefix, home, label, cells }) => (
        <div key={`${home} ${uncPrefix}`} className={css['sees']}>
          <StatusMark
            tone="warning"
            word={plainText(
              words.touchedVolume(uncPath(uncPrefix), shortName(label), formatList(cells.map(nameOf), 3)),
            )}
          />
          {groundsOf(cells).map(({ because, evidence }) => (
            <div key={`${because} ${evidence.ground}`} className={css['see']}>
              <span className={css['sub']}>{wordBecause(because)}</span>
              <EvidenceMark rank={evidence.rank} ground={evidence.ground} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

/** Each reason once. */
function groundsOf(cells: readonly Visibility[]): readonly Visibility[] {
  return [...new Map(cells.map(cell => [`${cell.because} ${cell.evidence.ground}`, cell])).values()];
}
