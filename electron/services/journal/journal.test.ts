import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { Journal, parseJournal } from './journal.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'siloscope-journal-'));
});
afterEach(() => rm(directory, { recursive: true }));

const note = (subject: string) => ({ source: 'engine', what: 'container.started', subject }) as const;
const at = '2026-01-01T00:00:00.000Z';

describe('a journal', () => {
  it('numbers its entries without holes and tells them', async () => {
    const journal = new Journal(new ManualClock());
    const told: number[] = [];
    journal.onAppended(entry => told.push(entry.sequence));
    journal.note(note('aa'));
    await journal.read(0, 10);
    journal.note(note('bb'));
    expect(await journal.read(1, 10)).toEqual([{ sequence: 2, at, ...note('bb') }]);
    expect(told).toEqual([1, 2]);
    await journal.close();
  });

  it('goes on where its file ended', async () => {
    const file = join(directory, 'deep', 'journal.jsonl');
    const first = new Journal(new ManualClock(), file);
    first.note(note('aa'));
    await first.close();
    const second = new Journal(new ManualClock(), file);
    second.note(note('bb'));
    await second.close();
    expect(parseJournal(await readFile(file, 'utf8'))).toEqual([
      { sequence: 1, at, ...note('aa') },
      { sequence: 2, at, ...note('bb') },
    ]);
  });

  it('survives a torn last line', async () => {
    const file = join(directory, 'journal.jsonl');
    const first = new Journal(new ManualClock(), file);
    first.note(note('aa'));
    await first.close();
    await appendFile(file, '{"sequence":2,"at":"2026');
    const second = new Journal(new ManualClock(), file);
    second.note(note('bb'));
    expect(await second.read(0, 10)).toEqual([
      { sequence: 1, at, ...note('aa') },
      { sequence: 2, at, ...note('bb') },
    ]);
    await second.close();
    expect(parseJournal(await readFile(file, 'utf8'))).toHaveLength(2);
  });

  it('that cannot write keeps its entries and says so once', async () => {
    const journal = new Journal(new ManualClock(), directory);
    journal.note(note('aa'));
    await journal.close();
    journal.note(note('bb'));
    await journal.close();
    const entries = await journal.read(0, 10);
    expect(entries.map(({ what }) => what).filter(what => what === 'container.started')).toHaveLength(2);
  });
});
