import { Button } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { HardDriveRegular } from '@fluentui/react-icons/svg/hard-drive';
import { type ReactElement, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import { fileSystemsWords } from '../../../shared/wording/screen-filesystems.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { DataTable } from '../../components/DataTable.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { FilterBox } from '../../components/FilterBox.tsx';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { EmptyState, LoadingLines, NoMatch } from '../../components/States.tsx';
import type { Stores } from '../../stores/stores.ts';
import { fitsFilter } from '../fits-filter.ts';
import { StaleNote } from '../StaleNote.tsx';
import { useAsked } from '../use-asked.ts';
import { volumeLabel } from '../volume-label.ts';
import { WorkspacesPanel } from '../workspaces/WorkspacesPanel.tsx';
import { BrokenRelaunches } from './BrokenRelaunches.tsx';
import css from './FileSystemsScreen.module.css';
import { fileSystemColumns } from './file-system-columns.tsx';
import { LogsPane } from './LogsPane.tsx';
import { StopDialog } from './StopDialog.tsx';
import { TerminalPane } from './TerminalPane.tsx';

const words = fileSystemsWords;

/** What runs, where it is mounted, and a stop that says what is lost. */
export function FileSystemsScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.fileSystems);
  const stops = useStore(stores.fileSystems.stops);
  const filter = useStore(stores.view.store, view => view.filters.filesystems ?? '');
  const stopping = useStore(stores.view.store, view => view.stopping);
  const consoleIn = useStore(stores.view.store, view => view.console);
  useEffect(
    () => () => {
      stores.view.openConsole(undefined);
      stores.view.askStop(undefined);
    },
    [stores],
  );
  const known = asked.kind === 'known' ? asked.value : undefined;
  const rows = useMemo(() => {
    const fits = fitsFilter(filter);
    return known?.filter(row => fits(textOf(row))) ?? [];
  }, [known, filter]);

  const columns = useMemo(
    () =>
      fileSystemColumns(stores, ({ container }) => stores.view.askStop({ container: container.name, force: false })),
    [stores],
  );

  const toStop = known?.find(({ container }) => container.name === stopping?.container);
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
      <BrokenRelaunches stores={stores} />
      <WorkspacesPanel stores={stores} />
      {failed.length > 0 && (
        <div className={css['faults']}>
          {failed.map(({ name, fault }) => {
            const fileSystem = known?.find(({ container }) => container.name === name);
            const ask = (force: boolean) => (): void => stores.view.askStop({ container: name, force });
            const isThere = fileSystem !== undefined;
            // Force is no answer to a host that cannot be asked.
            const canForce = isThere && fault.code !== 'host-unreachable' && fault.code !== 'engine-unreachable';
            return (
              <FaultPanel
                key={name}
                fault={wordFault(fault)}
                actions={[
                  ...(isThere ? [{ label: shellWords.again, run: ask(false) }] : []),
                  ...(canForce ? [{ label: words.confirm.force, run: ask(true) }] : []),
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
        <NoMatch title={words.noMatch} onClear={() => stores.view.filter('filesystems', '')} />
      )}
      {rows.length > 0 && (
        <div className={css['table']}>
          <DataTable label={words.list} columns={columns} rows={rows} keyOf={idOf} rowPx={52} />
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
      {stopping !== undefined && toStop !== undefined && (
        <StopDialog
          fileSystem={toStop}
          force={stopping.force}
          onClose={() => stores.view.askStop(undefined)}
          onStop={() => void stores.fileSystems.stop(stopping.container, stopping.force)}
        />
      )}
    </ScreenFrame>
  );
}

const texts = new WeakMap<RunningFileSystem, string>();

/** What a filter looks for, made once for each row: rows that did not change stay the same objects. */
function textOf(row: RunningFileSystem): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const { container, program, volumes, state } = row;
  const parts = [container.name, container.image, program ?? '', state, ...volumes.map(volumeLabel)];
  const text = parts.join('\n').toLowerCase();
  texts.set(row, text);
  return text;
}

const idOf = ({ container }: RunningFileSystem): string => container.id;
