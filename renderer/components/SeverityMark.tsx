import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { InfoRegular } from '@fluentui/react-icons/svg/info';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';
import type { ReactElement } from 'react';
import type { LogLine, LogSeverity } from '../../shared/domain/log-line.ts';
import { logsWords } from '../../shared/wording/screen-logs.ts';
import css from './SeverityMark.module.css';
import { StatusMark } from './StatusMark.tsx';
import type { Tone } from './tone.ts';

const TONES: Readonly<Record<LogSeverity, Tone>> = { info: 'muted', warning: 'warning', error: 'bad' };

/** What is worse than information, as a shape that is named, before a text that says the rest. */
export function SeverityIcon({ severity }: Pick<LogLine, 'severity'>): ReactElement | null {
  if (severity === 'info') return null;
  const Icon = severity === 'error' ? DismissCircleFilled : WarningFilled;
  return (
    <Icon className={css['icon'] ?? ''} role="img" aria-hidden={false} aria-label={logsWords.severities[severity]} />
  );
}

/** How bad a line is, as a colour and a shape. */
export function SeverityMark({ severity }: Pick<LogLine, 'severity'>): ReactElement {
  const icon = severity === 'info' ? { icon: <InfoRegular /> } : {};
  return <StatusMark tone={TONES[severity]} word={logsWords.severities[severity]} {...icon} />;
}
