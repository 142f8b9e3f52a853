import { InfoRegular } from '@fluentui/react-icons/svg/info';
import type { ReactElement } from 'react';
import type { LogLine, LogSeverity } from '../../shared/domain/log-line.ts';
import { logsWords } from '../../shared/wording/screen-logs.ts';
import { StatusMark } from './StatusMark.tsx';
import type { Tone } from './tone.ts';

const TONES: Readonly<Record<LogSeverity, Tone>> = { info: 'muted', warning: 'warning', error: 'bad' };

/** How bad a line is, as a colour and a shape. */
export function SeverityMark({ severity }: Pick<LogLine, 'severity'>): ReactElement {
  const icon = severity === 'info' ? { icon: <InfoRegular /> } : {};
  return <StatusMark tone={TONES[severity]} word={logsWords.severities[severity]} {...icon} />;
}
