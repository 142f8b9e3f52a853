import { Button } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import { fileSystemsWords } from '../../../shared/wording/screen-filesystems.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { ModalDialog } from '../../components/ModalDialog.tsx';
import { plainText, shortName } from '../../components/plain-text.ts';
import { volumeLabel } from '../volume-label.ts';
import css from './FileSystemsScreen.module.css';

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
      title={words.title(shortName(container.name))}
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
      <p>{volumes.length === 0 ? words.noVolume : words.lost}</p>
      {volumes.length > 0 && (
        <ul className={css['lost']}>
          {volumes.map(volume => (
            <li key={volume.device}>{plainText(volumeLabel(volume))}</li>
          ))}
        </ul>
      )}
      <p>{program?.startsWith('memfs') === true ? words.memory : words.remote}</p>
      {!container.managed && <p>{words.foreign}</p>}
      <p>{words.grace}</p>
    </ModalDialog>
  );
}
