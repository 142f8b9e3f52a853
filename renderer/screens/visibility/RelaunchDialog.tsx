import type { ReactElement } from 'react';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordFix } from '../../../shared/wording/word-fix.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { plainText } from '../../components/plain-text.ts';
import type { Stores } from '../../stores/stores.ts';
import { volumeName } from './matrix-model.ts';
import { type Relaunch, runRelaunch } from './use-relaunch.ts';

const words = visibilityWords.relaunch;

/** Says what sealing a leak costs before it is done; where it cannot be done in one step, what is left to do. */
export function RelaunchDialog({
  stores,
  relaunch,
  onClose,
}: {
  readonly stores: Stores;
  readonly relaunch: Relaunch;
  readonly onClose: () => void;
}): ReactElement {
  const { container, volume } = relaunch;
  return (
    <ConfirmDialog
      title={words.title}
      confirm={relaunch.by === 'fix' ? words.confirm : words.open}
      onConfirm={() => runRelaunch(stores, relaunch)}
      onClose={onClose}
    >
      {relaunch.by === 'fix' ? (
        <p>{plainText(wordFix(relaunch.fix))}</p>
      ) : (
        <>
          <p>{plainText(words.unknown(container.name))}</p>
          <p>{plainText(words.beside(relaunch.twin.title, container.name, volumeName(volume)))}</p>
        </>
      )}
    </ConfirmDialog>
  );
}
