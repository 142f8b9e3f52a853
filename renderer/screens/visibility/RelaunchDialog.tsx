import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordFix } from '../../../shared/wording/word-fix.ts';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { plainText } from '../../components/plain-text.ts';
import { volumeName } from './matrix-model.ts';
import type { Relaunch } from './use-relaunch.ts';

const words = visibilityWords.relaunch;

/** Says what sealing a leak costs before it is done. */
export function RelaunchDialog({
  relaunch,
  onClose,
}: {
  readonly relaunch: Relaunch;
  readonly onClose: () => void;
}): ReactElement {
  const { container, twin, volume, fix } = relaunch;
  return (
    <ModalDialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          <Button
            appearance="primary"
            onClick={() => {
              onClose();
              void relaunch.run();
            }}
          >
            {words.confirm}
          </Button>
          <Button onClick={onClose}>{shellWords.cancel}</Button>
        </>
      }
    >
      {fix === undefined ? (
        <>
          <p>{plainText(words.lost(container.name, volumeName(volume)))}</p>
          <p>{words.next(twin.title)}</p>
        </>
      ) : (
        <p>{plainText(wordFix(fix))}</p>
      )}
    </ModalDialog>
  );
}
