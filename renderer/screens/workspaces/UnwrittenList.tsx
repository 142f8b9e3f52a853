import { Button } from '@fluentui/react-components';
import { type ReactElement, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { KeptContainer } from '../../../shared/domain/kept-container.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import {
  copyCommand,
  unwrittenWords,
  wordCopying,
  wordHeld,
  wordMissing,
} from '../../../shared/wording/word-unwritten.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText } from '../../components/plain-text.ts';
import { saveAddress } from '../../components/save-text.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import css from './WorkspacesPanel.module.css';

const words = unwrittenWords;

/** Containers that are kept for what they may hold: what that is, copied out by a press, and removed after a question. */
export function UnwrittenList({ stores }: { readonly stores: Stores }): ReactElement | null {
  const asked = useAsked(stores.unwritten);
  const { busy, fault, copying, copied } = useStore(stores.unwritten.work);
  const [removing, setRemoving] = useState<KeptContainer>();
  const heading = useId();
  const kept = asked.kind === 'known' ? asked.value : [];
  if (kept.length === 0 && fault === undefined) return null;
  const save = ({ container, item }: KeptContainer): void =>
    void stores.unwritten.copy(container, address => saveAddress(`${item}.zip`, address));
  return (
    <section className={css['panel']} aria-labelledby={heading}>
      <h3 id={heading} className={css['title']}>
        {words.title}
      </h3>
      {fault !== undefined && (
        <FaultPanel
          fault={wordFault(fault)}
          actions={[{ label: shellWords.close, run: () => stores.unwritten.dismiss() }]}
        />
      )}
      <ul className={css['list']} aria-labelledby={heading}>
        {kept.map(one => (
          <li key={one.container} className={`${css['card']} ${css['item']}`}>
            <span className={css['name']}>{plainText(one.container)}</span>
            <span className={css['step']}>{plainText(one.status)}</span>
            <span className={css['actions']}>
              {busy === one.container && copying !== undefined && (
                <Button
                  size="small"
                  aria-label={`${words.stop}: ${plainText(one.container)}`}
                  onClick={() => stores.unwritten.stop()}
                >
                  {words.stop}
                </Button>
              )}
              {one.directory !== undefined && one.count !== 0 && (
                <Button
                  size="small"
                  disabled={busy !== undefined}
                  aria-label={`${words.save}: ${plainText(one.container)}`}
                  onClick={() => save(one)}
                >
                  {words.save}
                </Button>
              )}
              <Button
                size="small"
                appearance="subtle"
                disabled={busy !== undefined}
                aria-label={`${words.remove}: ${plainText(one.container)}`}
                onClick={() => setRemoving(one)}
              >
                {words.remove}
              </Button>
            </span>
            <p className={css['unwritten']}>
              {wordHeld(one)} {one.directory === undefined && <code>{copyCommand(one)}</code>}
              {busy === one.container && copying !== undefined && <span> {wordCopying(copying)}.</span>}
              {copied?.container === one.container && (
                <span role="status">
                  {' '}
                  {words.saved(copied.files, copied.bytes)}. {wordMissing(copied)}{' '}
                  {words.archive(copied.size, copied.sha256)}
                </span>
              )}
            </p>
          </li>
        ))}
      </ul>
      {removing !== undefined && (
        <ConfirmDialog
          title={words.confirm(removing.container)}
          confirm={words.remove}
          onConfirm={() => void stores.unwritten.remove(removing.container)}
          onClose={() => setRemoving(undefined)}
        >
          <p>{wordHeld(removing)}</p>
          <p>{words.lost}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
