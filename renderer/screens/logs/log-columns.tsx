import type { ReactElement, ReactNode } from 'react';
import type { LogLine } from '../../../shared/domain/log-line.ts';
import { logsWords } from '../../../shared/wording/screen-logs.ts';
import type { Column } from '../../components/DataTable.tsx';
import { lineTime } from '../../components/line-time.ts';
import { plainText } from '../../components/plain-text.ts';
import { SeverityMark } from '../../components/SeverityMark.tsx';
import type { HeldLine } from '../../stores/all-logs-store.ts';
import css from './LogsScreen.module.css';

const words = logsWords;

function Moment({
  at,
  className,
  children,
}: {
  readonly at: string;
  readonly className: string | undefined;
  readonly children?: ReactNode;
}): ReactElement {
  return (
    <span className={className}>
      <time dateTime={at} title={at}>
        {lineTime(at)}
      </time>
      {children}
    </span>
  );
}

/** A program's line does not say whose it is; our own words do. */
function Whose({ what, subject = '', name = subject }: LogLine): ReactElement | null {
  return what !== undefined || name === '' ? null : <span className={css['whose']}>{plainText(name)}: </span>;
}

/** The columns of the log table. */
export function logColumns(open: (line: HeldLine) => void): readonly Column<HeldLine>[] {
  return [
    {
      key: 'at',
      title: words.columns.at,
      width: '116px',
      wideOnly: true,
      render: ({ at }) => <Moment at={at} className={css['time']} />,
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
      width: 'minmax(280px, 4fr)',
      render: line => (
        <>
          <button
            type="button"
            tabIndex={-1}
            className={css['text']}
            data-severity={line.severity}
            data-own={line.what !== undefined}
            title={plainText(line.text)}
            onClick={() => open(line)}
          >
            <Whose {...line} />
            {plainText(line.text)}
          </button>
          {/* Where there is little room, in the place of columns of their own. */}
          <Moment at={line.at} className={css['timeBelow']}>
            {` ${words.origins[line.origin]}${line.severity === 'info' ? '' : `, ${words.severities[line.severity]}`}`}
          </Moment>
        </>
      ),
    },
  ];
}
