import { Button, Checkbox } from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { type ReactElement, useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { type JournalEntry, type JournalFilter, JournalSource } from '../../../shared/domain/journal.ts';
import { severityOfEntry } from '../../../shared/domain/journal-severity.ts';
import { subjectText } from '../../../shared/domain/journal-subject.ts';
import { shortIds } from '../../../shared/domain/short-ids.ts';
import { withoutTicks } from '../../../shared/wording/code-spans.ts';
import { journalLine } from '../../../shared/wording/log-lines.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { timelineWords } from '../../../shared/wording/screen-timeline.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordedMatcher, wordJournal } from '../../../shared/wording/word-journal.ts';
import type { Column } from '../../components/DataTable.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { FilterBox } from '../../components/FilterBox.tsx';
import { LineDetails } from '../../components/LineDetails.tsx';
import { LongTable } from '../../components/LongTable.tsx';
import { Prose } from '../../components/Prose.tsx';
import { plainText, shortName } from '../../components/plain-text.ts';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { SeverityIcon } from '../../components/SeverityMark.tsx';
import { EmptyState, LoadingLines, NoMatch } from '../../components/States.tsx';
import { ToggleChips } from '../../components/ToggleChips.tsx';
import { useCopied } from '../../components/use-copied.ts';
import type { Stores } from '../../stores/stores.ts';
import { jumpTarget, jumpTo } from '../jump-target.ts';
import { ExportButtons } from './ExportButtons.tsx';
import { MomentPane } from './MomentPane.tsx';
import css from './TimelineScreen.module.css';

const words = timelineWords;

/** The journal: as it grows, as it was, and where its lines lead. */
export function TimelineScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const { journal } = stores;
  useEffect(() => journal.want(), [journal]);
  const state = useStore(journal.store);
  const text = useStore(stores.view.store, view => view.filters.timeline ?? '');
  const [sources, setSources] = useState<ReadonlySet<JournalSource>>(new Set());
  const filter = useMemo(() => filterOf(text, sources), [text, sources]);
  const isKnown = state.kind === 'known';
  useEffect(() => {
    if (isKnown) journal.find(filter, wordedMatcher);
  }, [journal, filter, isKnown]);
  return (
    <ScreenFrame
      title={words.title}
      subtitle={words.subtitle}
      filling
      actions={
        <>
          <FilterBox value={text} onChange={next => stores.view.filter('timeline', next)} />
          <ExportButtons journal={journal} filter={filter} last={state.kind === 'known' ? state.last : 0} />
        </>
      }
    >
      {state.kind === 'waiting' && <LoadingLines lines={8} />}
      {(state.kind === 'faulted' || (state.kind === 'known' && state.fault !== undefined)) && (
        <FaultPanel
          fault={wordFault(state.fault ?? { code: 'cancelled' })}
          actions={[{ label: shellWords.again, run: () => journal.freshen() }]}
        />
      )}
      {state.kind === 'known' && state.last === 0 && (
        <EmptyState icon={<HistoryRegular />} title={words.emptyTitle} text={words.emptyText} />
      )}
      {state.kind === 'known' && state.last > 0 && (
        <>
          <MomentPane journal={journal} report={stores.report} first={state.first} last={state.last} />
          <Lines
            stores={stores}
            first={state.first}
            last={state.last}
            folder={state.folder}
            sources={sources}
            onSources={setSources}
            isFiltered={filter !== undefined}
            onClear={() => {
              stores.view.filter('timeline', '');
              setSources(new Set());
            }}
          />
        </>
      )}
    </ScreenFrame>
  );
}

/** A newer Siloscope's are shown wherever there are any; nobody looks for them alone. */
const OWN_SOURCES = JournalSource.options.filter(source => source !== 'other');

function filterOf(text: string, sources: ReadonlySet<JournalSource>): JournalFilter | undefined {
  if (text.trim() === '' && sources.size === 0) return undefined;
  return { ...(text.trim() === '' ? {} : { text }), ...(sources.size === 0 ? {} : { sources: [...sources] }) };
}

interface LinesProps {
  readonly stores: Stores;
  readonly first: number;
  readonly last: number;
  readonly folder: string | undefined;
  readonly sources: ReadonlySet<JournalSource>;
  readonly onSources: (sources: ReadonlySet<JournalSource>) => void;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
}

