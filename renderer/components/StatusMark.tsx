import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { EyeFilled } from '@fluentui/react-icons/svg/eye';
import { HourglassRegular } from '@fluentui/react-icons/svg/hourglass';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';
import type { ReactElement, ReactNode } from 'react';
import css from './StatusMark.module.css';
import type { Tone } from './tone.ts';

const ICONS: Readonly<Record<Tone, ReactElement>> = {
  good: <CheckmarkCircleFilled />,
  leak: <EyeFilled />,
  warning: <WarningFilled />,
  bad: <DismissCircleFilled />,
  muted: <QuestionCircleRegular />,
  busy: <HourglassRegular />,
};

export interface StatusMarkProps {
  readonly tone: Tone;
  /** A word, or a sentence (`Prose`). */
  readonly word: ReactNode;
  /** In the place of the tone's own icon. */
  readonly icon?: ReactElement;
  readonly pill?: boolean;
}

/** A status: icon, word and colour, always together. */
export function StatusMark({ tone, word, icon, pill = false }: StatusMarkProps): ReactElement {
  return (
    <span className={`${css['mark']} ${css[tone]} ${pill ? css['pill'] : ''}`}>
      {icon ?? ICONS[tone]}
      <span>{word}</span>
    </span>
  );
}
