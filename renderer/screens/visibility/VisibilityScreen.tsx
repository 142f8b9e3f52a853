import { Button, Spinner, Tab, TabList, Tooltip } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { BoxRegular } from '@fluentui/react-icons/svg/box';
import { CloudRegular } from '@fluentui/react-icons/svg/cloud';
import { DesktopRegular } from '@fluentui/react-icons/svg/desktop';
import { EyeFilled } from '@fluentui/react-icons/svg/eye';
import { HardDriveRegular } from '@fluentui/react-icons/svg/hard-drive';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { RadarRegular } from '@fluentui/react-icons/svg/radar';
import { lazy, type ReactElement, Suspense, useCallback, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { elevationScreenWords } from '../../../shared/wording/screen-elevation.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordElevationStep } from '../../../shared/wording/word-elevation.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { FilterBox } from '../../components/FilterBox.tsx';
import type { GridPlace } from '../../components/grid-keys.ts';
import { KnownErrors } from '../../components/KnownError.tsx';
import { type MatrixCell, MatrixGrid, type MatrixHead } from '../../components/MatrixGrid.tsx';
import { plainText } from '../../components/plain-text.ts';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { EmptyState, LoadingLines, NoMatch } from '../../components/States.tsx';
import type { Stores } from '../../stores/stores.ts';
import { StaleNote } from '../StaleNote.tsx';
import { useAsked } from '../use-asked.ts';
import { useElevation } from '../use-elevation.ts';
import { cellTip } from './cell-tip.ts';
import { CELL_LOOKS } from './cell-view.tsx';
import { EvidencePane } from './EvidencePane.tsx';
import { Findings } from './Findings.tsx';
import { gapErrors, gapText } from './gap-texts.ts';
import { layOutMap, mapInWords } from './map-model.ts';
import { cellOf, cellWord, layOutMatrix, namespaceName, volumeName } from './matrix-model.ts';
import { RelaunchDialog } from './RelaunchDialog.tsx';
import { type Relaunch, useRelaunch } from './use-relaunch.ts';
import css from './VisibilityScreen.module.css';

const SiloMap = lazy(() => import('../../components/SiloMap.tsx').then(part => ({ default: part.SiloMap })));
const words = visibilityWords;

/** Which volume can be seen from where, how well that is known, and what to do about it. */
export function VisibilityScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.inspection);
  const deep = useStore(stores.inspection.deep);
  const filter = useStore(stores.view.store, view => view.filters.visibility ?? '');
  const isEmpty = asked.kind === 'known' && asked.value.volumes.length === 0;
  const actions =
    deep.running !== undefined ? (
      <>
        <Spinner size="tiny" label={words.looking[deep.running]} />
        <Button onClick={() => stores.inspection.cancel()}>{words.stopLooking}</Button>
      </>
    ) : isEmpty ? (
      <Button icon={<ArrowSyncRegular />} onClick={() => void stores.inspection.look('look')}>
        {shellWords.refresh}
      </Button>
    ) : (
      <>
        <FilterBox value={filter} onChange={text => stores.view.filter('visibility', text)} />
        <Button icon={<ArrowSyncRegular />} onClick={() => void stores.inspection.look('look')}>
          {shellWords.refresh}
        </Button>
        <Tooltip content={words.probeHint} relationship="description">
          <Button icon={<RadarRegular />} onClick={() => void stores.inspection.look('probe')}>
            {words.probe}
          </Button>
        </Tooltip>
        <Tooltip content={words.canaryHint} relationship="description">
          <Button appearance="primary" onClick={() => void stores.inspection.look('canary')}>
            {words.canary}
          </Button>
        </Tooltip>
      </>
    );
  return (
    <ScreenFrame title={words.title} subtitle={words.subtitle} actions={actions} filling>
      {deep.fault !== undefined && (
        <div className={css['note']}>
          <FaultPanel fault={wordFault(deep.fault)} />
        </div>
      )}
      {asked.kind === 'waiting' && <LoadingLines lines={8} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[{ label: shellWords.again, run: () => void stores.inspection.refresh() }]}
        />
      )}
      {asked.kind === 'known' && (
        <>
          <StaleNote asked={asked} />
          <Known stores={stores} inspection={asked.value} filter={filter} />
        </>
      )}
    </ScreenFrame>
  );
}

interface KnownProps {
  readonly stores: Stores;
  readonly inspection: Inspection;
  readonly filter: string;
}

