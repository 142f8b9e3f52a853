import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { JournalEntry } from '../../../shared/domain/journal.ts';
import { wordJournal } from '../../../shared/wording/word-journal.ts';
import { Journal } from './journal.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-newer-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = '2027-05-01T09:00:00.000Z';
const lines = [
  { at, source: 'kernel', what: 'driver.quarantined', subject: 'WinFsp', data: { severity: 4 }, since: 3 },
  { at, source: 'kernel', what: 'fsd.stopped', subject: 'WinFsp' },
  { at, source: 'engine', what: 'container.dreamt', subject: 'billing' },
  { at, source: 7, what: 'fsd.started', subject: 'WinFsp' },
];

describe('a journal that a newer Siloscope wrote', () => {
  it('is kept as it is, told as of another version, and found by either', async () => {
    const text = lines.map((line, place) => `${JSON.stringify({ sequence: place + 1, ...line })}\n`).join('');
    await writeFile(join(folder, '000000000001.jsonl'), text);
    const journal = new Journal(new ManualClock(), { folder });
    const page = await journal.read({ after: 0, limit: 10 });
    const entries = page.entries.map(entry => JournalEntry.parse(entry));
    expect(entries.map(({ source, what }) => `${source} ${what}`)).toEqual([
      'other driver.quarantined',
      'other fsd.stopped',
      'engine container.dreamt',
      'host journal.damaged',
    ]);
    expect(entries.slice(0, 3).map(wordJournal)).toEqual([
      'driver.quarantined: WinFsp severity=4 source=kernel (written by another version of Siloscope)',
      'Driver WinFsp does not run',
      'container.dreamt: billing (written by another version of Siloscope)',
    ]);
    // What it says of what this one knows is known.
    expect((await journal.moment({})).fsd).toEqual({ state: 'stopped', service: 'WinFsp' });
    const found = async (filter: { text?: string; sources?: JournalEntry['source'][] }): Promise<number[]> =>
      (await journal.read({ after: 0, limit: 10, filter })).entries.map(({ sequence }) => sequence);
    expect(await found({ text: 'another version' })).toEqual([1, 3]);
    expect(await found({ text: 'kernel' })).toEqual([1, 2]);
    expect(await found({ text: 'other fsd' })).toEqual([2]);
    expect(await found({ sources: ['other'] })).toEqual([1, 2]);
    await journal.close();
  });
});
