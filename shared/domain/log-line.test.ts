import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from './journal.ts';
import { appLine, containerLines, journalLine, LogLine, logMatcher } from './log-line.ts';

const AT = '2026-11-22T08:00:00.000Z';
const entry = (source: JournalEntry['source'], what: string, data?: JournalEntry['data']): JournalEntry => ({
  sequence: 7,
  at: AT,
  source,
  what,
  subject: 'memfs',
  ...(data === undefined ? {} : { data }),
});

describe('a line of the journal', () => {
  it.each<[JournalEntry, string, string]>([
    [entry('fsd', 'fsd.started'), 'fsd', 'info'],
    [entry('fsd', 'fsd.unloaded'), 'fsd', 'warning'],
    [entry('engine', 'container.started'), 'engine', 'info'],
    [entry('engine', 'container.ended', { exitCode: 0 }), 'engine', 'info'],
    [entry('engine', 'container.ended', {}), 'engine', 'info'],
    [entry('engine', 'container.ended', { exitCode: 1 }), 'engine', 'warning'],
    [entry('engine', 'container.ended', { exitCode: 0xc000013a }), 'engine', 'info'],
    [entry('engine', 'container.ended', { exitCode: -1073741510 }), 'engine', 'info'],
    [entry('engine', 'container.ended', { exitCode: 0xc0000005 }), 'engine', 'warning'],
    [entry('inspection', 'finding.opened', { severity: 'serious' }), 'siloscope', 'error'],
    [entry('inspection', 'finding.opened', { severity: 'warning' }), 'siloscope', 'warning'],
    [entry('inspection', 'finding.opened', { severity: 'info' }), 'siloscope', 'info'],
    [entry('launch', 'workspace.given-up', { fault: 'not-found' }), 'siloscope', 'error'],
    [entry('launch', 'workspace.failing'), 'siloscope', 'error'],
    [entry('launch', 'workspace.not-answering'), 'siloscope', 'error'],
    [entry('user', 'isolation.tested', { unexpected: 0 }), 'siloscope', 'info'],
    [entry('user', 'isolation.tested', { unexpected: 2 }), 'siloscope', 'error'],
    [entry('host', 'toString'), 'siloscope', 'info'],
    [entry('silo', 'silo.arrived'), 'engine', 'info'],
    [entry('inspection', 'volume.leaked'), 'siloscope', 'warning'],
    [entry('launch', 'launch.failed', { code: 'pull-failed' }), 'siloscope', 'error'],
    [entry('host', 'host.lost'), 'siloscope', 'error'],
  ])('%o is of %s, %s', (given, origin, severity) => {
    expect(journalLine(given)).toMatchObject({ origin, severity, at: AT, subject: 'memfs', sequence: 7 });
  });

  it('calls a volume as the timeline does', () => {
    const leaked: JournalEntry = {
      ...entry('inspection', 'volume.leaked', { uncPrefix: '\\memfs\\a' }),
      subject: '\\Device\\V1',
    };
    expect(journalLine(leaked)).toMatchObject({ subject: '\\Device\\V1', name: '\\\\memfs\\a' });
    expect(journalLine(entry('launch', 'launch.done'))).not.toHaveProperty('name');
  });

  it('tells its data', () => {
    expect(journalLine(entry('launch', 'launch.failed', { code: 'pull-failed' })).text).toBe(
      'launch.failed  code=pull-failed',
    );
  });
});

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

describe('a line of the app', () => {
  it('says who, what and with which data', () => {
    const told = { at: AT, level: 'warning', source: 'calls', what: 'refused', pid: 12, reason: 'a token' };
    expect(appLine(JSON.stringify(told))).toEqual({
      at: AT,
      origin: 'app',
      severity: 'warning',
      text: 'calls: refused  reason=a token',
    });
  });

  it('may be damaged: it is read without failing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), text => {
        const line = appLine(text);
        expect(line === undefined || LogLine.safeParse(line).success).toBe(true);
      }),
    );
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
