import { Button, Spinner } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { DocumentTextRegular } from '@fluentui/react-icons/svg/document-text';
import { EyeRegular } from '@fluentui/react-icons/svg/eye';
import { HardDriveRegular } from '@fluentui/react-icons/svg/hard-drive';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { StopFilled } from '@fluentui/react-icons/svg/stop';
import { WindowConsoleRegular } from '@fluentui/react-icons/svg/window-console';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import { maskCommandLine } from '../../../shared/domain/secrets.ts';
import { fileSystemsWords } from '../../../shared/wording/screen-filesystems.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordContainerState } from '../../../shared/wording/word-launch.ts';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { FilterBox } from '../../components/FilterBox.tsx';
import { plainText } from '../../components/plain-text.ts';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { EmptyState, LoadingLines } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import type { Stores } from '../../stores/stores.ts';
import { shortReference } from '../image-looks.ts';
import { StaleNote } from '../StaleNote.tsx';
import { useAsked } from '../use-asked.ts';
import { volumeLabel } from '../volume-label.ts';
import css from './FileSystemsScreen.module.css';
import { LogsPane } from './LogsPane.tsx';
import { StopDialog } from './StopDialog.tsx';
import { TerminalPane } from './TerminalPane.tsx';

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

interface Asking {
  readonly fileSystem: RunningFileSystem;
  readonly force: boolean;
}

/** What runs, where it is mounted, and a stop that says what is lost. */
export function FileSystemsScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.fileSystems);
  const stops = useStore(stores.fileSystems.stops);
  const filter = useStore(stores.view.store, view => view.filters.filesystems ?? '');
  const [asking, setAsking] = useState<Asking>();
  const consoleIn = useStore(stores.view.store, view => view.console);
  useEffect(() => () => stores.view.openConsole(undefined), [stores]);
  const known = asked.kind === 'known' ? asked.value : undefined;
  const rows = useMemo(() => known?.filter(row => fits(row, filter)) ?? [], [known, filter]);

  const columns: readonly Column<RunningFileSystem>[] = [
    {
      key: 'name',
      title: words.columns.name,
      width: 'minmax(120px, 1.3fr)',
      render: ({ container, state, volumes }) => (
        <span className={css['two']}>
          <span className={css['name']}>{plainText(container.name)}</span>
          <span className={css['narrow']}>
            <StatusMark tone={TONES[state]} word={wordContainerState(state)} />
            <Volumes volumes={volumes} />
          </span>
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
          <span className={css['sub']}>{plainText(status)}</span>
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
        <span className={css['sub']} title={plainText(container.image)}>
          {plainText(shortReference(container.image))}
        </span>
      ),
    },
    {
      key: 'actions',
      title: words.columns.actions,
      width: 'var(--actions)',
      render: fileSystem => {
        const stop = stops[fileSystem.container.name];
        const [volume] = fileSystem.volumes;
        if (stop?.running === true) return <Spinner size="tiny" label={words.stopping(stop.note)} />;
        return (
          <span className={css['actions']}>
            {volume !== undefined && (
              <Button
                size="small"
                appearance="subtle"
                icon={<EyeRegular />}
                title={words.see}
                aria-label={`${words.see}: ${plainText(fileSystem.container.name)}`}
                onClick={() => {
                  stores.view.select(volume.device, volume.home);
                  stores.view.show('visibility');
                }}
              />
            )}
            <Button
              size="small"
              appearance="subtle"
              icon={<DocumentTextRegular />}
              title={words.logs.open}
              aria-label={words.logs.title(plainText(fileSystem.container.name))}
              onClick={() => {
                stores.view.openConsole(undefined);
                stores.logs.open(fileSystem.container.name);
              }}
            />
            {fileSystem.state === 'running' && (
              <Button
                size="small"
                appearance="subtle"
                icon={<WindowConsoleRegular />}
                title={words.terminal.open}
                aria-label={words.terminal.title(plainText(fileSystem.container.name))}
                onClick={() => {
                  stores.logs.close();
                  stores.view.openConsole(fileSystem.container.name);
                }}
              />
            )}
            <Button
              size="small"
              icon={<StopFilled />}
              aria-label={`${words.stop} ${plainText(fileSystem.container.name)}`}
              title={words.stop}
              onClick={() => setAsking({ fileSystem, force: false })}
            >
              <span className={css['wideText']}>{words.stop}</span>
            </Button>
          </span>
        );
      },
    },
  ];

  const failed = Object.entries(stops).flatMap(([name, { fault }]) => (fault === undefined ? [] : [{ name, fault }]));
  return (
    <ScreenFrame
      title={words.title}
      subtitle={words.subtitle}
      filling
      actions={
        <>
          <FilterBox value={filter} onChange={text => stores.view.filter('filesystems', text)} />
          <Button icon={<ArrowSyncRegular />} onClick={() => void stores.fileSystems.refresh()}>
            {shellWords.refresh}
          </Button>
        </>
      }
    >
      <StaleNote asked={asked} />
      {failed.length > 0 && (
        <div className={css['faults']}>
          {failed.map(({ name, fault }) => {
            const fileSystem = known?.find(({ container }) => container.name === name);
            const force = (): void => fileSystem && setAsking({ fileSystem, force: true });
            return (
              <FaultPanel
                key={name}
                fault={wordFault(fault)}
                actions={[
                  ...(fileSystem === undefined ? [] : [{ label: words.confirm.force, run: force }]),
                  { label: shellWords.close, run: () => stores.fileSystems.dismiss(name) },
                ]}
              />
            );
          })}
        </div>
      )}
      {asked.kind === 'waiting' && <LoadingLines lines={6} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[{ label: shellWords.again, run: () => void stores.fileSystems.refresh() }]}
        />
      )}
      {known?.length === 0 && (
        <EmptyState icon={<HardDriveRegular />} title={words.emptyTitle} text={words.emptyText}>
          <Button appearance="primary" onClick={() => stores.view.show('launch')}>
            {words.emptyAction}
          </Button>
        </EmptyState>
      )}
      {known !== undefined && known.length > 0 && rows.length === 0 && (
        <EmptyState icon={<QuestionCircleRegular />} title={words.noMatch} />
      )}
      {rows.length > 0 && (
        <div className={css['table']}>
          <DataTable label={words.list} columns={columns} rows={rows} keyOf={row => row.container.id} rowPx={52} />
        </div>
      )}
      <LogsPane stores={stores} />
      {consoleIn !== undefined && (
        <TerminalPane
          key={consoleIn}
          stores={stores}
          container={consoleIn}
          onClose={() => stores.view.openConsole(undefined)}
        />
      )}
      {asking !== undefined && (
        <StopDialog
          {...asking}
          onClose={() => setAsking(undefined)}
          onStop={() => void stores.fileSystems.stop(asking.fileSystem.container.name, asking.force)}
        />
      )}
    </ScreenFrame>
  );
}

function Volumes({ volumes }: Pick<RunningFileSystem, 'volumes'>): ReactElement {
  return (
    <span className={css['two']}>
      {volumes.length === 0 && <span className={css['sub']}>{words.noVolumes}</span>}
      {volumes.map(volume => (
        <span key={volume.device} className={css['mono']}>
          {plainText(volumeLabel(volume))}
        </span>
      ))}
    </span>
  );
}

function fits({ container, program, volumes, state }: RunningFileSystem, filter: string): boolean {
  const texts = [container.name, container.image, program ?? '', state, ...volumes.map(volumeLabel)];
  const text = texts.join('\n').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}
