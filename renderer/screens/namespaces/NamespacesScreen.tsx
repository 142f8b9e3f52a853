import { Button, Checkbox } from '@fluentui/react-components';
import { BranchForkRegular } from '@fluentui/react-icons/svg/branch-fork';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { CircleSmallRegular } from '@fluentui/react-icons/svg/circle-small';
import { LinkRegular } from '@fluentui/react-icons/svg/link';
import { OrganizationRegular } from '@fluentui/react-icons/svg/organization';
import { type ReactElement, useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { type DiffMark, isDifference, type MarkedEntry, markEntries } from '../../../shared/domain/compare-listings.ts';
import type { Namespace } from '../../../shared/domain/namespace.ts';
import { childPath } from '../../../shared/domain/object-entry.ts';
import { elevationScreenWords } from '../../../shared/wording/screen-elevation.ts';
import { namespacesWords } from '../../../shared/wording/screen-namespaces.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { FilterBox } from '../../components/FilterBox.tsx';
import { plainText } from '../../components/plain-text.ts';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { SiloSources } from '../../components/SiloSources.tsx';
import { EmptyState, LoadingLines } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import { type Pane, type Place, START } from '../../stores/namespaces-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { useAsked } from '../use-asked.ts';
import { useElevation } from '../use-elevation.ts';
import { NameSearch } from './NameSearch.tsx';
import css from './NamespacesScreen.module.css';
import { ObjectTarget } from './ObjectTarget.tsx';
import { PlaceForm } from './PlaceForm.tsx';

const words = namespacesWords;
const MARKS: Readonly<Record<DiffMark, { readonly tone: Tone; readonly icon: ReactElement }>> = {
  same: { tone: 'muted', icon: <CheckmarkRegular /> },
  linked: { tone: 'busy', icon: <LinkRegular /> },
  'only-here': { tone: 'leak', icon: <CircleSmallRegular /> },
  'other-type': { tone: 'warning', icon: <BranchForkRegular /> },
  'other-target': { tone: 'warning', icon: <BranchForkRegular /> },
};

const NO_SILOS: readonly Namespace[] = [];

const MARK_COLUMN: Column<MarkedEntry> = {
  key: 'mark',
  title: words.columns.mark,
  width: 'minmax(124px, 1.2fr)',
  render: ({ mark }) => (mark === undefined ? null : <StatusMark {...MARKS[mark]} word={words.marks[mark]} />),
};

const isSamePlace = (one: Place, other: Place): boolean =>
  one.in === other.in && one.at === other.at && one.path.toLowerCase() === other.path.toLowerCase();

/** Two directories of object namespaces and what tells them apart. */
export function NamespacesScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const snapshot = useAsked(stores.snapshot);
  const filter = useStore(stores.view.store, view => view.filters.namespaces ?? '');
  const elevation = useElevation(stores);
  const inspection = useStore(stores.inspection.store);
  const silos = inspection.kind === 'known' ? inspection.value.namespaces : NO_SILOS;
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const [wantsSecond, setWantsSecond] = useState(false);
  const leftPlace = useStore(stores.namespaces.left.place);
  const rightPlace = useStore(stores.namespaces.right.place);
  const left = useAsked(stores.namespaces.left);
  const right = useAsked(stores.namespaces.right);
  const containers = useMemo(
    () =>
      snapshot.kind === 'known'
        ? snapshot.value.fileSystems.filter(({ state }) => state === 'running').map(({ container }) => container)
        : [],
    [snapshot],
  );
  const names = useMemo(() => containers.map(({ name }) => name), [containers]);
  // The host beside the first silo is what most people come to compare; a Hyper-V container has no namespace to show.
  const first = containers.find(({ isolation }) => isolation === 'process')?.name;
  const areSame = isSamePlace(leftPlace, rightPlace);
  const isAlone = snapshot.kind === 'known' && first === undefined && !wantsSecond && isSamePlace(rightPlace, START);
  useEffect(() => {
    const { right: pane } = stores.namespaces;
    if (first !== undefined && pane.place.getState().in === undefined && pane.place.getState().path === '\\Device') {
      pane.go({ in: first });
    }
  }, [stores, first]);

  const leftListing = left.kind === 'known' ? left.value : undefined;
  const rightListing = right.kind === 'known' ? right.value : undefined;
  const marked = useMemo(
    () => ({
      left: leftListing && markEntries(leftListing, isAlone ? undefined : rightListing),
      right: rightListing && markEntries(rightListing, leftListing),
    }),
    [leftListing, rightListing, isAlone],
  );
  const showVolume = useCallback(
    (device: string): void => {
      stores.view.select(device);
      stores.view.show('visibility');
    },
    [stores],
  );
  const differs = ({ mark }: MarkedEntry): boolean => isDifference(mark);
  const differences =
    (marked.left?.filter(differs).length ?? 0) + (marked.right?.filter(({ mark }) => mark === 'only-here').length ?? 0);
  const keep = (entry: MarkedEntry): boolean =>
    (isAlone || !onlyDifferences || differs(entry)) &&
    `${entry.name}\n${entry.type}\n${entry.target ?? ''}`.toLowerCase().includes(filter.toLowerCase());

  return (
    <ScreenFrame
      title={words.title}
      subtitle={words.subtitle}
      filling
      actions={<FilterBox value={filter} onChange={text => stores.view.filter('namespaces', text)} />}
    >
      {isAlone ? (
        <div className={css['bar']}>
          <span role="status">{words.alone}</span>
          <Button size="small" onClick={() => setWantsSecond(true)}>
            {words.second}
          </Button>
        </div>
      ) : (
        <div className={css['bar']}>
          <Checkbox
            label={words.onlyDifferences}
            checked={onlyDifferences}
            onChange={(_event, { checked }) => setOnlyDifferences(checked === true)}
          />
          {marked.left !== undefined && marked.right !== undefined && (
            <span role="status">{areSame ? words.samePlace : words.diff(differences)}</span>
          )}
        </div>
      )}
      <NameSearch stores={stores} />
      <div className={isAlone ? `${css['panes']} ${css['alone']}` : css['panes']}>
        <PaneView
          label={words.left}
          pane={stores.namespaces.left}
          elevation={elevation}
          containers={names}
          entries={marked.left}
          silos={silos}
          earlier={leftListing?.earlier ?? []}
          onVolume={showVolume}
          keep={keep}
          isAlone={isAlone}
        />
        {!isAlone && (
          <PaneView
            label={words.right}
            pane={stores.namespaces.right}
            elevation={elevation}
            containers={names}
            entries={marked.right}
            silos={silos}
            earlier={rightListing?.earlier ?? []}
            onVolume={showVolume}
            keep={keep}
          />
        )}
      </div>
    </ScreenFrame>
  );
}

