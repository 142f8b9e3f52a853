import { InfoRegular } from '@fluentui/react-icons/svg/info';
import type { ReactElement } from 'react';
import type { LogLine, LogSeverity } from '../../../shared/domain/log-line.ts';
import { logsWords } from '../../../shared/wording/screen-logs.ts';
import type { Column } from '../../components/DataTable.tsx';
import { plainText } from '../../components/plain-text.ts';
import { StatusMark } from '../../components/StatusMark.tsx';
import type { Tone } from '../../components/tone.ts';
import type { HeldLine } from '../../stores/all-logs-store.ts';
import css from './LogsScreen.module.css';

const words = logsWords;

const SEVERITY_TONES: Readonly<Record<LogSeverity, Tone>> = { info: 'muted', warning: 'warning', error: 'bad' };

/** How bad a line is, as a colour and a shape. */
export function SeverityMark({ severity }: Pick<LogLine, 'severity'>): ReactElement {
  const icon = severity === 'info' ? { icon: <InfoRegular /> } : {};
  return <StatusMark tone={SEVERITY_TONES[severity]} word={words.severities[severity]} {...icon} />;
}

/** What a line is about: a container's file system, a moment of the journal. */
export function leadsTo({ origin, subject, sequence, text }: LogLine): {
  readonly fileSystem?: string;
  readonly moment?: number;
} {
  const isOfContainer = origin === 'filesystem' || /^(?:container|silo|launch|filesystem|terminal)\./.test(text);
  return {
    ...(isOfContainer && subject !== undefined ? { fileSystem: subject } : {}),
    ...(sequence === undefined ? {} : { moment: sequence }),
  };
}

/** To the millisecond: many lines share a second, and their order is what one clock is for. */
const EXACT = { hour: 'numeric', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 } as const;

/** When a line was said, to the millisecond, with its day. */
export function exactTime(at: string): string {
  return new Date(at).toLocaleString(undefined, { ...EXACT, year: 'numeric', month: 'numeric', day: 'numeric' });
}

/** The columns of the log table. */
export function logColumns(open: (line: HeldLine) => void): readonly Column<HeldLine>[] {
  return [
    {
      key: 'at',
      title: words.columns.at,
      width: 'var(--time)',
      render: ({ at }) => (
        <time className={css['time']} dateTime={at} title={at}>
          {new Date(at).toLocaleTimeString(undefined, EXACT)}
        </time>
      ),
    },
    {
      key: 'severity',
      title: words.columns.severity,
      width: '104px',
      wideOnly: true,
      render: ({ severity }) => <SeverityMark severity={severity} />,
    },
    {
      key: 'origin',
      title: words.columns.origin,
      width: '104px',
      wideOnly: true,
      render: ({ origin }) => words.origins[origin],
    },
    {
      key: 'subject',
      title: words.columns.subject,
      width: 'minmax(90px, 1fr)',
      wideOnly: true,
      render: ({ subject = '', name = subject }) => <span title={plainText(subject)}>{plainText(name)}</span>,
    },
    {
      key: 'text',
      title: words.columns.text,
      width: 'minmax(0, 4fr)',
      render: line => (
        <button
          type="button"
          tabIndex={-1}
          className={css['text']}
          data-severity={line.severity}
          title={plainText(line.text)}
          onClick={() => open(line)}
        >
          {line.subject !== undefined && <span className={css['whose']}>{plainText(line.name ?? line.subject)}: </span>}
          {plainText(line.text)}
        </button>
      ),
    },
  ];
}
