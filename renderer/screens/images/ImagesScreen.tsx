import { Button } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { BoxRegular } from '@fluentui/react-icons/svg/box';
import { BroomRegular } from '@fluentui/react-icons/svg/broom';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { type ReactElement, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ImageRow } from '../../../shared/domain/image-row.ts';
import { formatBytes } from '../../../shared/wording/amounts.ts';
import { imagesWords } from '../../../shared/wording/screen-images.ts';
import { recipeWords } from '../../../shared/wording/screen-recipe.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordImageBecause, wordRuns, wordSupport } from '../../../shared/wording/word-image.ts';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { FilterBox } from '../../components/FilterBox.tsx';
import { PullBars } from '../../components/PullBars.tsx';
import { plainText, shortName } from '../../components/plain-text.ts';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { EmptyState, LoadingLines, NoMatch } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import type { Pull } from '../../stores/pull-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { fitsFilter } from '../fits-filter.ts';
import { RUNS_TONES, SUPPORT_TONES, shortReference, sortImages } from '../image-looks.ts';
import { StaleNote } from '../StaleNote.tsx';
import { useAsked } from '../use-asked.ts';
import css from './ImagesScreen.module.css';
import { PruneDialog } from './PruneDialog.tsx';

const words = imagesWords;
const PULL_TONES: Readonly<Record<Pull['state'], Tone>> = {
  waiting: 'muted',
  pulling: 'busy',
  done: 'good',
  faulted: 'bad',
  cancelled: 'muted',
};

/** Local images and the catalogue with their verdicts, and the pulls under way. */
export function ImagesScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const asked = useAsked(stores.images);
  const pulls = useStore(stores.pulls.store, state => state.pulls);
  const filter = useStore(stores.view.store, view => view.filters.images ?? '');
  const removals = useStore(stores.prune.removals);
  const [removing, setRemoving] = useState<string>();
  const known = asked.kind === 'known' ? asked.value : undefined;
  const rows = useMemo(() => {
    const fits = fitsFilter(filter);
    return sortImages(known ?? []).filter(image => fits(textOf(image)));
  }, [known, filter]);
  const busy = new Set(pulls.filter(({ state }) => state === 'waiting' || state === 'pulling').map(p => p.reference));

  const columns: readonly Column<ImageRow>[] = [
    {
      key: 'image',
      title: words.columns.image,
      width: 'minmax(150px, 1.5fr)',
      render: (image, isNarrow) => (
        <span className={css['two']} title={plainText(image.reference)}>
          <span className={`${css['name']} clamp`}>{plainText(shortReference(image.reference))}</span>
          <span className={css['sub']}>{image.local ? words.local : words.remote}</span>
          {isNarrow && (
            <span className={css['narrow']}>
              <Verdict {...image} />
            </span>
          )}
        </span>
      ),
    },
    {
      key: 'verdict',
      title: words.columns.verdict,
      width: 'minmax(150px, 2.2fr)',
      wideOnly: true,
      render: image => <Verdict {...image} />,
    },
    {
      key: 'windows',
      title: words.columns.windows,
      width: '140px',
      wideOnly: true,
      render: ({ osVersion, build }) => (
        <span className={css['number']}>{plainText(osVersion ?? words.build(build))}</span>
      ),
    },
    {
      key: 'size',
      title: words.columns.size,
      width: '80px',
      wideOnly: true,
      render: ({ sizeBytes }) => (
        <span className={css['number']}>{sizeBytes === undefined ? '' : formatBytes(sizeBytes)}</span>
      ),
    },
    {
      key: 'support',
      title: words.columns.support,
      width: '156px',
      wideOnly: true,
      render: image => (
        <span className={css['two']}>
          <StatusMark tone={SUPPORT_TONES[image.support]} word={wordSupport(image.support)} />
          <span className={css['sub']}>{supportEnd(image)}</span>
        </span>
      ),
    },
    {
      key: 'actions',
      title: words.columns.actions,
      width: 'var(--actions, 100px)',
      render: ({ local, reference }) =>
        local ? (
          <Button
            size="small"
            icon={<DeleteRegular />}
            disabled={removals[reference]?.running === true}
            title={words.remove}
            aria-label={words.removeName(plainText(reference))}
            onClick={() => setRemoving(reference)}
          >
            <span className={css['wideText']}>{words.remove}</span>
          </Button>
        ) : (
          <Button
            size="small"
            icon={<ArrowDownloadRegular />}
            disabled={busy.has(reference)}
            title={words.pull}
            aria-label={words.pullName(plainText(reference))}
            onClick={() => void stores.pulls.pull(reference)}
          >
            <span className={css['wideText']}>{words.pull}</span>
          </Button>
        ),
    },
  ];
  return (
    <ScreenFrame
      title={words.title}
      subtitle={words.subtitle}
      filling
      actions={
        <>
          <FilterBox value={filter} onChange={text => stores.view.filter('images', text)} />
          <BuildButton stores={stores} />
          <Button icon={<BroomRegular />} onClick={() => void stores.prune.open('unused')}>
            {words.prune.open}
          </Button>
          <Button icon={<ArrowSyncRegular />} onClick={() => void stores.images.refresh()}>
            {shellWords.refresh}
          </Button>
        </>
      }
    >
      <StaleNote asked={asked} />
      <PruneDialog stores={stores} />
      {removing !== undefined && (
        <ConfirmDialog
          title={words.removeTitle(shortName(shortReference(removing)))}
          confirm={words.remove}
          onConfirm={() => void stores.prune.remove(removing)}
          onClose={() => setRemoving(undefined)}
        >
          <p>{words.removeText}</p>
        </ConfirmDialog>
      )}
      {Object.entries(removals).map(
        ([reference, { fault }]) =>
          fault !== undefined && (
            <div key={reference} className={css['faults']}>
              <FaultPanel
                fault={wordFault(fault)}
                actions={[{ label: shellWords.close, run: () => stores.prune.dismiss(reference) }]}
              />
            </div>
          ),
      )}
      {pulls.length > 0 && (
        <section className={css['queue']} aria-label={words.queue}>
          {pulls.map(pull => (
            <PullRow key={pull.reference} stores={stores} pull={pull} />
          ))}
        </section>
      )}
      {asked.kind === 'waiting' && <LoadingLines lines={6} />}
      {asked.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(asked.fault)}
          actions={[{ label: shellWords.again, run: () => void stores.images.refresh() }]}
        />
      )}
      {known?.length === 0 && <EmptyState icon={<BoxRegular />} title={words.emptyTitle} text={words.emptyText} />}
      {known !== undefined && known.length > 0 && rows.length === 0 && (
        <NoMatch title={words.noMatch} onClear={() => stores.view.filter('images', '')} />
      )}
      {rows.length > 0 && (
        <div className={css['table']}>
          <DataTable label={words.list} columns={columns} rows={rows} keyOf={row => row.reference} rowPx={54} />
        </div>
      )}
    </ScreenFrame>
  );
}

