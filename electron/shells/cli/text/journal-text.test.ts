import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../../shared/domain/journal.ts';
import { writeJournal } from './journal-text.ts';
import { Page } from './page.ts';

const DEVICE = '\\Device\\Volume{5105c09e-0000-4000-8000-000000000001}';
const leak = { uncPrefix: '\\memfs\\share', mountPoints: ['Y:'], home: 'memfs-network', proof: 'rule' };
const ENTRIES: readonly JournalEntry[] = [
  entry(8, '2026-11-21T23:59:59.900Z', 'fsd', 'fsd.started', 'WinFsp+2.1'),
  entry(9, '2026-11-22T00:00:00.100Z', 'inspection', 'volume.leaked', DEVICE, leak),
  entry(10, '2026-11-22T00:00:00.100Z', 'inspection', 'inspection.gaps-changed', 'host'),
];

function entry(
  sequence: number,
  at: string,
  source: JournalEntry['source'],
  what: string,
  subject: string,
  data?: JournalEntry['data'],
): JournalEntry {
  return { sequence, at, source, what, subject, ...(data === undefined ? {} : { data }) };
}

function printed(width: number, entries = ENTRIES): string[] {
  const page = new Page({ width: Math.min(width, 100), tableWidth: width, paint: text => text });
  writeJournal(page, entries);
  return page.toString().trimEnd().split('\n');
}

describe('the journal on a terminal', () => {
  it('has whole times and every column where they fit, and in a pipe', () => {
    const [head, first] = printed(Number.POSITIVE_INFINITY);
    expect(head).toMatch(/^# {3}AT +SOURCE +KIND +WHAT HAPPENED$/);
    expect(first).toContain('2026-11-21T23:59:59.900Z  fsd         fsd.started');
  });

  it('on 110 columns says each date once, keeps raw names, and gives sentences the rest', () => {
    expect(printed(110)).toEqual([
      '#   AT             KIND                     WHAT HAPPENED',
      '    2026-11-21',
      '8   23:59:59.900Z  fsd.started              Driver WinFsp+2.1 runs',
      '    2026-11-22',
      '9   00:00:00.100Z  volume.leaked            Volume \\\\memfs\\share (Y:) in memfs-network is expected to leak;',
      '                                            nobody has tested it',
      '10  00:00:00.100Z  inspection.gaps-changed  Lists of volumes were asked for',
    ]);
  });

  it('on 80 columns puts the raw name behind the sentence', () => {
    const lines = printed(80);
    expect(lines.slice(0, 3)).toEqual([
      '#   AT             WHAT HAPPENED',
      '    2026-11-21',
      '8   23:59:59.900Z  Driver WinFsp+2.1 runs  fsd.started',
    ]);
    expect(lines.join(' ').replace(/\s+/g, ' ')).toContain('is expected to leak; nobody has tested it volume.leaked');
  });

  it.each([40, 60, 80, 110, 120])('is no wider than %d columns and breaks no time, however long a name is', width => {
    const long = entry(11, '2026-11-22T00:00:01.000Z', 'engine', 'container.started', 'x'.repeat(300));
    const lines = printed(width, [...ENTRIES, long]);
    expect(lines.filter(line => stringWidth(line) > width)).toEqual([]);
    expect(lines.filter(line => /\d\d:\d\d:\d\d/.test(line)).every(line => /\d\d:\d\d\.\d{3}Z( |$)/.test(line))).toBe(
      true,
    );
  });
});
