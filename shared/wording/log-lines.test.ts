import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../domain/journal.ts';
import { LogLine, logMatcher } from '../domain/log-line.ts';
import { appLine, journalLine } from './log-lines.ts';

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
    [entry('launch', 'launch.failed', { code: 'cancelled' }), 'siloscope', 'info'],
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

  it('tells what happened in words, with its raw name and data beside them', () => {
    const line = journalLine(entry('launch', 'launch.failed', { code: 'pull-failed', engineTime: '1' }));
    expect(line).toMatchObject({
      text: 'Launch of memfs failed: the image could not be pulled',
      what: 'launch.failed',
      data: { code: 'pull-failed' },
    });
    expect(line.data).not.toHaveProperty('engineTime');
  });

  it.each(['launch.failed', 'failed: the image', 'CODE=PULL-FAILED', 'memfs launch'])('is found by %s', text => {
    expect(logMatcher({ text })(journalLine(entry('launch', 'launch.failed', { code: 'pull-failed' })))).toBe(true);
  });

  it('is called by the short id where its subject has no name, and keeps the whole', () => {
    const id = 'ab12'.repeat(16);
    const line = journalLine({ ...entry('engine', 'container.started'), subject: id });
    expect(line).toMatchObject({ subject: id, name: 'ab12ab12ab12', text: 'Container ab12ab12ab12 started' });
  });
});

describe('a line of the app', () => {
  it.each([
    [{ source: 'calls', what: 'image.pull', ms: 3_200, outcome: 'done' }, 'Pull an image: done, after 3.2 s'],
    [
      { source: 'calls', what: 'image.list', ms: 0, outcome: 'host-unreachable' },
      'List the images: failed, the host is out of reach, after 0 ms',
    ],
    [{ source: 'calls', what: 'fsd.start', ms: 5, outcome: 'cancelled' }, 'Start the driver: cancelled, after 5 ms'],
    [
      { source: 'calls', what: 'fsd.start', ms: 5, outcome: 'bug', message: 'x is undefined', stack: 'at y' },
      'Start the driver: failed, Siloscope made a mistake (x is undefined), after 5 ms',
    ],
    [
      { source: 'calls', what: 'operation.unknown', operation: 'host.burn' },
      'An operation was asked for that there is not: host.burn',
    ],
    [{ source: 'server', what: 'client.turned-away', reason: 'no token' }, 'A client was turned away: no token'],
    [{ source: 'window', what: 'The page may not go there.' }, 'The page may not go there.'],
    [{ source: 'tray', what: 'of-tomorrow', reason: 'a token', n: 1 }, 'tray: of-tomorrow  why=a token  n=1'],
  ])('says %o in words, with the raw name and data beside them', (event, text) => {
    const { what, ...data } = event;
    const told = { at: AT, level: 'warning', pid: 12, ...event };
    expect(appLine(JSON.stringify(told))).toEqual({
      at: AT,
      origin: 'app',
      severity: 'warning',
      text,
      what,
      data: { pid: 12, ...data },
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
