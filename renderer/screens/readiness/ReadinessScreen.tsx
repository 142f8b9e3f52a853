import { Button, ProgressBar, Spinner } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { RocketRegular } from '@fluentui/react-icons/svg/rocket';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { ReadinessCheck } from '../../../shared/domain/readiness.ts';
import { readinessScreenWords } from '../../../shared/wording/screen-readiness.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { CodeBlock, RawText } from '../../components/CodeBlock.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { ShieldButton } from '../../components/ShieldButton.tsx';
import { LoadingLines } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { fixOf, type Readiness } from '../../stores/readiness-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { StaleNote } from '../StaleNote.tsx';
import { useAsked } from '../use-asked.ts';
import { useElevation } from '../use-elevation.ts';
import { IsolationPanel } from './IsolationPanel.tsx';
import css from './ReadinessScreen.module.css';

const words = readinessScreenWords;
const TONES = { ok: 'good', warning: 'warning', failed: 'bad', unknown: 'muted' } as const;

/** Live checks, each with what was found, the next step, and a button where we can take it. */
export function ReadinessScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.readiness);
  return (
    <ScreenFrame
      title={words.title}
      subtitle={words.subtitle}
      actions={
        <Button icon={<ArrowSyncRegular />} onClick={() => void stores.readiness.refresh()}>
          {shellWords.refresh}
        </Button>
      }
    >
      {asked.kind === 'waiting' && <LoadingLines lines={9} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[{ label: shellWords.again, run: () => void stores.readiness.refresh() }]}
        />
      )}
      {asked.kind === 'known' && (
        <>
          <StaleNote asked={asked} />
          <Verdict stores={stores} readiness={asked.value} />
          <ul className={css['list']} aria-label={words.list}>
            {asked.value.checks.map(check => (
              <Check key={check.code} stores={stores} check={check} />
            ))}
          </ul>
          <IsolationPanel stores={stores} />
        </>
      )}
    </ScreenFrame>
  );
}

function Verdict({ stores, readiness }: { readonly stores: Stores; readonly readiness: Readiness }): ReactElement {
  const failed = readiness.checks.filter(({ state }) => state === 'failed').length;
  return (
    <div className={`${css['verdict']} ${readiness.ready ? '' : css['blocked']}`} role="status">
      {readiness.ready ? <CheckmarkCircleFilled /> : <WarningFilled />}
      <div className={css['says']}>
        <h2>{readiness.ready ? words.ready : words.notReady(failed)}</h2>
        <p>{readiness.ready ? words.readyText : words.notReadyText}</p>
      </div>
      <Button
        appearance={readiness.ready ? 'primary' : 'secondary'}
        icon={<RocketRegular />}
        onClick={() => stores.view.show('launch')}
      >
        {words.launch}
      </Button>
    </div>
  );
}

function Check({ stores, check }: { readonly stores: Stores; readonly check: ReadinessCheck }): ReactElement {
  const fixing = useStore(stores.readiness.fixes, fixes => fixes[check.code]);
  const isSimulated = useStore(
    stores.snapshot.store,
    snapshot => snapshot.kind === 'known' && snapshot.value.host.simulated,
  );
  const { prompts } = useElevation(stores);
  const action = fixOf(check, isSimulated);
  const reference = action?.kind === 'pull-image' ? action.reference : undefined;
  const pull = useStore(stores.pulls.store, ({ pulls }) => pulls.find(other => other.reference === reference));
  return (
    <li className={css['check']}>
      <StatusMark tone={TONES[check.state]} word={words.states[check.state]} />
      <span className={css['name']}>{words.checks[check.code]}</span>
      <span className={css['found']}>
        <Prose text={check.found} />
      </span>
      <span className={css['action']}>
        {action !== undefined &&
          (fixing?.running === true ? (
            <Spinner size="tiny" label={words.fixing[action.kind]} />
          ) : (
            <ShieldButton
              prompts={action.kind === 'start-engine' && prompts}
              appearance="primary"
              size="small"
              onClick={() => void stores.readiness.fix(check, isSimulated)}
            >
              {words.fixes[action.kind]}
            </ShieldButton>
          ))}
        {check.code === 'fsd-running' && check.state === 'ok' && (
          <Button size="small" appearance="subtle" onClick={() => stores.view.ask('unload')}>
            {words.unload.open}
          </Button>
        )}
      </span>
      {(action?.kind === 'switch-host' ||
        check.fix !== undefined ||
        check.raw !== undefined ||
        fixing?.fault !== undefined) && (
        <div className={css['more']}>
          {action?.kind === 'switch-host' && <p className={css['fix']}>{words.switchHint}</p>}
          {check.fix !== undefined && (
            <p className={css['fix']}>
              <Prose text={check.fix} />
            </p>
          )}
          {fixing?.running === true && pull?.progress !== undefined && (
            <ProgressBar value={pull.progress.fraction} aria-label={words.fixing['pull-image']} />
          )}
          {check.command !== undefined && <CodeBlock text={check.command} what={words.command} />}
          {fixing?.fault !== undefined && <FaultPanel fault={wordFault(fixing.fault)} />}
          {check.raw !== undefined && <RawText text={check.raw} />}
        </div>
      )}
    </li>
  );
}
