import { Button, Checkbox } from '@fluentui/react-components';
import { ArrowExportRegular } from '@fluentui/react-icons/svg/arrow-export';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { timelineWords } from '../../../shared/wording/screen-timeline.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { type Column, DataTable } from '../../components/DataTable.tsx';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { FilterBox } from '../../components/FilterBox.tsx';
import { plainText } from '../../components/plain-text.ts';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { EmptyState, LoadingLines } from '../../components/States.tsx';
import { saveText } from '../../components/save-text.ts';
import type { Stores } from '../../stores/stores.ts';
import { dataText, filterEntries, jsonLines, subjectText } from './journal-lines.ts';
import { Scrubber } from './Scrubber.tsx';
import { ofSources } from './state-then.ts';
import css from './TimelineScreen.module.css';

const words = timelineWords;
const COLUMNS: readonly Column<JournalEntry>[] = [
  {
    key: 'at',
    title: words.columns.at,
    width: 'var(--time)',
    render: ({ at }) => (
      <time className={css['time']} dateTime={at}>
        <span className={css['date']}>{new Date(at).toLocaleDateString(undefined, { dateStyle: 'short' })} </span>
        {new Date(at).toLocaleTimeString(undefined, { timeStyle: 'medium' })}
      </time>
    ),
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
    width: 'minmax(130px, 1fr)',
    render: ({ what }) => (
      <span className={`${css['what']} ${what.endsWith('.leaked') ? css['leak'] : ''}`}>{plainText(what)}</span>
    ),
  },
  {
    key: 'subject',
    title: words.columns.subject,
    width: 'minmax(120px, 2fr)',
    render: entry => <span title={plainText(entry.subject)}>{plainText(subjectText(entry))}</span>,
  },
  {
    key: 'data',
    title: words.columns.data,
    width: 'minmax(120px, 2fr)',
    wideOnly: true,
    render: entry => <span className={css['data']}>{plainText(dataText(entry))}</span>,
  },
];

/** The journal as it grows. */
export function TimelineScreen({ stores }: { readonly stores: Stores }): ReactElement {
  useEffect(() => stores.journal.want(), [stores]);
  const journal = useStore(stores.journal.store);
  const filter = useStore(stores.view.store, view => view.filters.timeline ?? '');
  const [follow, setFollow] = useState(true);
  const entries = journal.kind === 'known' ? journal.entries : undefined;
  const [sources, setSources] = useState<ReadonlySet<JournalEntry['source']>>(new Set());
  const [end, setEnd] = useState<number>();
  const present = useMemo(() => new Set(entries?.map(({ source }) => source)), [entries]);
  const shown = useMemo(() => {
    const then = end === undefined ? entries : entries?.slice(0, end);
    return filterEntries(ofSources(then ?? [], sources), filter);
  }, [entries, filter, sources, end]);
  return (
    <ScreenFrame
      title={words.title}
      subtitle={words.subtitle}
      filling
      actions={
        <>
          <FilterBox value={filter} onChange={text => stores.view.filter('timeline', text)} />
          <Button
            icon={<ArrowExportRegular />}
            disabled={shown.length === 0}
            onClick={() => saveText(words.exportName(new Date().toISOString().slice(0, 10)), jsonLines(shown))}
          >
            {words.export}
          </Button>
        </>
      }
    >
      {journal.kind === 'waiting' && <LoadingLines lines={8} />}
      {journal.kind === 'faulted' && (
        <FaultPanel
          fault={wordFault(journal.fault)}
          actions={[{ label: shellWords.again, run: () => stores.journal.freshen() }]}
        />
      )}
      {entries?.length === 0 && (
        <EmptyState icon={<HistoryRegular />} title={words.emptyTitle} text={words.emptyText} />
      )}
      {entries !== undefined && entries.length > 0 && (
        <>
          <Scrubber entries={entries} end={end} onScrub={setEnd} />
          <div className={css['bar']}>
            <span role="status">{words.count(shown.length, entries.length)}</span>
            <Checkbox
              label={words.follow}
              checked={follow}
              onChange={(_event, { checked }) => setFollow(checked === true)}
            />
            <fieldset className={css['sources']} aria-label={words.onlySources}>
              {SOURCES.filter(source => present.has(source)).map(source => (
                <button
                  key={source}
                  type="button"
                  className={css['source']}
                  aria-pressed={sources.has(source)}
                  onClick={() => setSources(toggled(sources, source))}
                >
                  {words.sources[source]}
                </button>
              ))}
            </fieldset>
          </div>
          {shown.length === 0 ? (
            <EmptyState icon={<QuestionCircleRegular />} title={words.noMatch} />
          ) : (
            <div className={css['table']}>
              <DataTable
                label={words.list}
                columns={COLUMNS}
                rows={shown}
                keyOf={entry => String(entry.sequence)}
                isMarked={({ what }) => what.endsWith('.leaked')}
                rowPx={34}
                followEnd={follow && end === undefined}
              />
            </div>
          )}
        </>
      )}
    </ScreenFrame>
  );
}

const SOURCES = ['host', 'fsd', 'engine', 'silo', 'launch', 'inspection', 'user'] as const;

function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
}
