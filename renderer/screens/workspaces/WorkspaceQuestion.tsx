import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { WorkspaceStatus } from '../../../shared/contract/workspace-status.ts';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import { fileSystemsWords } from '../../../shared/wording/screen-filesystems.ts';
import { workspacesWords as words } from '../../../shared/wording/screen-workspaces.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { plainText, shortName } from '../../components/plain-text.ts';
import type { Stores } from '../../stores/stores.ts';
import { volumeLabel } from '../volume-label.ts';
import css from './WorkspacesPanel.module.css';

const { memory, remote, grace } = fileSystemsWords.confirm;
const NONE: readonly RunningFileSystem[] = [];

export interface WorkspaceQuestionProps {
  readonly stores: Stores;
  readonly status: WorkspaceStatus;
  readonly act: 'stop' | 'remove';
  readonly onClose: () => void;
}

/** Says what a stop of a whole workspace takes along, or what its end does not, before either is done. */
export function WorkspaceQuestion({ stores, status, act, onClose }: WorkspaceQuestionProps): ReactElement {
  const { name, items } = status.workspace;
  const running = useStore(stores.fileSystems.store, asked => (asked.kind === 'known' ? asked.value : NONE));
  if (act === 'remove') {
    return (
      <ConfirmDialog
        title={words.removeTitle(name)}
        confirm={words.remove}
        onConfirm={() => void stores.workspaces.remove(name)}
        onClose={onClose}
      >
        <p>{words.removeText}</p>
      </ConfirmDialog>
    );
  }
  const lost = running.filter(({ container }) => items.some(item => item.name === container.name));
  const isMemory = ({ program }: RunningFileSystem): boolean => program?.startsWith('memfs') === true;
  return (
    <ConfirmDialog
      title={words.stopTitle(name)}
      confirm={words.stop}
      onConfirm={() => void stores.workspaces.stop(name)}
      onClose={onClose}
    >
      <p>{lost.length === 0 ? words.nothingLost : words.lost}</p>
      {lost.length > 0 && (
        <>
          <ul className={css['lost']}>
            {lost.map(({ container, volumes }) => (
              <li key={container.id}>
                <span className={css['name']}>{plainText(shortName(container.name))}</span>{' '}
                {plainText(volumes.map(volumeLabel).join(', '))}
              </li>
            ))}
          </ul>
          {lost.some(isMemory) && <p>{memory}</p>}
          {!lost.every(isMemory) && <p>{remote}</p>}
          <p>{grace}</p>
        </>
      )}
    </ConfirmDialog>
  );
}
