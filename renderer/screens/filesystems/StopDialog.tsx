import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import { fileSystemsWords } from '../../../shared/wording/screen-filesystems.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { plainText } from '../../components/plain-text.ts';
import { volumeLabel } from '../volume-label.ts';

const words = fileSystemsWords.confirm;

export interface StopDialogProps {
  readonly fileSystem: RunningFileSystem;
  readonly force: boolean;
  readonly onStop: () => void;
  readonly onClose: () => void;
}

/** Says what is lost before a file system is stopped. */
export function StopDialog({ fileSystem, force, onStop, onClose }: StopDialogProps): ReactElement {
  const { container, program, volumes } = fileSystem;
  return (
    <ModalDialog
      title={words.title(plainText(container.name))}
      onClose={onClose}
      actions={
        <>
          <Button
            appearance="primary"
            onClick={() => {
              onClose();
              onStop();
            }}
          >
            {force ? words.force : words.stop}
          </Button>
          <Button onClick={onClose}>{shellWords.cancel}</Button>
        </>
      }
    >
      <p>{plainText(words.lost(volumes.map(volumeLabel)))}</p>
      <p>{program?.startsWith('memfs') === true ? words.memory : words.remote}</p>
      {!container.managed && <p>{words.foreign}</p>}
      <p>{words.grace}</p>
    </ModalDialog>
  );
}