function Known({ stores, inspection, filter }: KnownProps): ReactElement {
  const tab = useStore(stores.view.store, view => view.visibilityTab);
  const selected = useStore(stores.view.store, view => view.selected);
  const [confirming, setConfirming] = useState<Relaunch>();
  const volume = inspection.volumes.find(({ device }) => device === selected?.device);
  const relaunch = useRelaunch(stores, inspection, volume);
  const count = (verdict: string): number => inspection.volumes.filter(other => other.verdict === verdict).length;

  if (inspection.volumes.length === 0) return <NoVolumes stores={stores} inspection={inspection} />;
  return (
    <>
      <div className={css['bar']}>
        <TabList
          size="small"
          selectedValue={tab}
          onTabSelect={(_event, { value }) => stores.view.tab(value === 'map' ? 'map' : 'matrix')}
        >
          <Tab value="matrix">{words.tabs.matrix}</Tab>
          <Tab value="map">{words.tabs.map}</Tab>
        </TabList>
        <span className={css['summary']} role="status">
          {words.summary(inspection.volumes.length, count('leaked'), count('unknown'))}
        </span>
      </div>
      <Gaps stores={stores} inspection={inspection} />
      <div className={css['split']}>
        <div className={`${css['picture']} ${tab === 'map' ? css['tall'] : ''}`}>
          {tab === 'matrix' ? (
            <Matrix stores={stores} inspection={inspection} filter={filter} />
          ) : (
            <MapAndWords stores={stores} inspection={inspection} />
          )}
        </div>
        <EvidencePane
          inspection={inspection}
          volume={volume}
          namespace={selected?.namespace}
          onRelaunch={relaunch === undefined ? undefined : () => setConfirming(relaunch)}
          stores={stores}
          onChoose={device => stores.view.select(device)}
        />
      </div>
      {confirming !== undefined && (
        <RelaunchDialog stores={stores} relaunch={confirming} onClose={() => setConfirming(undefined)} />
      )}
    </>
  );
}

/** Nothing was found: either there is nothing, or not everybody could be asked. Only the first is called so. */
function NoVolumes({ stores, inspection }: Omit<KnownProps, 'filter'>): ReactElement {
  const isSure = inspection.gaps.length === 0;
  return (
    <div className={css['none']}>
      <EmptyState
        icon={<HardDriveRegular />}
        title={isSure ? words.emptyTitle : words.unsureTitle}
        text={isSure ? words.emptyText : words.unsureText}
      >
        <Button appearance="primary" onClick={() => stores.view.show('launch')}>
          {words.emptyAction}
        </Button>
      </EmptyState>
      <Gaps stores={stores} inspection={inspection} />
      {inspection.findings.length > 0 && (
        <Findings stores={stores} inspection={inspection} findings={inspection.findings} onChoose={undefined} />
      )}
    </div>
  );
}

/** Things that could not be asked that are written out. */
const MOST_GAPS = 100;

function Gaps({ stores, inspection }: Omit<KnownProps, 'filter'>): ReactElement | null {
  const elevation = useElevation(stores);
  const lacking = inspection.gaps.some(({ needs }) => needs === 'elevation');
  if (inspection.gaps.length === 0) return null;
  const told = inspection.gaps.slice(0, MOST_GAPS);
  const raw = told.map(gap => gapText(inspection, gap));
  const more = inspection.gaps.length - MOST_GAPS;
  return (
    <div className={css['note']}>
      <FaultPanel
        fault={{
          title: words.gaps(inspection.gaps.length),
          raw: [...raw, ...(more > 0 ? [words.moreGaps(more)] : [])].join('\n'),
          ...(lacking && elevation.because !== undefined ? { next: wordElevationStep(elevation.because) } : {}),
        }}
        actions={
          elevation.possible && lacking
            ? [
                {
                  label: elevationScreenWords.lookAgain,
                  run: () => void stores.inspection.lookElevated(),
                  prompts: elevation.prompts,
                },
              ]
            : []
        }
      />
      <KnownErrors errors={gapErrors(inspection, told)} />
    </div>
  );
}

const NAMESPACE_ICONS = { host: <DesktopRegular />, silo: <BoxRegular />, vm: <CloudRegular /> } as const;
const VERDICT_ICONS = {
  leaked: <EyeFilled color="var(--tone-leak)" />,
  private: <LockClosedRegular color="var(--tone-good)" />,
  unknown: <QuestionCircleRegular />,
} as const;

