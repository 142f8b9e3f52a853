import { Button, Checkbox, Select } from '@fluentui/react-components';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { TextBulletListSquareRegular } from '@fluentui/react-icons/svg/text-bullet-list-square';
import { type ReactElement, useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { type LogLine, LogOrigin, LogSeverity, logMatcher } from '../../../shared/domain/log-line.ts';
import { logsWords } from '../../../shared/wording/screen-logs.ts';
import { shellWords } from '../../../shared/wording/screen-shell.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import { wordUnmasked } from '../../../shared/wording/word-secret.ts';
import { FaultPanel } from '../../components/FaultPanel.tsx';
import { FilterBox } from '../../components/FilterBox.tsx';
import { LineDetails, type LineDetailsProps } from '../../components/LineDetails.tsx';
import { LongTable } from '../../components/LongTable.tsx';
import { shortName } from '../../components/plain-text.ts';
import { ScreenFrame } from '../../components/ScreenFrame.tsx';
import { EmptyState, LoadingLines, NoMatch } from '../../components/States.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { saveText } from '../../components/save-text.ts';
import { ToggleChips } from '../../components/ToggleChips.tsx';
import { useCopied } from '../../components/use-copied.ts';
import type { HeldLine } from '../../stores/all-logs-store.ts';
import type { Stores } from '../../stores/stores.ts';
import { type JumpTarget, jumpTarget, jumpTo } from '../jump-target.ts';
import css from './LogsScreen.module.css';
import { logColumns } from './log-columns.tsx';

const words = logsWords;

/** All logs on one clock: searched, followed, and where their lines lead. */
export function LogsScreen({ stores }: { readonly stores: Stores }): ReactElement {
  const { allLogs, view } = stores;
  useEffect(() => allLogs.read(), [allLogs]);
  const { lines, following, dropped, isRead, fault, unmasked = [] } = useStore(allLogs.store);
  const text = useStore(view.store, ({ filters }) => filters.logs ?? '');
  const [origins, setOrigins] = useState<ReadonlySet<LogOrigin>>(new Set());
  const [severity, setSeverity] = useState<LogSeverity>('info');
  const [follow, setFollow] = useState(true);
  const [copied, copy] = useCopied();
  const [open, setOpen] = useState<HeldLine>();
  const shown = useMemo(
    () => lines.filter(logMatcher({ origins: [...origins], severity, text })),
    [lines, origins, severity, text],
  );
  const columns = useMemo(() => logColumns(setOpen), []);
  const go = useCallback((line: LogLine, to: 'subject' | 'moment'): void => jump(stores, line, to), [stores]);
  const current = open === undefined ? -1 : shown.findIndex(({ number }) => number === open.number);
  return (
    <ScreenFrame
      title={words.title}
      subtitle={words.subtitle}
      filling
      actions={
        <>
          <FilterBox value={text} onChange={next => view.filter('logs', next)} />
          <Button icon={<SaveRegular />} disabled={shown.length === 0} onClick={() => save(shown)}>
            {words.export}
          </Button>
          <Button onClick={() => view.ask('bundle')}>{words.bundle}</Button>
        </>
      }
    >
      {fault !== undefined && (
        <FaultPanel fault={wordFault(fault)} actions={[{ label: shellWords.again, run: () => allLogs.freshen() }]} />
      )}
      <div className={css['bar']}>
        <span role="status">
          {words.count(shown.length, lines.length)}
          {dropped > 0 && `, ${words.dropped(dropped)}`}
          {copied && `. ${shellWords.copied}`}
        </span>
        <StatusMark tone={following ? 'busy' : 'muted'} word={following ? words.following : words.broken} />
        <Checkbox
          label={words.follow}
          checked={follow}
          onChange={(_event, { checked }) => setFollow(checked === true)}
        />
        <span className={css['least']}>
          <span aria-hidden="true">{words.least}</span>
          <Select
            size="small"
            aria-label={words.least}
            value={severity}
            onChange={(_event, { value }) => setSeverity(LogSeverity.options.find(one => one === value) ?? 'info')}
          >
            {LogSeverity.options.map(one => (
              <option key={one} value={one}>
                {words.severities[one]}
              </option>
            ))}
          </Select>
        </span>
        <ToggleChips
          label={words.onlyOrigins}
          members={LogOrigin.options}
          words={words.origins}
          pressed={origins}
          onChange={setOrigins}
        />
        <span className={css['note']}>{words.keys}</span>
      </div>
      {unmasked.length > 0 && <p className={css['unmasked']}>{wordUnmasked(unmasked)}</p>}
      {lines.length === 0 && fault === undefined && !isRead && <LoadingLines lines={8} />}
      {lines.length === 0 && fault === undefined && isRead && (
        <EmptyState icon={<TextBulletListSquareRegular />} title={words.emptyTitle} text={words.emptyText} />
      )}
      {lines.length > 0 && shown.length === 0 && (
        <NoMatch
          title={words.noMatch}
          onClear={() => {
            view.filter('logs', '');
            setOrigins(new Set());
            setSeverity('info');
          }}
        />
      )}
      {shown.length > 0 && (
        <div className={css['table']}>
          <LongTable
            label={words.list}
            columns={columns}
            count={shown.length}
            row={index => shown[index]}
            keyOf={index => String(shown[index]?.number ?? index)}
            onSight={nothing}
            isMarked={({ severity: how }) => how === 'error'}
            current={current === -1 ? undefined : current}
            followEnd={follow && open === undefined}
            onEnter={setOpen}
            keys={{
              f: line => go(line, 'subject'),
              m: line => go(line, 'moment'),
              c: line => copy(copiedText(line)),
              escape: () => setOpen(undefined),
            }}
          />
        </div>
      )}
      {open !== undefined && (
        <LineDetails
          line={open}
          raw={open.what === undefined ? undefined : JSON.stringify(keptOf(open), undefined, 2)}
          leads={leadsOf(open, to => go(open, to))}
          onClose={() => setOpen(undefined)}
        />
      )}
    </ScreenFrame>
  );
}

const nothing = (): void => undefined;

/** Where what a line is about can be seen; undefined where there is nothing to see. */
function targetOf({ origin, what, subject, data }: LogLine): JumpTarget | undefined {
  if (subject === undefined) return undefined;
  if (origin === 'filesystem') return { to: 'container', name: subject };
  return what === undefined ? undefined : jumpTarget({ what, subject, data });
}

/** Shows what a line is about, where that is shown. */
function jump(stores: Stores, line: LogLine, to: 'subject' | 'moment'): void {
  const { view, journal, logs } = stores;
  if (to === 'moment') {
    if (line.sequence === undefined) return;
    journal.lookAt({ sequence: line.sequence });
    view.show('timeline');
    return;
  }
  const target = targetOf(line);
  if (target === undefined) return;
  jumpTo(stores, target);
  if (line.origin === 'filesystem' && line.subject !== undefined) logs.open(line.subject);
}

/** Where a line leads, as buttons. */
function leadsOf(line: LogLine, go: (to: 'subject' | 'moment') => void): LineDetailsProps['leads'] {
  const { name = line.subject ?? '' } = line;
  return [
    ...(targetOf(line) === undefined ? [] : [{ label: words.jump(shortName(name)), go: () => go('subject') }]),
    ...(line.sequence === undefined ? [] : [{ label: words.toMoment, go: () => go('moment') }]),
  ];
}

/** A line for somebody else: when, whose, and what it says. */
function copiedText({ at, origin, subject, name = subject, text, what }: LogLine): string {
  const whose = name === undefined || what !== undefined ? '' : ` ${name}`;
  return `${at} ${origin}${whose}  ${text}`;
}

/** A line as it came, without our own number for it. */
function keptOf(held: HeldLine): LogLine {
  const { number: _, ...line } = held;
  return line;
}

function save(lines: readonly HeldLine[]): void {
  const parts = lines.map(line => `${JSON.stringify(keptOf(line))}\n`);
  saveText(words.exportName(new Date().toISOString().slice(0, 10)), parts);
}
