import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { type ReactElement, useEffect, useRef } from 'react';
import { withoutTicks } from '../../shared/wording/code-spans.ts';
import type { FaultWords } from '../../shared/wording/fault-words.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { CodeBlock, RawText } from './CodeBlock.tsx';
import css from './FaultPanel.module.css';
import { Prose } from './Prose.tsx';
import { ShieldButton } from './ShieldButton.tsx';

/** A fault in words: what happened, why, what to do, and the raw answer behind it. */
export type FaultView = Pick<FaultWords, 'title'> & Partial<FaultWords>;

/** A button that takes the next step. */
export interface FaultAction {
  readonly label: string;
  readonly run: () => void;
  /** Windows asks for an administrator first. */
  readonly prompts?: boolean;
}

/** A fault with its cause, its next step and, where we can take it, the button that does. */
export function FaultPanel({
  fault,
  actions = [],
}: {
  readonly fault: FaultView;
  readonly actions?: readonly FaultAction[];
}): ReactElement {
  const panel = useRef<HTMLElement>(null);
  // In a dialog it answers what was just pressed, and may stand below what is in sight.
  useEffect(() => {
    if (panel.current?.closest('dialog')) panel.current.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section ref={panel} className={css['panel']} role="alert" aria-label={withoutTicks(fault.title)}>
      <div className={css['head']}>
        <DismissCircleFilled />
        <span className={css['text']}>
          <Prose text={fault.title} />
        </span>
      </div>
      {fault.cause !== undefined && fault.cause !== '' && (
        <p className={css['text']}>
          <Prose text={fault.cause} />
        </p>
      )}
      {fault.next !== undefined && (
        <p className={css['text']}>
          <span className={css['fix']}>{shellWords.next}: </span>
          <Prose text={fault.next} />
        </p>
      )}
      {fault.command !== undefined && <CodeBlock text={fault.command} what={shellWords.command} />}
      {actions.length > 0 && (
        <div className={css['actions']}>
          {actions.map((action, index) => (
            <ShieldButton
              key={action.label}
              prompts={action.prompts === true}
              appearance={index === 0 ? 'primary' : 'secondary'}
              onClick={action.run}
            >
              {action.label}
            </ShieldButton>
          ))}
        </div>
      )}
      {fault.raw !== undefined && fault.raw !== '' && <RawText text={fault.raw} />}
    </section>
  );
}