function Lines({ stores, first, last, folder, sources, onSources, isFiltered, onClear }: LinesProps): ReactElement {
  const { journal } = stores;
  const { pages } = journal;
  // Rows are looked up as they are drawn: this draws them anew when some have come.
  useStore(pages.store);
  const found = useStore(journal.search, ({ found: now }) => now);
  const look = useStore(journal.look, ({ look: now }) => now);
  const [follow, setFollow] = useState(true);
  const [copied, copy] = useCopied();
  const entries = isFiltered ? (found?.entries ?? []) : undefined;
  const count = entries?.length ?? last - first + 1;
  const row = (index: number): JournalEntry | undefined =>
    entries === undefined ? pages.line(first + index) : entries[index];
  const onSight = useCallback(
    (from: number, until: number): void => {
      if (!isFiltered) pages.need(first + from, first + until);
    },
    [pages, first, isFiltered],
  );
  const jump = useCallback(
    (entry: JournalEntry): void => {
      const target = jumpTarget(entry);
      if (target !== undefined) jumpTo(stores, target);
    },
    [stores],
  );
  const [open, setOpen] = useState<JournalEntry>();
  const columns = useMemo(() => columnsFor(jump, setOpen), [jump]);
  const shown = open?.sequence ?? look?.sequence;
  const current =
    shown === undefined
      ? undefined
      : entries === undefined
        ? shown - first
        : entries.findLastIndex(({ sequence }) => sequence <= shown);
  const isMore = found?.next !== undefined;
  return (
    <>
      <div className={css['bar']}>
        <span role="status">
          {isFiltered && found !== undefined
            ? words.found(found.entries.length, found.searching, isMore)
            : words.count(last - first + 1)}
          {first > 1 && `, ${words.dropped(first)}`}
          {copied && `. ${shellWords.copied}`}
        </span>
        {isFiltered && isMore && found !== undefined && !found.searching && (
          <Button size="small" onClick={() => journal.findMore()}>
            {words.findMore}
          </Button>
        )}
        <Checkbox
          label={words.follow}
          checked={follow}
          onChange={(_event, { checked }) => setFollow(checked === true)}
        />
        <ToggleChips
          label={words.onlySources}
          members={OWN_SOURCES}
          words={words.sources}
          pressed={sources}
          onChange={onSources}
        />
        <span className={css['note']}>
          {folder === undefined ? words.notKept : words.keptIn(plainText(folder))} {words.keys}
        </span>
      </div>
      {found?.fault !== undefined && <FaultPanel fault={wordFault(found.fault)} />}
      {count === 0 ? (
        found?.searching === true ? (
          <LoadingLines lines={6} />
        ) : (
          <NoMatch title={words.noMatch} onClear={onClear} />
        )
      ) : (
        <div className={css['table']}>
          <LongTable
            label={words.list}
            columns={columns}
            count={count}
            row={row}
            keyOf={index => String(entries === undefined ? first + index : (entries[index]?.sequence ?? index))}
            onSight={onSight}
            isMarked={({ what }) => what.endsWith('.leaked')}
            current={current === -1 ? undefined : current}
            followEnd={follow && shown === undefined}
            onEnter={setOpen}
            keys={{
              f: jump,
              m: ({ sequence }) => journal.lookAt({ sequence }),
              c: entry => copy(`${entry.at} ${entry.what}  ${wordJournal(entry)}`),
              escape: () => setOpen(undefined),
            }}
          />
        </div>
      )}
      {open !== undefined && (
        <LineDetails
          line={journalLine(open)}
          raw={JSON.stringify(open, undefined, 2)}
          leads={[
            ...(jumpTarget(open) === undefined
              ? []
              : [{ label: words.jump(shortName(shortIds(subjectText(open)))), go: () => jump(open) }]),
            { label: words.toMoment, go: () => journal.lookAt({ sequence: open.sequence }) },
          ]}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

function Moment({ at, className }: { readonly at: string; readonly className: string | undefined }): ReactElement {
  const moment = new Date(at);
  return (
    <time className={className} dateTime={at} title={at}>
      {`${moment.toLocaleDateString(undefined, { dateStyle: 'short' })} ${moment.toLocaleTimeString(undefined, { timeStyle: 'medium' })}`}
    </time>
  );
}

function columnsFor(
  jump: (entry: JournalEntry) => void,
  open: (entry: JournalEntry) => void,
): readonly Column<JournalEntry>[] {
  return [
    {
      key: 'at',
      title: words.columns.at,
      width: '150px',
      wideOnly: true,
      render: ({ at }) => <Moment at={at} className={css['time']} />,
    },
    {
      key: 'source',
      title: words.columns.source,
      width: '90px',
      wideOnly: true,
      render: ({ source }) => words.sources[source],
    },
    {
      key: 'what',
      title: words.columns.what,
      width: 'minmax(240px, 4fr)',
      render: entry => {
        const said = wordJournal(entry);
        const { at, what } = entry;
        return (
          <>
            <button
              type="button"
              tabIndex={-1}
              className={css['what']}
              data-severity={severityOfEntry(entry)}
              title={`${withoutTicks(said)} (${plainText(what)})`}
              onClick={() => open(entry)}
            >
              <span className={css['said']}>
                <span>
                  <span>
                    <SeverityIcon severity={severityOfEntry(entry)} />
                    <Prose text={said} />
                  </span>
                </span>
              </span>
            </button>
            {/* Where there is little room, in the place of a column of its own. */}
            <Moment at={at} className={css['timeBelow']} />
          </>
        );
      },
    },
    {
      key: 'subject',
      title: words.columns.subject,
      width: 'minmax(90px, 1fr)',
      wideOnly: true,
      render: entry => {
        const name = plainText(shortIds(subjectText(entry)));
        return jumpTarget(entry) === undefined ? (
          <span title={plainText(entry.subject)}>{name}</span>
        ) : (
          <button
            type="button"
            tabIndex={-1}
            className={css['about']}
            title={plainText(entry.subject)}
            aria-label={words.jump(name)}
            onClick={() => jump(entry)}
          >
            {name}
          </button>
        );
      },
    },
  ];
}
