import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ManualClock, systemClock } from '../../../shared/base/clock.ts';
import type { JournalEntry, JournalNote } from '../../../shared/domain/journal.ts';
import { RENUMBERED } from '../../../shared/domain/renumbered.ts';
import { diskJournalFiles } from './disk-journal-files.ts';
import { Journal } from './journal.ts';
import type { JournalFiles } from './journal-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

const note = (subject: string): JournalNote => ({ source: 'engine', what: 'container.started', subject });

describe('two journals on one folder, of which one could not write for a while', () => {
  it.each([
    ['wrote meanwhile', 3],
    ['wrote nothing meanwhile', 0],
  ] as const)(
    'and the other %s: each line is there once and told once, with its number on the disk',
    async (_, more) => {
      const disk = diskJournalFiles(folder, systemClock);
      let isBroken = false;
      const files: JournalFiles = {
        ...disk,
        append: (name, bytes, isNew) =>
          isBroken ? Promise.reject(new Error('ENOSPC: no space left')) : disk.append(name, bytes, isNew),
      };
      const clock = new ManualClock();
      const one = new Journal(clock, { files });
      const other = new Journal(systemClock, { folder });
      const told: JournalEntry[] = [];
      one.onAppended(entry => told.push(entry));
      one.note(note('before'));
      await one.follow();
      isBroken = true;
      for (const subject of ['kept-1', 'kept-2']) one.note(note(subject));
      await one.follow();
      for (let count = 1; count <= more; count++) other.note(note(`other-${count}`));
      await other.follow();
      isBroken = false;
      clock.advance(60_000);
      await one.follow();
      one.note(note('after'));
      await one.follow();
      const page = await one.read({ after: 0, limit: 100 });
      expect(await other.read({ after: 0, limit: 100 })).toEqual(page);
      const said = (entries: readonly JournalEntry[]): string[] =>
        entries.map(({ what, subject }) => `${what} ${subject}`);
      expect(page.entries.map(({ sequence }) => sequence)).toEqual(page.entries.map((_entry, at) => at + 1));
      expect(new Set(said(page.entries)).size).toBe(page.entries.length);
      expect(said(told).sort()).toEqual(said(page.entries).sort());
      expect(page.entries.filter(({ what }) => what === RENUMBERED).length).toBe(more > 0 ? 1 : 0);
      // Whoever heard that numbers have changed and reads again from there holds the truth.
      const renumbered = told.find(({ what }) => what === RENUMBERED);
      const from = z.int().parse(renumbered?.data?.['from'] ?? Number.MAX_SAFE_INTEGER);
      for (const entry of told.filter(({ sequence }) => sequence < from)) expect(page.entries).toContainEqual(entry);
      await Promise.all([one.close(), other.close()]);
    },
  );
});

describe('what one saw while it could not write, and the other saw as well', () => {
  const VOLUME = '\\Device\\Volume{1}';
  const about = (what: string, mountPoint: string): JournalNote => ({
    source: 'inspection',
    what,
    subject: VOLUME,
    data: { kind: 'network', namespace: 'silo:8', mountPoints: [mountPoint] },
  });

  it('is told once, and what is newer stays known, though the older is written down after it', async () => {
    const disk = diskJournalFiles(folder, systemClock);
    let isBroken = false;
    const files: JournalFiles = {
      ...disk,
      append: (name, bytes, isNew) =>
        isBroken ? Promise.reject(new Error('ENOSPC: no space left')) : disk.append(name, bytes, isNew),
    };
    const clock = new ManualClock();
    const one = new Journal(clock, { files });
    const other = new Journal(clock, { folder });
    const noted = async (journal: Journal, ...notes: readonly JournalNote[]): Promise<void> => {
      for (const fact of notes) journal.note(fact);
      await journal.follow();
      clock.advance(1_000);
    };
    await noted(one, about('volume.appeared', 'Y:'));
    isBroken = true;
    await noted(one, about('volume.mounted', 'Z:'));
    await noted(other, about('volume.mounted', 'Z:'));
    await noted(one, about('volume.mounted', 'X:'), { source: 'user', what: 'launch.done', subject: 'b' });
    await noted(other, about('volume.gone', 'W:'));
    isBroken = false;
    clock.advance(60_000);
    await one.follow();
    await one.follow();
    const { entries } = await other.read({ after: 0, limit: 100 });
    expect(
      entries.map(({ what, data }) =>
        [
          what,
          ...(data?.['mountPoints'] === undefined ? [] : [JSON.stringify(data['mountPoints'])]),
          ...(data?.['late'] === true ? ['late'] : []),
        ].join(' '),
      ),
    ).toEqual([
      'volume.appeared ["Y:"]',
      'volume.mounted ["Z:"]',
      'volume.gone ["W:"]',
      'journal.unwritable',
      'volume.mounted ["X:"] late',
      'launch.done',
      RENUMBERED,
    ]);
    expect((await other.known()).volumes).toEqual([]);
    expect((await one.known()).volumes).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });
});

