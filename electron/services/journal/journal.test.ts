import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../shared/base/clock.ts';
import type { JournalNote } from '../../../shared/domain/journal.ts';
import { diskJournalFiles } from './disk-journal-files.ts';
import { Journal } from './journal.ts';
import type { JournalFiles } from './journal-files.ts';
import { parseJournal } from './testing/parse-journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

const note = (subject: string): JournalNote => ({ source: 'engine', what: 'container.started', subject });
const at = '2026-01-01T00:00:00.000Z';
const FILE = '000000000001.jsonl';
const subjects = async (journal: Journal): Promise<string[]> =>
  (await journal.read({ after: 0, limit: 10_000 })).entries.map(({ subject }) => subject);

async function written(...notes: JournalNote[]): Promise<void> {
  const journal = new Journal(new ManualClock(), { folder });
  for (const one of notes) journal.note(one);
  await journal.close();
}

describe('a journal', () => {
  it('numbers its entries without holes and tells them', async () => {
    const journal = new Journal(new ManualClock());
    const told: number[] = [];
    journal.onAppended(entry => told.push(entry.sequence));
    journal.note(note('aa'));
    await journal.read({ after: 0, limit: 10 });
    journal.note(note('bb'));
    expect(await journal.read({ after: 1, limit: 10 })).toEqual({
      entries: [{ sequence: 2, at, ...note('bb') }],
      first: 1,
      last: 2,
    });
    expect(told).toEqual([1, 2]);
    await journal.close();
  });

  it('goes on where its file ended', async () => {
    await written(note('aa'));
    await written(note('bb'));
    expect(parseJournal(await readFile(join(folder, FILE), 'utf8'))).toEqual([
      { sequence: 1, at, ...note('aa') },
      { sequence: 2, at, ...note('bb') },
    ]);
  });

  it('killed at any byte loses at most its last line, and says which', async () => {
    await written(note('aa'), note('bb'));
    const whole = await readFile(join(folder, FILE));
    const secondAt = whole.indexOf(10) + 1;
    for (let cut = secondAt; cut <= whole.length; cut++) {
      await writeFile(join(folder, FILE), whole.subarray(0, cut));
      const journal = new Journal(new ManualClock(), { folder });
      journal.note(note('cc'));
      const { entries } = await journal.read({ after: 0, limit: 10 });
      const torn = cut > secondAt && cut < whole.length - 1;
      const kinds = entries.map(({ what, subject }) => (what === 'journal.damaged' ? what : subject));
      expect(kinds).toEqual(cut === secondAt ? ['aa', 'cc'] : ['aa', torn ? 'journal.damaged' : 'bb', 'cc']);
      expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, place) => place + 1));
      await journal.close();
    }
  });

  it('tells of a line that was changed by hand, in its place', async () => {
    await written(note('aa'));
    await appendFile(join(folder, FILE), 'not a line of ours\n');
    const journal = new Journal(new ManualClock(), { folder });
    const { entries } = await journal.read({ after: 1, limit: 10 });
    expect(entries).toEqual([
      {
        sequence: 2,
        at,
        source: 'host',
        what: 'journal.damaged',
        subject: 'journal',
        data: { bytes: 18, excerpt: 'not a line of ours' },
      },
    ]);
    await journal.close();
  });

  it('kept in a folder that cannot be made keeps its lines in memory, and says so', async () => {
    await writeFile(join(folder, 'file'), '');
    const journal = new Journal(new ManualClock(), { folder: join(folder, 'file', 'deep') });
    journal.note(note('aa'));
    journal.note(note('bb'));
    const { entries } = await journal.read({ after: 0, limit: 10 });
    expect(entries.map(({ what }) => what).sort()).toEqual([
      'container.started',
      'container.started',
      'journal.unwritable',
    ]);
    const told = entries.find(({ what }) => what === 'journal.unwritable');
    expect(told?.data).toEqual({ reason: `${join(folder, 'file')} is a file, and no folder can be in its place` });
    await journal.close();
  });

  it.each([
    ['one write that failed', 'append'],
    ['one reading that failed', 'read'],
  ] as const)('after %s has its lines on the disk a minute later, though nobody closes it', async (_what, fails) => {
    const disk = diskJournalFiles(folder, systemClock);
    let isBroken = false;
    const once = <T>(work: () => Promise<T>): Promise<T> => {
      if (!isBroken) return work();
      isBroken = false;
      return Promise.reject(new Error('EIO: i/o error'));
    };
    const files: JournalFiles = {
      ...disk,
      ...(fails === 'read'
        ? { names: () => once(() => disk.names()) }
        : { append: (name, bytes, isNew) => once(() => disk.append(name, bytes, isNew)) }),
    };
    const clock = new ManualClock();
    const journal = new Journal(clock, { files });
    const told: number[] = [];
    journal.onAppended(({ sequence }) => told.push(sequence));
    journal.note(note('aa'));
    expect(await subjects(journal)).toEqual(['aa']);
    isBroken = true;
    if (fails === 'read') await journal.follow();
    journal.note(note('bb'));
    const known = await subjects(journal);
    expect(known.filter(subject => subject !== '')).toEqual(expect.arrayContaining(['aa', 'bb']));
    clock.advance(60_000);
    journal.note(note('cc'));
    const all = await subjects(journal);
    expect(all).toEqual([...known, 'cc']);
    expect(all.length).toBe(fails === 'read' ? 3 : 4);
    expect(told).toEqual(all.map((_subject, at) => at + 1));
    const onDisk = parseJournal(await readFile(join(folder, FILE), 'utf8'));
    expect(onDisk.map(({ subject }) => subject)).toEqual(all);
    await journal.close();
  });

  it('brings back more lines than one piece, and goes on where an attempt failed half-way', async () => {
    const disk = diskJournalFiles(folder, systemClock);
    let room = Number.POSITIVE_INFINITY;
    const files: JournalFiles = {
      ...disk,
      async append(name, bytes, isNew) {
        if (bytes.length > room) throw new Error('ENOSPC: no space left on device');
        room -= bytes.length;
        await disk.append(name, bytes, isNew);
      },
    };
    const clock = new ManualClock();
    const journal = new Journal(clock, { files });
    journal.note(note('aa'));
    expect(await subjects(journal)).toEqual(['aa']);
    room = 0;
    const names = Array.from({ length: 2_500 }, (_, at) => `line ${at}`);
    for (const name of names) journal.note(note(name));
    const known = await subjects(journal);
    expect(known.length).toBe(2_502);
    room = 150_000;
    clock.advance(60_000);
    expect(await subjects(journal)).toEqual(known);
    room = Number.POSITIVE_INFINITY;
    clock.advance(60_000);
    expect(await subjects(journal)).toEqual(known);
    const onDisk = parseJournal(await readFile(join(folder, FILE), 'utf8'));
    expect(onDisk.map(({ subject }) => subject)).toEqual(known);
    await journal.close();
  });

  it('on a disk that became full loses no line, and writes the rest down when there is room again', async () => {
    const disk = diskJournalFiles(folder, new ManualClock());
    let full = false;
    const files: JournalFiles = {
      ...disk,
      folder,
      // A full disk takes the beginning of what is written.
      append: async (name, bytes, isNew) => {
        await disk.append(name, full ? bytes.subarray(0, bytes.indexOf(10) + 9) : bytes, isNew);
        if (full) throw new Error('ENOSPC: no space left on device');
      },
    };
    const journal = new Journal(new ManualClock(), { files });
    const told: string[] = [];
    journal.onAppended(({ subject }) => told.push(subject));
    journal.note(note('aa'));
    await journal.follow();
    full = true;
    for (const name of ['bb', 'cc', 'dd']) journal.note(note(name));
    await journal.follow();
    expect(await subjects(journal)).toEqual(['aa', 'bb', 'cc', 'dd', folder]);
    expect(told).toEqual(['aa', 'bb', 'cc', 'dd', folder]);
    full = false;
    await journal.close();
    const again = new Journal(new ManualClock(), { folder });
    // The half line is told of on the disk, which gives those after it other numbers: that is told, too.
    expect(await subjects(again)).toEqual(['aa', 'bb', 'journal', 'cc', 'dd', folder, folder]);
    await again.close();
  });

  it('on a disk that went away altogether goes on in memory, and goes back to it', async () => {
    const disk = diskJournalFiles(folder, systemClock);
    let isGone = false;
    const unless = <T>(act: () => Promise<T>): Promise<T> =>
      isGone ? Promise.reject(new Error('EIO: i/o error')) : act();
    const files: JournalFiles = {
      folder,
      names: () => unless(() => disk.names()),
      size: name => unless(() => disk.size(name)),
      read: (name, start, length) => unless(() => disk.read(name, start, length)),
      append: (name, bytes, isNew) => unless(() => disk.append(name, bytes, isNew)),
      remove: name => unless(() => disk.remove(name)),
      sync: name => unless(() => disk.sync(name)),
      locked: work => unless(() => disk.locked(work)),
    };
    const clock = new ManualClock();
    const journal = new Journal(clock, { files });
    journal.note(note('aa'));
    await journal.follow();
    isGone = true;
    for (const name of ['bb', 'cc']) {
      journal.note(note(name));
      await journal.follow();
    }
    expect((await journal.known()).volumes).toBeDefined();
    isGone = false;
    clock.advance(60_000);
    expect(await subjects(journal)).toEqual(['aa', 'bb', folder, 'cc']);
    await journal.close();
    const onDisk = parseJournal(await readFile(join(folder, FILE), 'utf8'));
    expect(onDisk.map(({ subject }) => subject)).toEqual(['aa', 'bb', folder, 'cc']);
  });

  it('drops the oldest files beyond its bounds, and says how much', async () => {
    const limits = { segmentBytes: 400, keptBytes: 1_200 };
    const journal = new Journal(new ManualClock(), { folder, limits });
    await journal.follow();
    await writeFile(join(folder, '000000000001.v99.marks'), 'of a newer version');
    for (let count = 0; count < 60; count++) {
      journal.note(note(`c${count}`));
      await journal.follow();
    }
    const { entries, first, last } = await journal.read({ after: 0, limit: 1_000 });
    expect(first).toBeGreaterThan(1);
    expect(entries.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: last - first + 1 }, (_, place) => first + place),
    );
    expect(entries.find(({ what }) => what === 'journal.dropped')).toMatchObject({
      data: { lines: expect.any(Number), from: at, until: at },
    });
    const started = entries.filter(({ what }) => what === 'container.started');
    expect(started.at(-1)?.subject).toBe('c59');
    await journal.close();
    const names = (await readdir(folder)).filter(name => name.endsWith('.jsonl'));
    expect(names.length).toBeLessThan(6);
    expect((await readdir(folder)).filter(name => name.startsWith('000000000001.'))).toEqual([]);
    const again = new Journal(new ManualClock(), { folder, limits });
    expect((await again.read({ after: 0, limit: 1_000 })).entries).toEqual(entries);
    await again.close();
  });

  it('whose marks are gone or wrong makes them anew', async () => {
    const journal = new Journal(new ManualClock(), { folder });
    for (let count = 0; count < 3_000; count++) journal.note(note(`c${count}`));
    await journal.close();
    const marks = (await readdir(folder)).filter(name => name.endsWith('.marks')).map(name => join(folder, name));
    for (const spoil of [
      () => Promise.all(marks.map(name => rm(name))),
      () => Promise.all(marks.map(name => writeFile(name, '{"ordinal":7}\nrubbish\n'))),
      () => Promise.all(marks.map(name => truncate(name, 20))),
    ]) {
      await spoil();
      const again = new Journal(new ManualClock(), { folder });
      const { entries } = await again.read({ after: 2_500, limit: 1 });
      expect(entries.map(({ subject }) => subject)).toEqual(['c2500']);
      await again.close();
    }
  });
});