interface PaneViewProps {
  readonly label: string;
  readonly pane: Pane;
  readonly elevation: { readonly possible: boolean; readonly prompts: boolean };
  readonly containers: readonly string[];
  readonly entries: readonly MarkedEntry[] | undefined;
  /** As the last inspection found them. */
  readonly silos: readonly Namespace[];
  /** Times at which it was otherwise, oldest first. */
  readonly earlier: readonly string[];
  readonly onVolume: (device: string) => void;
  readonly keep: (entry: MarkedEntry) => boolean;
  /** There is no other to compare it with. */
  readonly isAlone?: boolean;
}

function PaneView({
  label,
  pane,
  elevation,
  containers,
  entries,
  silos,
  earlier,
  onVolume,
  keep,
  isAlone = false,
}: PaneViewProps): ReactElement {
  const asked = useStore(pane.store);
  const place = useStore(pane.place);
  const shown = entries?.filter(keep) ?? [];
  const silo = place.in === undefined ? undefined : silos.find(({ container }) => container?.name === place.in);
  const columns: readonly Column<MarkedEntry>[] = [
    {
      key: 'name',
      title: words.columns.name,
      width: 'minmax(96px, 1.5fr)',
      render: ({ name, type }) => (
        <>
          {type === 'Directory' ? (
            <button
              type="button"
              className={css['dir']}
              aria-label={words.open(name)}
              onClick={() => pane.go({ path: childPath(place.path, name) })}
            >
              {plainText(name)}
            </button>
          ) : (
            <span className={css['mono']}>{plainText(name)}</span>
          )}
          {/* It tells private from leaked: where it has no column of its own it stands here. */}
          <span className={css['typeBelow']}>{plainText(type)}</span>
        </>
      ),
    },
    { key: 'type', title: words.columns.type, width: '96px', wideOnly: true, render: ({ type }) => plainText(type) },
    {
      key: 'target',
      title: words.columns.target,
      width: 'minmax(88px, 1.6fr)',
      render: entry => <ObjectTarget entry={entry} directory={place.path} pane={pane} onVolume={onVolume} />,
    },
    ...(isAlone ? [] : [MARK_COLUMN]),
  ];
  return (
    <section className={css['pane']} aria-label={label}>
      <PlaceForm
        key={`${place.in} ${place.path}`}
        pane={pane}
        elevation={elevation}
        containers={containers}
        earlier={earlier}
      />
      {asked.kind === 'waiting' && <LoadingLines lines={6} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[
            ...(asked.fault.code === 'access-denied' && asked.fault.elevation !== undefined && elevation.possible
              ? [{ label: elevationScreenWords.lookAgain, run: () => pane.goElevated(), prompts: elevation.prompts }]
              : []),
            { label: shellWords.again, run: () => void pane.refresh() },
          ]}
        />
      )}
      {entries !== undefined && shown.length === 0 && (
        <EmptyState
          icon={<OrganizationRegular />}
          title={entries.length === 0 ? words.emptyTitle : words.noMatch}
          {...(entries.length === 0 ? { text: words.emptyText } : {})}
        />
      )}
      {shown.length > 0 && (
        <DataTable
          label={words.list(place.in ?? words.host, place.path)}
          columns={columns}
          rows={shown}
          keyOf={entry => entry.name}
          isMarked={({ mark }) => mark === 'only-here'}
          rowPx={32}
        />
      )}
      {/* Below, so that the two tables stand beside each other. */}
      {silo?.sources !== undefined && silo.sources.length > 0 && (
        <SiloSources title={words.silo(silo.label, silo.siloId)} sources={silo.sources} />
      )}
    </section>
  );
}
