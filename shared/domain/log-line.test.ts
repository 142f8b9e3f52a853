import { describe, expect, it } from 'vitest';
import { containerLines, type LogLine, logMatcher } from './log-line.ts';

const AT = '2026-11-22T08:00:00.000Z';
describe('what a program wrote', () => {
  it.each([
    ['The service memfs has been started.', 'info'],
    ['2026/11/22 WARNING: slow', 'warning'],
    ['error: cannot mount', 'error'],
    ['The service memfs has failed to start (Status=c0000035).', 'error'],
  ])('%s is %s', (text, severity) => {
    expect(containerLines('a', { stream: 'stderr', text: `${text}\r\n`, at: AT }, AT)).toEqual([
      { at: AT, origin: 'filesystem', severity, subject: 'a', text },
    ]);
  });
});

describe('a filter', () => {
  const line: LogLine = { at: AT, origin: 'fsd', severity: 'warning', subject: 'WinFsp+2.1', text: 'fsd.unloaded' };
  it.each([
    [{}, true],
    [{ origins: ['fsd' as const] }, true],
    [{ origins: ['app' as const] }, false],
    [{ origins: [] }, true],
    [{ severity: 'warning' as const }, true],
    [{ severity: 'error' as const }, false],
    [{ text: 'winfsp UNLOADED' }, true],
    [{ text: 'winfsp loaded twice' }, false],
  ])('%o', (filter, expected) => {
    expect(logMatcher(filter)(line)).toBe(expected);
  });
});
