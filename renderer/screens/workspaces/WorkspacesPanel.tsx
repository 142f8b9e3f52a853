import { Button, Field, Input, Spinner } from '@fluentui/react-components';
import { type FormEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { WorkspaceStatus } from '../../../shared/contract/workspace-status.ts';
import type { ItemState } from '../../../shared/domain/workspace.ts';
import { recipeWords } from '../../../shared/wording/screen-recipe.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { workspacesWords } from '../../../shared/wording/screen-workspaces.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import {
  wordItemKept,
  wordItemState,
  wordItemStep,
  wordNotCaptured,
  wordWorkspace,
} from '../../../shared/wording/word-workspace.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { Prose } from '../../components/Prose.tsx';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { UnwrittenList } from './UnwrittenList.tsx';
import { WorkspaceQuestion } from './WorkspaceQuestion.tsx';
import css from './WorkspacesPanel.module.css';

const words = workspacesWords;
const TONES: Readonly<Record<ItemState, Tone>> = {
  idle: 'muted',
  waiting: 'busy',
  launching: 'busy',
  running: 'good',
  'not-answering': 'warning',
  'backing-off': 'warning',
  failing: 'bad',
  'given-up': 'bad',
  held: 'muted',
  paused: 'warning',
  taken: 'warning',
  stopping: 'busy',
};

/** The user's workspaces: how each file system of them is, and what can be done about it. */
export function WorkspacesPanel({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.workspaces);
  const { busy, fault, left, unstopped } = useStore(stores.workspaces.work);
  const heading = useId();
  const listed = asked.kind === 'known' ? asked.value : [];
  const hasRunning = useStore(stores.fileSystems.store, state => state.kind === 'known' && state.value.length > 0);
  const capturing = useStore(stores.view.store, view => view.capturing);
  if (listed.length === 0 && !hasRunning && !capturing) return <UnwrittenList stores={stores} />;
  return (
    <section className={css['panel']} aria-labelledby={heading}>
      <div className={css['bar']}>
        <h2 id={heading} className={css['title']}>
          {words.title}
        </h2>
        <span className={css['about']}>{words.about}</span>
        <Capture stores={stores} />
      </div>
      {fault !== undefined && (
        <FaultPanel
          fault={wordFault(fault)}
          actions={[{ label: shellWords.close, run: () => stores.workspaces.dismiss() }]}
        />
      )}
      {unstopped.map(one => (
        <FaultPanel
          key={one.name}
          fault={{ ...wordFault(one.fault), title: words.unstopped(plainText(one.name)) }}
          actions={[{ label: shellWords.close, run: () => stores.workspaces.dismiss() }]}
        />
      ))}
      {left.length > 0 && (
        <p className={css['left']} role="status">
          {words.leftOut} {left.map(wordNotCaptured).join('; ')}
        </p>
      )}
      <ul className={css['list']}>
        {listed.map(status => (
          <WorkspaceCard
            key={status.workspace.name}
            stores={stores}
            status={status}
            isBusy={busy.includes(status.workspace.name)}
          />
        ))}
      </ul>
      <UnwrittenList stores={stores} />
    </section>
  );
}

interface CardProps {
  readonly stores: Stores;
  readonly status: WorkspaceStatus;
  readonly isBusy: boolean;
}

function WorkspaceCard({ stores, status, isBusy }: CardProps): ReactElement {
  const { name, title } = status.workspace;
  const isWhole = status.kept && status.items.every(({ state }) => state === 'running');
  const [asking, setAsking] = useState<'stop' | 'remove'>();
  return (
    <li className={css['card']}>
      <div className={css['bar']}>
        <span className={css['name']}>{title === undefined ? name : `${title} (${name})`}</span>
        <span className={css['about']}>{wordWorkspace(status)}</span>
        <span className={css['actions']}>
          {isBusy && <Spinner size="tiny" aria-label={wordItemState('launching')} />}
          {!isWhole && (
            <Button
              size="small"
              appearance="primary"
              disabled={isBusy}
              aria-label={`${status.kept ? words.again : words.start}: ${name}`}
              onClick={() => void stores.workspaces.start(name)}
            >
              {status.kept ? words.again : words.start}
            </Button>
          )}
          {status.items.some(({ state }) => state !== 'idle') && (
            <Button
              size="small"
              disabled={isBusy}
              aria-label={`${words.stop}: ${name}`}
              onClick={() => setAsking('stop')}
            >
              {words.stop}
            </Button>
          )}
          <Button
            size="small"
            appearance="subtle"
            disabled={isBusy}
            aria-label={`${words.remove}: ${name}`}
            onClick={() => setAsking('remove')}
          >
            {words.remove}
          </Button>
        </span>
      </div>
      <ul className={css['items']} aria-label={words.details(name)}>
        {status.items.map(item => (
          <li key={item.name} className={css['item']}>
            <span className={css['name']}>{item.name}</span>
            <StatusMark tone={TONES[item.state]} word={wordItemState(item.state)} />
            <span className={css['step']}>
              {[item.fault === undefined ? '' : wordFault(item.fault).title, wordItemStep(item, Date.now())]
                .filter(Boolean)
                .join(' ')}
            </span>
            {item.fault?.code === 'image-not-built' && (
              <BuildIt stores={stores} item={item.name} profile={item.fault.profile} />
            )}
            {item.unwritten !== undefined && (
              <p className={css['unwritten']}>
                <StatusMark tone="warning" word={words.unwritten} /> <Prose text={wordItemKept(item)} />
              </p>
            )}
          </li>
        ))}
      </ul>
      {asking !== undefined && (
        <WorkspaceQuestion stores={stores} status={status} act={asking} onClose={() => setAsking(undefined)} />
      )}
    </li>
  );
}

interface BuildItProps {
  readonly stores: Stores;
  readonly item: string;
  readonly profile: string;
}

/** The way to an image that a recipe makes and that is not here. */
function BuildIt({ stores, item, profile }: BuildItProps): ReactElement {
  return (
    <Button
      size="small"
      aria-label={`${recipeWords.open}: ${plainText(item)}`}
      onClick={() => void stores.build.open(profile)}
    >
      {recipeWords.open}
    </Button>
  );
}

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** A button that becomes a field for the name. */
function Capture({ stores }: { readonly stores: Stores }): ReactElement {
  const [name, setName] = useState('');
  const [wasTried, setWasTried] = useState(false);
  const isOpen = useStore(stores.view.store, view => view.capturing);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const close = (): void => {
    stores.view.capture(false);
    setName('');
    setWasTried(false);
  };
  if (!isOpen) {
    return (
      <span className={css['actions']}>
        <Button
          ref={(element: HTMLButtonElement | null) => {
            opener.current = element;
          }}
          size="small"
          onClick={() => stores.view.capture(true)}
        >
          {words.capture}
        </Button>
      </span>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setWasTried(true);
    if (!NAME.test(name)) return;
    void stores.workspaces.capture(name).then(done => {
      if (done) close();
    });
  };
  const isWrong = wasTried && !NAME.test(name);
  return (
    <form className={css['capture']} onSubmit={submit}>
      <Field
        label={words.captureName}
        size="small"
        {...(isWrong ? { validationMessage: words.captureHint, validationState: 'error' as const } : {})}
      >
        <Input size="small" value={name} autoFocus onChange={(_, { value }) => setName(value)} />
      </Field>
      <Button size="small" appearance="primary" type="submit">
        {words.save}
      </Button>
      <Button size="small" onClick={close}>
        {words.cancel}
      </Button>
    </form>
  );
}
