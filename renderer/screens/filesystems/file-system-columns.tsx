import { Spinner } from '@fluentui/react-components';
import { DocumentTextRegular } from '@fluentui/react-icons/svg/document-text';
import { EyeRegular } from '@fluentui/react-icons/svg/eye';
import { StopFilled } from '@fluentui/react-icons/svg/stop';
import { WindowConsoleRegular } from '@fluentui/react-icons/svg/window-console';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import { maskCommandLine } from '../../../shared/domain/secrets.ts';
import { fileSystemsWords } from '../../../shared/wording/screen-filesystems.ts';
import { wordExited } from '../../../shared/wording/word-exit.ts';
import { wordContainerState } from '../../../shared/wording/word-launch.ts';
import type { Column } from '../../components/DataTable.tsx';
import { plainText } from '../../components/plain-text.ts';
import { RowButton } from '../../components/RowButton.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import type { Stores } from '../../stores/stores.ts';
import { shortReference } from '../image-looks.ts';
import { volumeLabel } from '../volume-label.ts';
import css from './FileSystemsScreen.module.css';

const words = fileSystemsWords;
const TONES: Readonly<Record<RunningFileSystem['state'], Tone>> = {
  running: 'good',
  exited: 'muted',
  created: 'muted',
  restarting: 'busy',
  paused: 'warning',
  dead: 'bad',
  removing: 'busy',
};

/** What the table of file systems shows. `onStop` is to ask before it stops. */
export function fileSystemColumns(
  stores: Stores,
  onStop: (fileSystem: RunningFileSystem) => void,
): readonly Column<RunningFileSystem>[] {
  return [
    {
      key: 'name',
      title: words.columns.name,
      width: 'minmax(120px, 1.3fr)',
      render: ({ container, state, volumes }, isNarrow) => (
        <span className={css['two']}>
          <span className={`${css['name']} clamp`} title={plainText(container.name)}>
            {plainText(container.name)}
          </span>
          {isNarrow && (
            <span className={css['narrow']}>
              <StatusMark tone={TONES[state]} word={wordContainerState(state)} />
              <Volumes volumes={volumes} />
            </span>
          )}
          <span className={css['sub']}>{container.managed ? words.managed : words.foreign}</span>
        </span>
      ),
    },
    {
      key: 'state',
      title: words.columns.state,
      width: 'minmax(110px, 1fr)',
      wideOnly: true,
      render: ({ state, status }) => (
        <span className={css['two']}>
          <StatusMark tone={TONES[state]} word={wordContainerState(state)} />
          <span className={css['sub']} title={wordExited(status) ?? plainText(status)}>
            {plainText(status)}
            {wordExited(status) !== undefined && `: ${wordExited(status)}`}
          </span>
        </span>
      ),
    },
    {
      key: 'program',
      title: words.columns.program,
      width: 'minmax(110px, 1fr)',
      wideOnly: true,
      render: ({ program, commandLine }) => (
        <span title={plainText(maskCommandLine(commandLine))}>{program ?? words.unknownProgram}</span>
      ),
    },
    {
      key: 'volumes',
      title: words.columns.volumes,
      width: 'minmax(120px, 1.4fr)',
      wideOnly: true,
      render: ({ volumes }) => <Volumes volumes={volumes} />,
    },
    {
      key: 'image',
      title: words.columns.image,
      width: 'minmax(140px, 1.6fr)',
      wideOnly: true,
      render: ({ container }) => (
        <span className={`${css['sub']} clamp`} title={plainText(container.image)}>
          {plainText(shortReference(container.image))}
        </span>
      ),
    },
    {
      key: 'actions',
      title: words.columns.actions,
      width: 'var(--actions, 190px)',
      render: fileSystem => <Actions stores={stores} fileSystem={fileSystem} onStop={onStop} />,
    },
  ];
}

function Volumes({ volumes }: Pick<RunningFileSystem, 'volumes'>): ReactElement {
  return (
    <span className={css['two']}>
      {volumes.length === 0 && <span className={css['sub']}>{words.noVolumes}</span>}
      {volumes.map(volume => (
        <span key={volume.device} className={`${css['mono']} clamp`} title={plainText(volumeLabel(volume))}>
          {plainText(volumeLabel(volume))}
        </span>
      ))}
    </span>
  );
}

interface ActionsProps {
  readonly stores: Stores;
  readonly fileSystem: RunningFileSystem;
  readonly onStop: (fileSystem: RunningFileSystem) => void;
}

function Actions({ stores, fileSystem, onStop }: ActionsProps): ReactElement {
  const name = plainText(fileSystem.container.name);
  const stop = useStore(stores.fileSystems.stops, stops => stops[fileSystem.container.name]);
  const [volume] = fileSystem.volumes;
  if (stop?.running === true) return <Spinner size="tiny" label={words.stopping(stop.note)} />;
  return (
    <span className={css['actions']}>
      {volume === undefined ? (
        <span />
      ) : (
        <RowButton
          icon={<EyeRegular />}
          title={words.see}
          label={`${words.see}: ${name}`}
          onClick={() => {
            stores.view.select(volume.device, volume.home);
            stores.view.show('visibility');
          }}
        />
      )}
      <RowButton
        icon={<DocumentTextRegular />}
        title={words.logs.open}
        label={words.logs.title(name)}
        onClick={() => {
          stores.view.openConsole(undefined);
          stores.logs.open(fileSystem.container.name);
        }}
      />
      {fileSystem.state !== 'running' ? (
        <span />
      ) : (
        <RowButton
          icon={<WindowConsoleRegular />}
          title={words.terminal.open}
          label={words.terminal.title(name)}
          onClick={() => {
            stores.logs.close();
            stores.view.openConsole(fileSystem.container.name);
          }}
        />
      )}
      <RowButton
        icon={<StopFilled />}
        label={`${words.stop} ${name}`}
        title={words.stop}
        onClick={() => onStop(fileSystem)}
      >
        <span className={css['wideText']}>{words.stop}</span>
      </RowButton>
    </span>
  );
}
