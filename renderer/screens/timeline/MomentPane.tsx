import { Button, Input } from '@fluentui/react-components';
import { type ReactElement, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { countLeaks } from '../../../shared/domain/expected-verdict.ts';
import { type JournalMoment, momentInspection } from '../../../shared/domain/journal-moment.ts';
import { timelineWords } from '../../../shared/wording/screen-timeline.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordHostThen } from '../../../shared/wording/word-known-host.ts';
import { wordUnrecorded } from '../../../shared/wording/word-moment.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { plainText } from '../../components/plain-text.ts';
import type { JournalStore } from '../../stores/journal-store.ts';
import type { ReportStore } from '../../stores/report-store.ts';
import { MomentChanges } from './MomentChanges.tsx';
import { MomentMatrix } from './MomentMatrix.tsx';
import { MomentReport } from './MomentReport.tsx';
import css from './TimelineScreen.module.css';

const words = timelineWords.moment;

export interface MomentPaneProps {
  readonly journal: JournalStore;
  readonly report: ReportStore;
  readonly first: number;
  readonly last: number;
}

/** A slider over the journal, and what was there at the moment that it stands on. */
export function MomentPane({ journal, report, first, last }: MomentPaneProps): ReactElement {
  const look = useStore(journal.look, ({ look: now }) => now);
  const [isOpen, setOpen] = useState(false);
  const [from, setFrom] = useState<JournalMoment>();
  const isComparing = from !== undefined;
  // What it is compared with may be the present: that is a moment as well.
  useEffect(() => {
    if (isComparing && look === undefined) journal.lookAt({ sequence: last });
  }, [isComparing, look, journal, last]);
  const place = look?.sequence ?? last;
  const moment = look?.moment;
  const time = moment?.at === undefined ? undefined : new Date(moment.at).toLocaleString(undefined, TIME);
  const when = look === undefined ? words.now : place < first ? words.before : (time ?? words.line(place));
  const known = moment && momentInspection(moment);
  return (
    <section className={css['moment']} aria-label={words.title}>
      <div className={css['slide']}>
        <input
          type="range"
          aria-label={words.slider}
          aria-valuetext={look === undefined ? words.now : `${when}, ${words.line(place)}`}
          min={first - 1}
          max={last}
          value={place}
          onChange={({ target }) => {
            const next = Number(target.value);
            journal.lookAt(next >= last ? undefined : { sequence: next });
          }}
        />
        <span className={css['when']}>{when}</span>
        <TimeField at={moment?.at} onGo={at => journal.lookAt({ at })} />
        <Button size="small" disabled={look === undefined} onClick={() => journal.lookAt(undefined)}>
          {words.toNow}
        </Button>
        <Button
          size="small"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
            if (!isOpen && look === undefined) journal.lookAt({ sequence: last });
          }}
        >
          {isOpen ? words.hideMatrix : words.showMatrix}
        </Button>
        <Button
          size="small"
          aria-pressed={isComparing}
          title={words.compareHint}
          disabled={moment === undefined && !isComparing}
          onClick={() => setFrom(isComparing ? undefined : moment)}
        >
          {isComparing ? words.stopComparing : words.compare}
        </Button>
      </div>
      {look?.fault !== undefined && <FaultPanel fault={wordFault(look.fault)} />}
      {moment !== undefined && (
        <p className={css['then']} role="status">
          {words.asKnown}{' '}
          {plainText(
            words.state({
              volumes: moment.volumes.length,
              ...countLeaks(known?.volumes ?? []),
              silos: (known?.namespaces.length ?? 1) - 1,
              findings: moment.findings.length,
              fsd: moment.fsd?.state,
              engine: moment.engine,
            }),
          )}
          {!moment.watched && <span className={css['unwatched']}> {words.unwatched}</span>}
        </p>
      )}
      {known !== undefined && moment !== undefined && moment.sequence > 0 && (
        <>
          <p className={css['then']}>{plainText(wordHostThen(moment))}.</p>
          {wordUnrecorded(known.unrecorded).map(sentence => (
            <p key={sentence} className={css['then']}>
              {sentence}
            </p>
          ))}
          <MomentReport report={report} sequence={moment.sequence} />
        </>
      )}
      {from !== undefined && moment !== undefined && <MomentChanges from={from} to={moment} />}
      {isOpen && moment !== undefined && <MomentMatrix moment={moment} />}
    </section>
  );
}

const TIME = { dateStyle: 'short', timeStyle: 'medium' } as const;

/** A time to go to, by the clock of whoever looks. It goes there when it is complete. */
function TimeField({
  at,
  onGo,
}: {
  readonly at: string | undefined;
  readonly onGo: (at: string) => void;
}): ReactElement {
  const [text, setText] = useState(localText(at));
  useEffect(() => setText(localText(at)), [at]);
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        const time = new Date(text);
        if (!Number.isNaN(time.getTime())) onGo(time.toISOString());
      }}
    >
      <Input
        type="datetime-local"
        size="small"
        step={1}
        aria-label={words.time}
        value={text}
        onChange={(_event, { value }) => setText(value)}
      />
    </form>
  );
}

/** As a field of local time has it: `2026-11-22T14:02:10`. */
function localText(at: string | undefined): string {
  if (at === undefined) return '';
  const time = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date}T${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
