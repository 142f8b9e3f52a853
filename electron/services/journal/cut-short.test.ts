import { mkdtemp, rename, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../shared/base/clock.ts';
import type { JournalEntry, JournalNote } from '../../../shared/domain/journal.ts';
import { RENUMBERED } from '../../../shared/domain/renumbered.ts';
import { Journal } from './journal.ts';

let folder: string;
let home: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-cut-'));
  home = join(folder, 'journal');
});
afterEach(() => rm(folder, { recursive: true }));

const note = (subject: string): JournalNote => ({ source: 'engine', what: 'container.started', subject });
const FILE = '000000000001.jsonl';
const told = ({ what, subject }: JournalEntry): string => (what === 'container.started' ? subject : what);

describe('a journal whose files something else cut short', () => {
  it.each<[string, () => Promise<unknown>, readonly string[], number]>([
    ['to nothing', () => truncate(join(home, FILE), 0), [], 3],
    ['in the middle of a line', () => truncate(join(home, FILE), 130), ['aa', 'journal.damaged'], 1],
    ['by one file that is gone', () => rm(join(home, FILE)), [], 3],
    ['by its whole folder', () => rename(home, join(folder, 'elsewhere')), [], 3],
  ])('%s says so, and goes on with what is there', async (_, cut, left, lines) => {
    const clock = new ManualClock();
    const journal = new Journal(clock, { folder: home });
    const heard: string[] = [];
    for (const subject of ['aa', 'bb', 'cc']) journal.note(note(subject));
    await journal.follow();
    await cut();
    journal.onAppended(entry => heard.push(told(entry)));
    for (const subject of ['dd', 'ee']) {
      journal.note(note(subject));
      await journal.follow();
    }
    const { entries } = await journal.read({ after: 0, limit: 100 });
    expect(entries.map(told)).toEqual([...left, 'journal.cut-short', RENUMBERED, 'dd', 'ee']);
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_entry, at) => at + 1));
    expect(heard).toEqual([
      ...left.filter(what => what === 'journal.damaged'),
      'journal.cut-short',
      RENUMBERED,
      'dd',
      'ee',
    ]);
    const dataOf = (wanted: string) => entries.find(({ what }) => what === wanted)?.data;
    expect(dataOf('journal.cut-short')).toEqual({ lines, from: left.length + 1 });
    expect(dataOf(RENUMBERED)).toEqual({ from: left.length + 1 });
    await journal.close();
    const again = new Journal(clock, { folder: home });
    expect((await again.read({ after: 0, limit: 100 })).entries).toEqual(entries);
    await again.close();
  });

  it('is found out though somebody has written more to it meanwhile', async () => {
    const [one, other] = [new Journal(systemClock, { folder: home }), new Journal(systemClock, { folder: home })];
    one.note(note('aa'));
    await one.follow();
    await other.follow();
    await truncate(join(home, FILE), 0);
    const heard: string[] = [];
    other.onAppended(entry => heard.push(told(entry)));
    for (const subject of ['bb', 'cc', 'dd']) {
      one.note(note(subject));
      await one.follow();
    }
    other.note(note('ee'));
    await other.follow();
    const { entries } = await other.read({ after: 0, limit: 100 });
    expect(entries.map(told)).toEqual(['journal.cut-short', RENUMBERED, 'bb', 'cc', 'dd', 'ee']);
    expect(heard).toEqual(entries.map(told));
    expect((await one.read({ after: 0, limit: 100 })).entries).toEqual(entries);
    await Promise.all([one.close(), other.close()]);
  });

  it('while nobody ran is counted anew, and not by the marks of what is gone', async () => {
    const write = async (count: number): Promise<void> => {
      const journal = new Journal(new ManualClock(), { folder: home });
      for (let line = 0; line < count; line++) journal.note(note(`c${line}`));
      await journal.close();
    };
    await write(2_000);
    await truncate(join(home, FILE), 1_000);
    await write(10);
    await write(3_000);
    const journal = new Journal(new ManualClock(), { folder: home });
    const { entries } = await journal.read({ after: 0, limit: 10_000 });
    const names = entries.map(({ subject }) => subject).filter(subject => subject !== 'journal');
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_entry, at) => at + 1));
    expect(names.slice(-3_010)).toEqual(
      [10, 3_000].flatMap(count => Array.from({ length: count }, (_, at) => `c${at}`)),
    );
    expect((await journal.read({ after: 2_000, limit: 1 })).entries[0]).toEqual(entries[2_000]);
    await journal.close();
  });

  it('is found out by who only reads, too', async () => {
    const journal = new Journal(new ManualClock(), { folder: home });
    for (const subject of ['aa', 'bb']) journal.note(note(subject));
    await journal.follow();
    await truncate(join(home, FILE), 0);
    await journal.follow();
    expect((await journal.read({ after: 0, limit: 100 })).entries.map(told)).toEqual(['journal.cut-short', RENUMBERED]);
    await journal.close();
  });
});
