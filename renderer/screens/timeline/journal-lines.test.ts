import { describe, expect, it } from 'vitest';
import { subjectText } from '../../../shared/domain/journal-subject.ts';
import { journalLine as line } from '../../../shared/domain/testing/journal-line.ts';
import { csvLines, jsonLines } from './journal-lines.ts';

const VOLUME = '\\Device\\Volume{1}';

describe('a line of the timeline', () => {
  it.each([
    ['a container', line('container.started', 'billing'), 'billing'],
    ['a volume by its prefix', line('volume.leaked', VOLUME, { uncPrefix: '\\memfs\\share' }), '\\\\memfs\\share'],
    ['a volume by where it is mounted', line('volume.gone', VOLUME, { mountPoints: ['Y:'] }), 'Y:'],
    ['a volume of which nothing is told', line('volume.gone', VOLUME), VOLUME],
  ])('names %s', (_, entry, expected) => {
    expect(subjectText(entry)).toBe(expected);
  });
});

describe('the export', () => {
  const hostile = [line('launch.done', '=HYPERLINK("x")', { note: 'a "b", c\r\nd' }), line('launch.done', 'plain')];

  it('as JSON lines reads back as it was', () => {
    const read = jsonLines(hostile)
      .trimEnd()
      .split('\n')
      .map(text => JSON.parse(text));
    expect(read).toEqual(hostile);
  });

  it('as CSV quotes what must be quoted, and hands a spreadsheet no formula', () => {
    expect(csvLines(hostile)).toBe(
      '7,2026-11-22T14:02:10.000Z,engine,launch.done,"\'=HYPERLINK(""x"") is launched","\'=HYPERLINK(""x"")","{""note"":""a \\""b\\"", c\\r\\nd""}"\r\n' +
        '7,2026-11-22T14:02:10.000Z,engine,launch.done,plain is launched,plain,\r\n',
    );
  });
});
