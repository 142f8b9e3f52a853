import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../shared/base/clock.ts';
import { appLogOf } from './app-log.ts';
import { logFiles, openEventLog } from './event-log.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-app-log-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the app's own log", () => {
  it('is read from its end, over the files that it is kept in', async () => {
    const log = openEventLog(folder, systemClock);
    const reason = 'x'.repeat(900);
    for (let count = 0; count < 1_300; count += 1)
      log.write({ level: 'info', source: 'window', what: `w${count}`, data: { reason } });
    const read = await appLogOf(folder, systemClock).read(1_250);
    expect(read).toHaveLength(1_250);
    expect(read.at(-1)?.text).toMatch(/^w1299/);
    expect(read[0]?.text).toMatch(/^w50/);
    expect(await appLogOf(join(folder, 'nowhere'), systemClock).read(10)).toEqual([]);
  });

  it('is followed, whoever writes it; half a line waits for the rest', async () => {
    const log = openEventLog(folder, systemClock);
    log.write({ level: 'info', source: 'window', what: 'before' });
    const clock = new ManualClock();
    const told: string[] = [];
    const undo = appLogOf(folder, clock).follow(({ text }) => told.push(text));
    const look = async (): Promise<void> => {
      for (let turn = 0; turn < 40; turn += 1) await new Promise(resolve => void setTimeout(resolve, 2));
      clock.advance(1_000);
      for (let turn = 0; turn < 40; turn += 1) await new Promise(resolve => void setTimeout(resolve, 2));
    };
    await look();
    const line = JSON.stringify({ at: '2026-11-22T08:00:00.000Z', level: 'error', source: 'other', what: 'said' });
    const [newest = ''] = logFiles(folder);
    await appendFile(newest, line.slice(0, 20));
    await look();
    expect(told).toEqual([]);
    await appendFile(newest, `${line.slice(20)}\n`);
    await look();
    undo();
    expect(told).toEqual(['other: said']);
  });

  it('is followed over the change of its file: lines that were written right before it, too', async () => {
    const log = openEventLog(folder, systemClock);
    const reason = 'x'.repeat(900);
    const write = (what: string): void => log.write({ level: 'info', source: 'window', what, data: { reason } });
    for (let count = 0; count < 1_080; count += 1) write(`w${count}`);
    const clock = new ManualClock();
    const told: string[] = [];
    const undo = appLogOf(folder, clock).follow(({ what = '' }) => told.push(what));
    const look = async (): Promise<void> => {
      for (let turn = 0; turn < 40; turn += 1) await new Promise(resolve => void setTimeout(resolve, 2));
      clock.advance(1_000);
      for (let turn = 0; turn < 40; turn += 1) await new Promise(resolve => void setTimeout(resolve, 2));
    };
    await look();
    // Some go into the file that is read, the others into the one that takes its place.
    const expected = Array.from({ length: 60 }, (_, at) => `n${at}`);
    for (const what of expected) write(what);
    await look();
    write('last');
    await look();
    undo();
    expect(told).toEqual([...expected, 'last']);
  });
});
