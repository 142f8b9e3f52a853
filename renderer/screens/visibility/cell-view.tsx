import { EyeFilled, EyeRegular } from '@fluentui/react-icons/svg/eye';
import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off';
import { HomeRegular } from '@fluentui/react-icons/svg/home';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import type { ReactElement } from 'react';
import type { VolumeVerdict } from '../../../shared/domain/inspection.ts';
import type { CellWord } from '../../../shared/wording/screen-visibility.ts';
import type { Tone } from '../../components/tone.ts';

/** How each word of a cell looks. A leak is the one that glows. */
export const CELL_LOOKS: Readonly<Record<CellWord, { readonly tone: Tone; readonly icon: ReactElement }>> = {
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
