import { Button, Spinner } from '@fluentui/react-components';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { EyeRegular } from '@fluentui/react-icons/svg/eye';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { launchScreenWords } from '../../../shared/wording/screen-launch.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { LaunchSteps } from '../../components/LaunchSteps.tsx';
import { plainText, shortName } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import { siloscopeText } from '../../stores/launch-form.ts';
import { type Run, STEPS } from '../../stores/launch-store.ts';
import type { Stores } from '../../stores/stores.ts';
import css from './LaunchScreen.module.css';
import { fixesOf } from './PlanPane.tsx';

const words = launchScreenWords;

/** A launch under way, done or failed: its steps, the proof, and the way on or back. */
export function RunView({
  stores,
  run,
}: {
  readonly stores: Stores;
  readonly run: Exclude<Run, { kind: 'idle' }>;
}): ReactElement {
  const line = siloscopeText(useStore(stores.launch.form));
  const name = useStore(stores.launch.planned, planned => (planned.kind === 'planned' ? planned.plan.name : ''));
  return (
    <div className={css['run']}>
      <div className={css['row']} role="status">
        {run.kind === 'running' && (
          <>
            <Spinner size="tiny" label={run.cancelling ? words.cancelling : words.launching(shortName(name))} />
            <span className={css['spring']} />
            <Button disabled={run.cancelling} onClick={() => stores.launch.cancel()}>
              {words.cancel}
            </Button>
          </>
        )}
        {run.kind === 'done' && (
          <>
            <StatusMark pill tone="good" word={words.done(shortName(run.launched.container.name))} />
            <span className={css['sub']}>{words.took(run.tookMs)}</span>
          </>
        )}
        {run.kind === 'undoing' && (
          <Spinner size="tiny" label={run.note === undefined ? words.undoing : plainText(run.note)} />
        )}
      </div>
      {run.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(run.fault)}
          actions={[
            ...fixesOf(stores, run.fault).map(({ label, run: cure }) => ({
              label,
              run: () => {
                stores.launch.again();
                cure();
              },
            })),
            { label: words.back, run: () => stores.launch.again() },
          ]}
        />
      )}
      {run.kind === 'done' && (
        <div className={css['row']}>
          <Button
            appearance="primary"
            icon={<EyeRegular />}
            onClick={() => {
              const [volume] = run.launched.volumes;
              stores.view.select(volume?.device, volume === undefined ? undefined : 'host');
              stores.view.show('visibility');
              // Whoever asks wants to know, not to expect; a probe reads only, by the provider's own name.
              void stores.inspection.look('probe');
            }}
          >
            {words.see}
          </Button>
          <Button onClick={() => stores.launch.again()}>{words.another}</Button>
          <Button icon={<ArrowUndoRegular />} onClick={() => void stores.launch.undo()}>
            {words.undo}
          </Button>
        </div>
      )}
      <LaunchSteps order={STEPS} steps={run.steps} />
      {run.kind === 'done' && (
        <>
          <section className={css['group']} aria-label={words.proof}>
            <h2>{words.proof}</h2>
            <CodeBlock text={run.launched.listing.output} what={words.proof.toLowerCase()} />
          </section>
          <section className={css['group']} aria-label={words.asCommand}>
            <h2>{words.asCommand}</h2>
            <CodeBlock text={line} what={words.asCommand.toLowerCase()} />
          </section>
          <section className={css['group']} aria-label={words.seeAsCommand}>
            <h2>{words.seeAsCommand}</h2>
            <CodeBlock text={run.launched.siloscopeCommand} what={words.seeAsCommand.toLowerCase()} />
          </section>
        </>
      )}
    </div>
  );
}
