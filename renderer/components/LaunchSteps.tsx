import { Spinner } from '@fluentui/react-components';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { CircleRegular } from '@fluentui/react-icons/svg/circle';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { SubtractCircleRegular } from '@fluentui/react-icons/svg/subtract-circle';
import type { ReactElement } from 'react';
import type { LaunchProgress, LaunchStep } from '../../shared/domain/launch.ts';
import { launchScreenWords } from '../../shared/wording/screen-launch.ts';
import { wordLaunchStep, wordStepState } from '../../shared/wording/word-launch.ts';
import css from './LaunchSteps.module.css';
import { PullBars } from './PullBars.tsx';
import { plainText } from './plain-text.ts';

const ICONS: Readonly<Record<LaunchProgress['state'] | 'waiting', ReactElement>> = {
  waiting: <CircleRegular />,
  started: <Spinner size="extra-tiny" />,
  done: <CheckmarkCircleFilled />,
  skipped: <SubtractCircleRegular />,
  failed: <DismissCircleFilled />,
  undone: <ArrowUndoRegular />,
};

export interface LaunchStepsProps {
  readonly order: readonly LaunchStep[];
  readonly steps: Readonly<Partial<Record<LaunchStep, LaunchProgress>>>;
}

/** The steps of a launch, each with its state in icon and word; a pull shows its bars inside. */
export function LaunchSteps({ order, steps }: LaunchStepsProps): ReactElement {
  return (
    <ol className={css['steps']} aria-label={launchScreenWords.steps}>
      {order.map(name => {
        const step = steps[name];
        const state = step?.state ?? 'waiting';
        return (
          <li key={name} className={`${css['step']} ${css[state]}`}>
            {ICONS[state]}
            <span>{wordLaunchStep(name)}</span>
            <span className={css['state']}>
              {step === undefined ? launchScreenWords.waiting : wordStepState(step.state)}
            </span>
            {step?.note !== undefined && <span className={css['note']}>{plainText(step.note)}</span>}
            {step?.pull !== undefined && step.state === 'started' && (
              <div className={css['bars']}>
                <PullBars progress={step.pull} />
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
