import { Button, Spinner, Tab, TabList, Tooltip } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { HardDriveRegular } from '@fluentui/react-icons/svg/hard-drive';
import { RadarRegular } from '@fluentui/react-icons/svg/radar';
import { type ReactElement, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { countLeaks } from '../../../shared/domain/expected-verdict.ts';
import type { Inspection } from '../../../shared/domain/inspection.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { visibilityWords } from '../../../shared/wording/screen-visibility.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { FilterBox } from '../../components/FilterBox.tsx';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { EmptyState, LoadingLines } from '../../components/States.tsx';
import type { Stores } from '../../stores/stores.ts';
import { StaleNote } from '../StaleNote.tsx';
import { useAsked } from '../use-asked.ts';
import { EvidencePane } from './EvidencePane.tsx';
import { Findings } from './Findings.tsx';
import { GapsNote } from './GapsNote.tsx';
import { RelaunchDialog } from './RelaunchDialog.tsx';
import { type Relaunch, useRelaunch } from './use-relaunch.ts';
import { VisibilityMap } from './VisibilityMap.tsx';
import { VisibilityMatrix } from './VisibilityMatrix.tsx';
import css from './VisibilityScreen.module.css';

const words = visibilityWords;

/** Which volume can be seen from where, how well that is known, and what to do about it. */
export function VisibilityScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.inspection);
  const deep = useStore(stores.inspection.deep);
  const filter = useStore(stores.view.store, view => view.filters.visibility ?? '');
  const isEmpty = asked.kind === 'known' && asked.value.volumes.length === 0;
  const isLooking = deep.running !== undefined;
  const actions =
    isEmpty && !isLooking ? (
      <Button icon={<ArrowSyncRegular />} onClick={() => void stores.inspection.look('look')}>
        {shellWords.refresh}
      </Button>
    ) : (
      <>
        {deep.running !== undefined && (
          <>
            <Spinner size="tiny" label={words.looking[deep.running]} />
            <Button onClick={() => stores.inspection.cancel()}>{words.stopLooking}</Button>
          </>
        )}
        <FilterBox value={filter} onChange={text => stores.view.filter('visibility', text)} />
        <Button
          icon={<ArrowSyncRegular />}
          disabledFocusable={isLooking}
          onClick={() => void stores.inspection.look('look')}
        >
          {shellWords.refresh}
        </Button>
        <Tooltip content={words.probeHint} relationship="description">
          <Button
            icon={<RadarRegular />}
            disabledFocusable={isLooking}
            onClick={() => void stores.inspection.look('probe')}
          >
            {words.probe}
          </Button>
        </Tooltip>
        <Tooltip content={words.canaryHint} relationship="description">
          <Button
            appearance="primary"
            disabledFocusable={isLooking}
            onClick={() => void stores.inspection.look('canary')}
          >
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
  const split = useRef<HTMLDivElement>(null);
  const volume = inspection.volumes.find(({ device }) => device === selected?.device);
  const relaunch = useRelaunch(stores, inspection, volume);
  const { leaked, expected } = countLeaks(inspection.volumes);
  const unknown = inspection.volumes.filter(other => other.verdict === 'unknown').length;

  if (inspection.volumes.length === 0) return <NoVolumes stores={stores} inspection={inspection} />;
  return (
    <>
      <div className={css['bar']}>
        <TabList
          size="small"
          selectedValue={tab}
          onTabSelect={(_event, { value }) => {
            stores.view.tab(value === 'map' ? 'map' : 'matrix');
            // Where there is little room both stand above the evidence, which may have been scrolled to.
            if (split.current !== null) split.current.scrollTop = 0;
          }}
        >
          <Tab value="matrix">{words.tabs.matrix}</Tab>
          <Tab value="map">{words.tabs.map}</Tab>
        </TabList>
        <span className={css['summary']} role="status">
          {words.summary(inspection.volumes.length, leaked, expected, unknown)}
        </span>
      </div>
      <GapsNote stores={stores} inspection={inspection} />
      <div ref={split} className={css['split']}>
        <div className={`${css['picture']} ${tab === 'map' ? css['tall'] : ''}`}>
          {tab === 'matrix' ? (
            <VisibilityMatrix stores={stores} inspection={inspection} filter={filter} />
          ) : (
            <VisibilityMap stores={stores} inspection={inspection} />
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
      <GapsNote stores={stores} inspection={inspection} />
      {inspection.findings.length > 0 && (
        <Findings stores={stores} inspection={inspection} findings={inspection.findings} onChoose={undefined} />
      )}
    </div>
  );
}
