import type { ReactElement } from 'react';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import { fileSystemsWords } from '../../../shared/wording/screen-filesystems.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
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
    <ConfirmDialog
      title={words.title(shortName(container.name))}
      confirm={force ? words.force : words.stop}
      onConfirm={onStop}
      onClose={onClose}
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
    </ConfirmDialog>
  );
}
