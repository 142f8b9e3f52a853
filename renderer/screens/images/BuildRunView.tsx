import type { ReactElement } from 'react';
import { recipeWords } from '../../../shared/wording/screen-recipe.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { PullBars } from '../../components/PullBars.tsx';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import type { BuildRun } from '../../stores/build-store.ts';
import css from './BuildDialog.module.css';

const words = recipeWords;
const TONES: Readonly<Record<keyof typeof words.stepStates, Tone>> = {
  done: 'good',
  cached: 'muted',
  busy: 'busy',
  failed: 'bad',
};

/** The steps of a build, and the last of what the present one printed. `isOver`: the last step is the one that failed. */
export function BuildRunView({ run, isOver }: { readonly run: BuildRun; readonly isOver: boolean }): ReactElement {
  const { pull, sent, steps, output } = run;
  const isSending = sent !== undefined && steps.length === 0 && !isOver;
  const stateOf = (index: number): keyof typeof words.stepStates => {
    if (index === steps.length - 1) return isOver ? 'failed' : 'busy';
    return steps[index]?.cached === true ? 'cached' : 'done';
  };
  return (
    <section className={css['part']} aria-live="polite">
      {pull !== undefined && pull.phase !== 'done' && steps.length === 0 && <PullBars progress={pull} />}
      {isSending && <StatusMark tone="busy" word={words.sending(sent.sentBytes, sent.totalBytes)} />}
      <ol className={css['steps']}>
        {steps.map(({ step }, index) => {
          const state = stateOf(index);
          return (
            <li key={step.number} className={css['step']}>
              <code>{plainText(words.step(step.number, step.of, step.text))}</code>
              <StatusMark tone={TONES[state]} word={words.stepStates[state]} />
            </li>
          );
        })}
      </ol>
      {output.trim() !== '' && !isOver && (
        <>
          <h3>{words.output}</h3>
          <CodeBlock text={output} what={words.output.toLowerCase()} most={200} />
        </>
      )}
    </section>
  );
}
