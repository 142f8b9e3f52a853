import type { ReactElement } from 'react';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { elevationScreenWords } from '../../../shared/wording/screen-elevation.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordElevationStep } from '../../../shared/wording/word-elevation.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { KnownErrors } from '../../components/KnownError.tsx';
import type { Stores } from '../../stores/stores.ts';
import { useElevation } from '../use-elevation.ts';
import { gapErrors, gapText } from './gap-texts.ts';
import css from './VisibilityScreen.module.css';

const words = visibilityWords;

interface GapsNoteProps {
  readonly stores: Stores;
  readonly inspection: Inspection;
}

/** Things that could not be asked that are written out. */
const MOST_GAPS = 100;

/** What could not be asked, each with its raw text, and what would help. Nothing where all was. */
export function GapsNote({ stores, inspection }: GapsNoteProps): ReactElement | null {
  const elevation = useElevation(stores);
  const lacking = inspection.gaps.some(({ needs }) => needs === 'elevation');
  if (inspection.gaps.length === 0) return null;
  const told = inspection.gaps.slice(0, MOST_GAPS);
  const raw = told.map(gap => gapText(inspection, gap));
  const more = inspection.gaps.length - MOST_GAPS;
  return (
    <div className={css['note']}>
      <FaultPanel
        fault={{
          title: words.gaps(inspection.gaps.length),
          raw: [...raw, ...(more > 0 ? [words.moreGaps(more)] : [])].join('\n'),
          ...(lacking && elevation.because !== undefined ? { next: wordElevationStep(elevation.because) } : {}),
        }}
        actions={
          elevation.possible && lacking
            ? [
                {
                  label: elevationScreenWords.lookAgain,
                  run: () => void stores.inspection.lookElevated(),
                  prompts: elevation.prompts,
                },
              ]
            : []
        }
      />
      <KnownErrors errors={gapErrors(inspection, told)} />
    </div>
  );
}
