import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { helpPages, helpWords } from '../../shared/wording/screen-help.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { ModalDialog } from '../components/ModalDialog.tsx';
import type { Stores } from '../stores/stores.ts';
import css from './Dialogs.module.css';

export interface HelpDialogProps {
  readonly stores: Stores;
  readonly onClose: () => void;
}

/** The page of help of the screen that is shown. */
export function HelpDialog({ stores, onClose }: HelpDialogProps): ReactElement {
  const screen = useStore(stores.view.store, view => view.screen);
  const { what, entries, commands } = helpPages[screen];
  return (
    <ModalDialog
      title={helpWords.title(shellWords.screens[screen])}
      onClose={onClose}
      reading
      actions={<Button onClick={onClose}>{shellWords.close}</Button>}
    >
      <p>{what}</p>
      <dl className={css['terms']}>
        {entries.map(([term, meaning]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <section aria-label={helpWords.commands}>
        <CodeBlock text={commands.join('\n')} what={helpWords.commands} />
      </section>
    </ModalDialog>
  );
}
