import { Button } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { SubtractCircleRegular } from '@fluentui/react-icons/svg/subtract-circle';
import type { ReactElement } from 'react';
import type { EvidenceStep, EvidenceStepCode } from '../../../shared/domain/evidence.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordEvidenceStep } from '../../../shared/wording/word-evidence-step.ts';
import { EvidenceMark } from '../../components/EvidenceMark.tsx';
import { plainText } from '../../components/plain-text.ts';
import css from './Evidence.module.css';

const words = visibilityWords.detail;

const STEP_ICONS: Readonly<Record<EvidenceStep['holds'], ReactElement>> = {
  yes: <CheckmarkCircleFilled />,
  no: <DismissCircleFilled />,
  consistent: <SubtractCircleRegular />,
  'not-tested': <CircleRegular />,
};

export interface ChainStepProps {
  readonly step: EvidenceStep;
  /** `E1` to `E5`. */
  readonly name: string;
  readonly nameOf: (namespace: string) => string;
  /** Looks at it anew; absent: it is of a moment that is past, and its time is told with its day. */
  readonly onAgain?: (step: EvidenceStepCode) => void;
}

/** One link of a chain of evidence: what is claimed, whether it holds, by which evidence, with the raw answer. */
export function ChainStep({ step, name, nameOf, onAgain }: ChainStepProps): ReactElement {
  const { rank, ground, at, elapsedMs } = step.evidence;
  return (
    <li className={`${css['step']} ${css[step.holds]}`}>
      {STEP_ICONS[step.holds]}
      <span>
        {name} {wordEvidenceStep(step, nameOf)}
      </span>
      <span className={css['stepWord']}>
        <span>{visibilityWords.holds[step.holds]}</span>
        {step.holds !== 'not-tested' && <EvidenceMark rank={rank} ground={ground} />}
        {at !== undefined && <time dateTime={at}>{words.takenAt(seenAt(at, onAgain === undefined))}</time>}
        {elapsedMs !== undefined && <span>{words.took(elapsedMs)}</span>}
        {onAgain !== undefined && (
          <Button
            size="small"
            appearance="subtle"
            aria-label={step.holds === 'not-tested' ? words.checkHint(name) : words.againHint(name)}
            onClick={() => onAgain(step.code)}
          >
            {step.holds === 'not-tested' ? words.check : words.again}
          </Button>
        )}
      </span>
      {step.evidence.detail !== undefined && <span className={css['mono']}>{plainText(step.evidence.detail)}</span>}
    </li>
  );
}

function seenAt(at: string, isPast: boolean): string {
  const time = new Date(at);
  return isPast
    ? time.toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'medium' })
    : time.toLocaleTimeString();
}
