import { EyeFilled, EyeRegular } from '@fluentui/react-icons/svg/eye';
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off';
import { HomeRegular } from '@fluentui/react-icons/svg/home';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import type { ReactElement } from 'react';
import type { VolumeVerdict } from '../../../shared/domain/inspection.ts';
import { type CellWord, visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { cellWord } from '../../../shared/wording/word-cell.ts';
import type { GridPlace } from '../../components/grid-keys.ts';
import type { MatrixCell } from '../../components/MatrixGrid.tsx';
import type { Tone } from '../../components/tone.ts';
import { cellOf, type MatrixLayout } from './matrix-model.ts';

/** How each word of a cell looks. A leak is the one that glows. */
const CELL_LOOKS: Readonly<Record<CellWord, { readonly tone: Tone; readonly icon: ReactElement }>> = {
  home: { tone: 'busy', icon: <HomeRegular /> },
  visible: { tone: 'leak', icon: <EyeFilled /> },
  expected: { tone: 'leak', icon: <EyeRegular /> },
  hidden: { tone: 'good', icon: <EyeOffRegular /> },
  'not-expected': { tone: 'good', icon: <EyeOffRegular /> },
  unknown: { tone: 'muted', icon: <QuestionCircleRegular /> },
};

export const VERDICT_TONES: Readonly<Record<VolumeVerdict, Tone>> = {
  leaked: 'leak',
  private: 'good',
  unknown: 'muted',
};

/** What stands at a place of a matrix; where nothing was found, that it was not tested. */
export function cellView({ volumes, namespaces }: MatrixLayout, { row, column }: GridPlace): MatrixCell {
  const volume = volumes[row];
  const namespace = namespaces[column];
  const found = volume === undefined || namespace === undefined ? undefined : cellOf(volume, namespace.id);
  const word = volume === undefined || namespace === undefined ? 'unknown' : cellWord(volume, namespace.id, found);
  return {
    ...CELL_LOOKS[word],
    word: visibilityWords.cells[word],
    evidence: found?.evidence ?? { rank: 'not-tested', ground: 'inferred' },
  };
}