describe('two journals on one folder', () => {
  it('agree on every line and tell each other', async () => {
    const one = new Journal(systemClock, { folder, limits: { segmentBytes: 2_000, keptBytes: 1_000_000 } });
    const other = new Journal(systemClock, { folder, limits: { segmentBytes: 2_000, keptBytes: 1_000_000 } });
    await Promise.all([one.follow(), other.follow()]);
    const told: string[] = [];
    one.onAppended(({ subject }) => told.push(subject));
    for (let count = 0; count < 50; count++) {
      one.note(note(`one${count}`));
      other.note(note(`other${count}`));
      if (count % 7 === 0) await Promise.all([one.follow(), other.follow()]);
    }
    await Promise.all([one.follow(), other.follow()]);
    await one.follow();
    const ours = await one.read({ after: 0, limit: 1_000 });
    expect(await other.read({ after: 0, limit: 1_000 })).toEqual(ours);
    expect(ours.entries).toHaveLength(100);
    expect(told).toEqual(ours.entries.map(({ subject }) => subject));
    await Promise.all([one.close(), other.close()]);
  });

  it('tell each other without being asked', async () => {
    const one = new Journal(systemClock, { folder });
    const other = new Journal(systemClock, { folder });
    const told: string[] = [];
    one.onAppended(({ subject }) => told.push(subject));
    const following = one.followOthers();
    await expect
      .poll(
        () => {
          other.note(note('other'));
          return told.length;
        },
        { interval: 100, timeout: 10_000 },
      )
      .toBeGreaterThan(0);
    following.dispose();
    await Promise.all([one.close(), other.close()]);
  });

  it('write one line of what both have seen', async () => {
    const one = new Journal(systemClock, { folder });
    const other = new Journal(systemClock, { folder });
    const seen: JournalNote[] = [
      { source: 'engine', what: 'container.started', subject: 'b', data: { id: 'aa', engineTime: '17' } },
      { source: 'engine', what: 'engine.connected', subject: 'local' },
      { source: 'fsd', what: 'fsd.started', subject: 'WinFsp' },
      { source: 'silo', what: 'silo.arrived', subject: 'b', data: { id: 'silo:8' } },
      { source: 'inspection', what: 'volume.appeared', subject: 'v', data: { kind: 'network', namespace: 'silo:8' } },
      { source: 'inspection', what: 'volume.leaked', subject: 'v', data: { proof: 'rule' } },
      { source: 'user', what: 'launch.done', subject: 'b' },
    ];
    for (const journal of [one, other]) {
      for (const fact of seen) journal.note(fact);
      await journal.follow();
    }
    const { entries } = await one.read({ after: 0, limit: 100 });
    expect(entries.map(({ what }) => what)).toEqual([...seen.map(({ what }) => what), 'launch.done']);
    await Promise.all([one.close(), other.close()]);
  });
});
