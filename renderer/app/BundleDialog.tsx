import { Button } from '@fluentui/react-components';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { type ReactElement, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Bundle } from '../../shared/domain/bundle.ts';
import { bundleWords } from '../../shared/wording/screen-bundle.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { wordFault } from '../../shared/wording/word-fault.ts';
import { wordUnmasked } from '../../shared/wording/word-secret.ts';
import { FaultPanel } from '../components/FaultPanel.tsx';
import { ModalDialog } from '../components/ModalDialog.tsx';
import { plainText } from '../components/plain-text.ts';
import { RedactedText } from '../components/RedactedText.tsx';
import { LoadingLines } from '../components/States.tsx';
import { saveArchive } from '../components/save-text.ts';
import type { Stores } from '../stores/stores.ts';
import css from './BundleDialog.module.css';
import dialogs from './Dialogs.module.css';

const words = bundleWords;

export interface BundleDialogProps {
  readonly stores: Stores;
  readonly onClose: () => void;
}

/** What would go into a diagnostics bundle, shown with what was taken out of it before it is saved. */
export function BundleDialog({ stores, onClose }: BundleDialogProps): ReactElement {
  const state = useStore(stores.bundle.store);
  const gather = (): void => void stores.bundle.gather(__SILOSCOPE_VERSION__);
  useEffect(() => {
    void stores.bundle.gather(__SILOSCOPE_VERSION__);
    return () => stores.bundle.close();
  }, [stores]);
  const bundle = state.kind === 'ready' ? state.bundle : undefined;
  return (
    <ModalDialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button
            appearance="primary"
            icon={<SaveRegular />}
            disabled={bundle === undefined}
            onClick={() =>
              bundle !== undefined && saveArchive(words.fileName(new Date().toISOString().slice(0, 10)), bundle.archive)
            }
          >
            {words.save}
          </Button>
          <Button disabled={state.kind === 'gathering'} onClick={gather}>
            {words.again}
          </Button>
          <Button onClick={onClose}>{shellWords.close}</Button>
        </>
      }
    >
      <p>{words.what}</p>
      <p>{words.redacted}</p>
      {state.kind === 'faulted' && <FaultPanel fault={wordFault(state.fault)} />}
      <p role="status">
        {state.kind === 'gathering' && words.gathering}
        {bundle !== undefined && totalOf(bundle)}
      </p>
      {state.kind === 'gathering' && <LoadingLines lines={4} />}
      {bundle !== undefined && bundle.unmasked.length > 0 && <p>{wordUnmasked(bundle.unmasked)}</p>}
      {bundle !== undefined && <Contents bundle={bundle} />}
      <p className={dialogs['sub']}>{words.twin}</p>
    </ModalDialog>
  );
}

function Contents({ bundle: { files } }: { readonly bundle: Bundle }): ReactElement {
  const [chosen, setChosen] = useState(files[0]?.name);
  const shown = files.find(({ name }) => name === chosen);
  return (
    <>
      <table className={css['files']} aria-label={words.list}>
        <thead>
          <tr>
            <th scope="col">{words.columns.name}</th>
            <th scope="col">{words.columns.bytes}</th>
            <th scope="col">{words.columns.takenOut}</th>
          </tr>
        </thead>
        <tbody>
          {files.map(({ name, bytes, takenOut }) => (
            <tr key={name}>
              <td>
                <button
                  type="button"
                  className={css['file']}
                  aria-pressed={name === chosen}
                  onClick={() => setChosen(name)}
                >
                  {plainText(name)}
                </button>
              </td>
              <td>{words.size(bytes)}</td>
              <td>{takenOut}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown !== undefined && <RedactedText key={shown.name} name={shown.name} text={shown.content} by={shown.by} />}
    </>
  );
}

function totalOf({ files }: Bundle): string {
  const sum = (of: 'bytes' | 'takenOut'): number => files.reduce((total, file) => total + file[of], 0);
  return words.total(files.length, sum('bytes'), sum('takenOut'));
}