/** Opens the recipe of the first profile that has one; another is chosen in the dialog. */
function BuildButton({ stores }: { readonly stores: Stores }): ReactElement {
  const profiles = useAsked(stores.profiles);
  const first = profiles.kind === 'known' ? profiles.value.find(({ recipe }) => recipe !== undefined) : undefined;
  return (
    <Button
      icon={<BoxRegular />}
      disabled={first === undefined}
      onClick={() => first !== undefined && void stores.build.open(first.name)}
    >
      {recipeWords.open}
    </Button>
  );
}

function Verdict({ verdict }: Pick<ImageRow, 'verdict'>): ReactElement {
  return (
    <span className={css['two']}>
      <StatusMark tone={RUNS_TONES[verdict.runs]} word={wordRuns(verdict.runs)} />
      <span className={css['sub']}>{wordImageBecause(verdict.because)}</span>
    </span>
  );
}

function PullRow({ stores, pull }: { readonly stores: Stores; readonly pull: Pull }): ReactElement {
  const { reference, state, progress, remainingMs, fault } = pull;
  const isBusy = state === 'waiting' || state === 'pulling';
  return (
    <article className={css['pull']} aria-label={plainText(reference)}>
      <span className={css['head']}>
        {plainText(shortReference(reference))}
        <StatusMark tone={PULL_TONES[state]} word={words.pulls[state]} />
      </span>
      {isBusy ? (
        <Button
          size="small"
          aria-label={words.cancelName(plainText(reference))}
          onClick={() => stores.pulls.cancel(reference)}
        >
          {shellWords.cancel}
        </Button>
      ) : (
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={words.dismissName(plainText(reference))}
          onClick={() => stores.pulls.dismiss(reference)}
        />
      )}
      {state === 'pulling' && progress !== undefined && <PullBars progress={progress} remainingMs={remainingMs} />}
      {fault !== undefined && (
        <FaultPanel
          fault={wordFault(fault)}
          actions={[{ label: shellWords.again, run: () => void stores.pulls.pull(reference) }]}
        />
      )}
    </article>
  );
}

function supportEnd({ support, mainstreamEnd, extendedEnd }: ImageRow): string {
  const end = support === 'mainstream' ? mainstreamEnd : extendedEnd;
  return end === undefined ? '' : words.until(end);
}

function textOf({ reference, family, osVersion, verdict }: ImageRow): string {
  return [reference, family, osVersion ?? '', wordRuns(verdict.runs)].join('\n').toLowerCase();
}
