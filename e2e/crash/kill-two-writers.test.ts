import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../electron/services/journal/journal.ts';
import { parseJournal } from '../../electron/services/journal/testing/parse-journal.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { type BuiltProgram, builtWriter } from './built-writer.ts';

let built: BuiltProgram;
let folder: string;
let reports: string;
beforeAll(async () => {
  built = await builtWriter('journal-writer.ts');
  reports = await mkdtemp(join(tmpdir(), 'siloscope-killed-reports-'));
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-killed-'));
});
afterAll(async () => {
  await built.dispose();
  await rm(reports, { recursive: true, force: true });
});

interface Writer {
  readonly process: ChildProcess;
  /** Counts of the lines that it was told are there; half a line at the end was not told. */
  told(): Promise<number[]>;
}

const children: ChildProcess[] = [];
afterEach(async () => {
  await Promise.all(
    children.splice(0).map(async child => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'close');
      child.kill('SIGKILL');
      await gone;
    }),
  );
  await rm(folder, { recursive: true, force: true });
});

function begin(name: string, keptBytes?: number): Writer {
  const file = join(reports, `${name}.told`);
  const child = spawn(
    process.execPath,
    [built.program, name, folder, file, ...(keptBytes === undefined ? [] : [String(keptBytes)])],
    { stdio: 'inherit' },
  );
  children.push(child);
  return {
    process: child,
    async told() {
      const text = await readFile(file, 'utf8').catch(() => '');
      return text.split('\n').slice(0, -1).map(Number);
    },
  };
}

const SOON = { timeout: 30_000, interval: 2 };
const reached = (writer: Writer, count: number): Promise<void> =>
  expect.poll(async () => (await writer.told()).length, SOON).toBeGreaterThanOrEqual(count);

async function kill({ process: child }: Writer): Promise<void> {
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}

/** After so many lines of the one that is killed; what it does at that moment is left to chance. */
const KILLS = [1, 7, 23, 60, 2, 41, 11, 90] as const;

describe('two processes that write one journal, of which one is killed again and again', () => {
  it('lose no line that was told, have none twice, and leave numbers without holes; the other goes on', async () => {
    const staying = begin('stays');
    const killed: Writer[] = [];
    for (const [at, after] of KILLS.entries()) {
      const writer = begin(`dies-${at}`);
      killed.push(writer);
      await reached(writer, after);
      await kill(writer);
      // What it left, half a line or its lock, keeps the other up for a moment at most.
      await reached(staying, (await staying.told()).length + 5);
    }
    await kill(staying);

    const journal = new Journal(systemClock, { folder });
    journal.note({ source: 'host', what: 'test.noted', subject: 'next 1' });
    const { entries, last } = await journal.read({ after: 0, limit: 1_000_000 });
    await journal.close();
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_entry, place) => place + 1));
    expect(entries.at(-1)).toMatchObject({ sequence: last, subject: 'next 1' });
    const notes = entries.filter(({ what }) => what === 'test.noted').map(({ subject }) => subject);
    expect(new Set(notes).size).toBe(notes.length);
    const there = new Set(notes);
    for (const [name, writer] of [
      ['stays', staying] as const,
      ...killed.map((one, at) => [`dies-${at}`, one] as const),
    ]) {
      const told = await writer.told();
      expect(told.filter(count => !there.has(`${name} ${count}`))).toEqual([]);
      // In its own order, as far as they are there.
      const own = notes.flatMap(subject => (subject.startsWith(`${name} `) ? [Number(subject.split(' ')[1])] : []));
      expect(own).toEqual(own.map((_count, place) => place + 1));
    }
    // On the disk it is as it was read.
    const files = (await readdir(folder)).filter(file => file.endsWith('.jsonl')).sort();
    const onDisk = await Promise.all(files.map(file => readFile(join(folder, file), 'utf8')));
    expect(onDisk.flatMap(text => parseJournal(text)).map(({ subject }) => subject)).toEqual(
      entries.map(({ subject }) => subject),
    );
  }, 120_000);
});

describe('a journal that two processes write, who begin new files and drop old ones', () => {
  it('is read and searched by a third meanwhile: no line is missing between the first and the last, none is another', async () => {
    const [one, two] = [begin('drops-one', 120_000), begin('drops-two', 120_000)];
    const limits = { segmentBytes: 20_000, keptBytes: 120_000 };
    const reader = new Journal(systemClock, { folder, limits });
    const known = new Map<number, string>();
    let dropped = 0;
    for (let reading = 0; reading < 40 || dropped === 0; reading++) {
      const { entries, first, last } = await reader.read({ after: 0, limit: 100_000 });
      if (first > 1) dropped = first - 1;
      expect(entries.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: last === 0 ? 0 : last - first + 1 }, (_, at) => first + at),
      );
      for (const { sequence, what, subject } of entries) {
        const said = `${what} ${subject}`;
        expect([sequence, known.get(sequence) ?? said]).toEqual([sequence, said]);
        known.set(sequence, said);
      }
      const found = await reader.read({ after: 0, limit: 100_000, filter: { text: 'drops-two' } });
      for (const { sequence, subject } of found.entries) {
        expect(subject).toMatch(/^drops-two /);
        expect(known.get(sequence) ?? `test.noted ${subject}`).toBe(`test.noted ${subject}`);
      }
      await reached(one, (await one.told()).length + 20);
    }
    for (const writer of [one, two]) await kill(writer);
    await reader.close();
    expect(dropped).toBeGreaterThan(0);
  }, 120_000);
});
