import type { LogOrigin, LogSeverity } from '../domain/log-line.ts';
import { formatCount, formatDuration } from './amounts.ts';

/** Words of the log screen. */
export const logsWords = {
  title: 'Logs',
  subtitle: 'What app, engine, driver and file systems say, on one clock, newest last.',
  list: 'Lines of all logs',
  columns: { at: 'Time', origin: 'From', severity: 'Severity', subject: 'About', text: 'What it says' },
  origins: {
    app: 'App',
    engine: 'Engine',
    fsd: 'Driver',
    filesystem: 'File systems',
    siloscope: 'Siloscope',
  } satisfies Record<LogOrigin, string>,
  severities: { info: 'info', warning: 'warning', error: 'error' } satisfies Record<LogSeverity, string>,
  onlyOrigins: 'Only from these',
  least: 'At least',
  follow: 'Follow the end',
  following: 'following',
  broken: 'not followed any more',
  count: (shown: number, all: number): string =>
    shown === all ? formatCount(all, 'line') : `${shown} of ${formatCount(all, 'line')}`,
  dropped: (count: number): string => `${formatCount(count, 'older line')} let go`,
  keys: 'Arrow keys walk the lines: Enter shows one whole, Escape closes it, C copies it, F shows what it is about, M the moment in the timeline.',
  line: 'The line',
  raw: 'Raw name and data',
  unreadable: (why: string): string => `This log cannot be read: ${why}.`,
  notFollowed: (left: number): string =>
    `${formatCount(left, 'more container')} run than are followed here; each can be followed by its name.`,
  /** `ms`: by so much the clock of the host is behind. */
  skewed: (ms: number): string =>
    `The clock of the host is ${formatDuration(Math.abs(ms))} ${ms > 0 ? 'behind' : 'ahead of'} this one: lines of its programs are told by this one.`,
  jump: (subject: string): string => `Show ${subject}`,
  toMoment: 'Show the moment in the timeline',
  known: 'What is known of its errors',
  next: 'Next step:',
  from: (source: string): string => `From: ${source}`,
  export: 'Export JSONL',
  bundle: 'Diagnostics bundle…',
  exportName: (date: string): string => `siloscope-logs-${date}.jsonl`,
  emptyTitle: 'Nothing was said yet',
  emptyText: 'Lines appear as they are written.',
  noMatch: 'No line fits the filter.',
} as const;