function Matrix({ stores, inspection, filter }: KnownProps): ReactElement {
  const selected = useStore(stores.view.store, view => view.selected);
  const layout = useMemo(() => layOutMatrix(inspection, filter), [inspection, filter]);
  const rows = useMemo(
    (): readonly MatrixHead[] =>
      layout.volumes.map(volume => ({
        key: volume.device,
        main: volumeName(volume),
        sub: [
          words.verdicts[volume.verdict],
          words.kinds[volume.kind],
          volume.mountPoints.join(' '),
          namespaceName(inspection, volume.home),
        ]
          .filter(text => text !== '')
          .join(' · '),
        icon: VERDICT_ICONS[volume.verdict],
      })),
    [layout, inspection],
  );
  const columns = useMemo(
    (): readonly MatrixHead[] =>
      layout.namespaces.map(namespace => ({
        key: namespace.id,
        main: namespace.label,
        sub:
          namespace.kind === 'host'
            ? inspection.host.facts.machineName
            : namespace.siloId === undefined
              ? words.namespaceKinds[namespace.kind]
              : words.silo(namespace.siloId),
        icon: NAMESPACE_ICONS[namespace.kind],
      })),
    [layout, inspection],
  );
  const cell = (row: number, column: number): MatrixCell => {
    const volume = layout.volumes[row];
    const namespace = layout.namespaces[column];
    const found = volume === undefined || namespace === undefined ? undefined : cellOf(volume, namespace.id);
    const word = volume === undefined || namespace === undefined ? 'unknown' : cellWord(volume, namespace.id, found);
    return {
      ...CELL_LOOKS[word],
      word: words.cells[word],
      evidence: found?.evidence ?? { rank: 'not-tested', ground: 'inferred' },
    };
  };
  const lookAt = (depth: 'probe' | 'canary') => (place: GridPlace) => {
    const device = layout.volumes[place.row]?.device;
    const namespace = layout.namespaces[place.column]?.id;
    if (device !== undefined) void stores.inspection.lookAt({ device, namespace }, depth);
  };
  if (layout.volumes.length === 0) {
    return <NoMatch title={words.noMatch} onClear={() => stores.view.filter('visibility', '')} />;
  }
  const row = layout.volumes.findIndex(({ device }) => device === selected?.device);
  const column = layout.namespaces.findIndex(({ id }) => id === selected?.namespace);
  return (
    <MatrixGrid
      label={words.grid}
      corner={words.volume}
      rows={rows}
      columns={columns}
      cell={cell}
      selected={row < 0 || column < 0 ? undefined : { row, column }}
      keys={{ p: lookAt('probe'), c: lookAt('canary') }}
      tip={place => {
        const volume = layout.volumes[place.row];
        const namespace = layout.namespaces[place.column];
        return volume === undefined || namespace === undefined ? [] : cellTip(inspection, volume, namespace.id);
      }}
      onSelect={place => {
        const device = layout.volumes[place.row]?.device;
        stores.view.select(device, layout.namespaces[place.column]?.id);
      }}
    />
  );
}

function MapAndWords({ stores, inspection }: Omit<KnownProps, 'filter'>): ReactElement {
  const chosen = useStore(stores.view.store, view => view.selected?.device);
  const layout = useMemo(() => layOutMap(inspection), [inspection]);
  const sentences = useMemo(() => mapInWords(inspection), [inspection]);
  const choose = useCallback((device: string) => stores.view.select(device), [stores]);
  const drawn = useMemo(
    () => ({
      rooms: layout.rooms.map(({ namespace, volumes, ...box }) => ({
        ...box,
        id: namespace.id,
        kind: namespace.kind,
        label: namespace.label,
        lit: layout.lines.some(({ room, kind }) => room === namespace.id && kind === 'registers'),
        chips: volumes.map(volume => ({
          device: volume.device,
          name: volumeName(volume),
          verdict: volume.verdict,
        })),
      })),
      lines: layout.lines.map(({ rank, ...line }) => ({
        ...line,
        predicted: rank === 'rule' || rank === 'not-tested',
      })),
    }),
    [layout],
  );
  return (
    <>
      <Suspense fallback={<LoadingLines lines={8} />}>
        <SiloMap
          rooms={drawn.rooms}
          mup={layout.mup}
          lines={drawn.lines}
          chosen={chosen}
          dark={document.documentElement.dataset['theme'] === 'dark'}
          onChoose={choose}
        />
      </Suspense>
      <section className={css['words']} aria-label={words.map.inWords}>
        <h2>{words.map.inWords}</h2>
        <ul>
          {sentences.map(sentence => (
            <li key={sentence.device}>
              <button
                type="button"
                className={`${css['sentence']} ${css[sentence.verdict]}`}
                aria-pressed={sentence.device === chosen}
                onClick={() => stores.view.select(sentence.device)}
              >
                {VERDICT_ICONS[sentence.verdict]}
                <span className="clamp" title={plainText(words.map.sentence(sentence))}>
                  {plainText(words.map.sentence(sentence))}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
