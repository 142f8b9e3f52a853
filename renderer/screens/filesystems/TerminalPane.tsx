import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { lazy, type ReactElement, Suspense, useEffect } from 'react';
import { useStore } from 'zustand';
import { fileSystemsWords } from '../../../shared/wording/screen-filesystems.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordExitCode } from '../../../shared/wording/word-exit.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText, shortName } from '../../components/plain-text.ts';
import { LoadingLines } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Stores } from '../../stores/stores.ts';
import css from './LogsPane.module.css';

const TerminalView = lazy(() =>
  import('../../components/TerminalView.tsx').then(part => ({ default: part.TerminalView })),
);
const words = fileSystemsWords.terminal;

export interface TerminalPaneProps {
  readonly stores: Stores;
  readonly container: string;
  readonly onClose: () => void;
}

/** A shell inside a container; closing it ends the shell, never the file system. */
export function TerminalPane({ stores, container, onClose }: TerminalPaneProps): ReactElement {
  const state = useStore(stores.terminal.store);
  useEffect(() => () => stores.terminal.close(), [stores]);
  const title = words.title(plainText(container));
  return (
    <section className={css['pane']} aria-label={title}>
      <div className={css['bar']}>
        <h2 className={css['title']} title={title}>
          {words.title(shortName(container))}
        </h2>
        {state.kind === 'running' && <StatusMark tone="good" word={words.running} />}
        {state.kind === 'ended' && <StatusMark tone="muted" word={words.ended(state.exitCode)} />}
        {state.kind === 'ended' && <span className={css['note']}>{wordExitCode(state.exitCode)}</span>}
        <span className={css['note']}>{words.leave}</span>
        <span className={css['spring']} />
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={`${shellWords.close}: ${title}`}
          onClick={onClose}
        />
      </div>
      {state.kind === 'faulted' && <FaultPanel fault={wordFault(state.fault)} />}
      <Suspense fallback={<LoadingLines lines={4} />}>
        <TerminalView
          label={words.console}
          onReady={(size, print) => stores.terminal.open(container, size, print)}
          onType={data => stores.terminal.type(data)}
          onResize={size => stores.terminal.resize(size)}
        />
      </Suspense>
    </section>
  );
}
