import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { hostKeyWords } from '../../shared/wording/screen-host-key.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { wordFault } from '../../shared/wording/word-fault.ts';
import { fingerprintCommand, wordKeyType } from '../../shared/wording/word-ssh.ts';
import { CodeBlock } from '../components/CodeBlock.tsx';
import { FaultPanel } from '../components/FaultPanel.tsx';
import { ModalDialog } from '../components/ModalDialog.tsx';
import { plainText } from '../components/plain-text.ts';
import type { Stores } from '../stores/stores.ts';
import css from './Dialogs.module.css';

const words = hostKeyWords;

/** Asks whether a host's key is its own, before it is opened for the first time. */
export function HostKeyDialog({ stores }: { readonly stores: Stores }): ReactElement | null {
  const { question, running, fault } = useStore(stores.hosts.opening);
  if (question === undefined) return null;
  const { host, keyType, fingerprint, file, jump } = question.key;
  const close = (): void => stores.hosts.distrust();
  return (
    <ModalDialog
      title={words.title(plainText(host))}
      onClose={close}
      actions={
        fault === undefined ? (
          <>
            <Button appearance="primary" disabled={running !== undefined} onClick={() => void stores.hosts.trust()}>
              {running === undefined ? words.trust : words.connecting}
            </Button>
            <Button disabled={running !== undefined} onClick={close}>
              {shellWords.cancel}
            </Button>
          </>
        ) : (
          <Button onClick={close}>{shellWords.close}</Button>
        )
      }
    >
      {fault !== undefined ? (
        <FaultPanel fault={wordFault(fault)} />
      ) : (
        <>
          <p>{words.shown(wordKeyType(keyType), jump)}</p>
          <CodeBlock text={fingerprint} what={words.fingerprint} />
          <p>{words.compare}</p>
          <CodeBlock text={fingerprintCommand(keyType, jump)} what={shellWords.command} />
          <p className={css['sub']}>{words.kept(file === undefined ? undefined : plainText(file))}</p>
        </>
      )}
    </ModalDialog>
  );
}
