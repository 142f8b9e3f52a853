import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import type { Contract } from '../../../shared/contract/contract.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Handlers } from '../../../shared/contract/operation.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { memoryChannelPair } from '../../../shared/wire/memory-channel.ts';
import { serve } from '../../../shared/wire/serve.ts';
import { type LoggedEvent, logFiles, openEventLog } from './event-log.ts';
import { loggedCalls } from './logged-calls.ts';

describe("the app's own log", () => {
  let folder: string;
  const clock = new ManualClock(Date.parse('2026-11-22T00:00:00Z'));
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'siloscope-log-')), 'logs');
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

  it('has a JSON object a line, with time and process, and is for nobody else to read', () => {
    const log = openEventLog(folder, clock);
    log.write({ level: 'info', source: 'calls', what: 'image.pull', data: { ms: 5, outcome: 'done' } });
    log.write({ level: 'warning', source: 'window', what: 'two\nlines' });
    const [newest = ''] = logFiles(folder);
    expect(readFileSync(newest, 'utf8').split('\n')).toEqual([
      `{"at":"2026-11-22T00:00:00.000Z","level":"info","source":"calls","what":"image.pull","pid":${process.pid},"ms":5,"outcome":"done"}`,
      `{"at":"2026-11-22T00:00:00.000Z","level":"warning","source":"window","what":"two\\nlines","pid":${process.pid}}`,
      '',
    ]);
    if (process.platform !== 'win32') expect(statSync(newest).mode & 0o077).toBe(0);
  });

  it('begins a line of its own after one that a killed process left unfinished', () => {
    const log = openEventLog(folder, clock);
    log.write({ level: 'info', source: 'window', what: 'first' });
    const [newest = ''] = logFiles(folder);
    writeFileSync(newest, '{"at":"2026', { flag: 'a' });
    log.write({ level: 'info', source: 'window', what: 'last' });
    expect(readFileSync(newest, 'utf8').split('\n')).toEqual([
      expect.stringContaining('"first"'),
      '{"at":"2026',
      expect.stringContaining('"last"'),
      '',
    ]);
  });

  it('makes room at a megabyte, and keeps five files', () => {
    const log = openEventLog(folder, clock);
    const [newest = '', ...older] = logFiles(folder);
    for (let turn = 0; turn < 8; turn++) {
      log.write({ level: 'info', source: 'window', what: `turn ${turn}` });
      writeFileSync(newest, 'x'.repeat(1024 * 1024), { flag: 'a' });
    }
    log.write({ level: 'info', source: 'window', what: 'last' });
    expect(readdirSync(folder)).toHaveLength(5);
    expect(readFileSync(newest, 'utf8')).toContain('"last"');
    expect(older.map(file => /turn \d/.exec(readFileSync(file, 'utf8'))?.[0])).toEqual([
      'turn 7',
      'turn 6',
      'turn 5',
      'turn 4',
    ]);
  });

  it('is no reason to stop when it cannot be written', () => {
    writeFileSync(folder, 'a file where the folder should be');
    openEventLog(folder, clock).write({ level: 'info', source: 'window', what: 'x' });
    expect(existsSync(join(folder, 'siloscope.jsonl'))).toBe(false);
  });
});

describe('what is logged of calls', () => {
  const clock = new ManualClock(0);
  const events: LoggedEvent[] = [];
  const later = async (): Promise<never> => {
    clock.advance(40);
    throw new TypeError('undefined is not a function');
  };
  const handlers = {
    'profile.remove': async ({ name }: { name: string }) => ({ name }),
    'snapshot.take': later,
    'filesystem.list': async () => ({ revision: 1, fileSystems: [] }),
    'fsd.start': async () => {
      throw new FaultError({ code: 'cancelled' });
    },
    // A screen of logs that is left, and one that was read to its end.
    'log.follow': async () => {
      throw new FaultError({ code: 'cancelled' });
    },
    'filesystem.logs': async () => ({ ended: true }),
    'image.list': async () => {
      throw new FaultError({ code: 'host-unreachable', host: 'local', reason: 'a secret' });
    },
  };

  it('is every command that ends and every question that fails: name, time and outcome, no input and no answer', async () => {
    const [near, far] = memoryChannelPair();
    const served = serve(
      contract,
      loggedCalls(far, { write: event => void events.push(event) }, clock),
      handlers as Partial<Handlers<Contract>> as Handlers<Contract>,
    );
    const client = connect(contract, near);
    await client.call('profile.remove', { name: 'password-in-a-name' });
    await client.call('filesystem.list', {});
    await expect(client.call('snapshot.take', {})).rejects.toThrow();
    await expect(client.call('image.list', {})).rejects.toThrow();
    await expect(client.call('fsd.start', {})).rejects.toThrow();
    await expect(client.call('log.follow', {})).rejects.toThrow();
    await client.call('filesystem.logs', { name: 'a' });
    expect(events).toEqual([
      { level: 'info', source: 'calls', what: 'profile.remove', data: { ms: 0, outcome: 'done' } },
      {
        level: 'error',
        source: 'calls',
        what: 'snapshot.take',
        data: {
          ms: 40,
          outcome: 'bug',
          message: 'undefined is not a function',
          stack: expect.stringContaining('TypeError'),
        },
      },
      { level: 'warning', source: 'calls', what: 'image.list', data: { ms: 0, outcome: 'host-unreachable' } },
      { level: 'info', source: 'calls', what: 'fsd.start', data: { ms: 0, outcome: 'cancelled' } },
    ]);
    client.dispose();
    served.dispose();
  });

  it('is also each frame that is no call of ours, by its operation alone and not without end', async () => {
    const [near, far] = memoryChannelPair();
    const strange: LoggedEvent[] = [];
    loggedCalls(far, { write: event => void strange.push(event) }, clock);
    const told = async (frame: unknown): Promise<readonly LoggedEvent[]> => {
      strange.length = 0;
      near.send(frame);
      await new Promise(resolve => setImmediate(resolve));
      return [...strange];
    };
    const warning = (what: string, data = {}) => [{ level: 'warning', source: 'calls', what, data }];
    expect(await told({ kind: 'call', id: 1, name: 'no.such\u202e', input: 'a secret' })).toEqual(
      warning('operation.unknown', { operation: 'no.such\\u{202e}' }),
    );
    const [long] = await told({ kind: 'call', id: 2, name: 'x'.repeat(10_000), input: {} });
    expect(String(long?.data?.['operation']).length).toBe(80);
    for (const frame of [
      null,
      7,
      'a secret',
      [],
      {},
      { kind: 'call' },
      { kind: 'result', id: 4, output: 'a secret' },
    ]) {
      expect(await told(frame)).toEqual(warning('frame.not-a-call'));
    }
    expect(await told({ kind: 'cancel', id: 9 })).toEqual([]);
    for (let sent = 9; sent < 99; sent++) await told(null);
    expect(await told(null)).toEqual(warning('frame.not-a-call', { more: 'not logged' }));
    expect(await told(null)).toEqual([]);
    near.close();
  });
});
