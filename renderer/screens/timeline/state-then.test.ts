import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { ofSources, stateThen } from './state-then.ts';

const line = (
  sequence: number,
  what: string,
  subject: string,
  data?: JournalEntry['data'],
  source: JournalEntry['source'] = 'inspection',
): JournalEntry => ({
  sequence,
  at: '2026-11-22T09:00:00.000Z',
  source,
  what,
  subject,
  ...(data === undefined ? {} : { data }),
});

const SHARE = '\\Device\\Volume{1}';
const DISK = '\\Device\\Volume{2}';
const STORY = [
  line(1, 'fsd.started', 'WinFsp', undefined, 'fsd'),
  line(2, 'silo.arrived', 'share', { id: 'silo-1' }, 'silo'),
  line(3, 'volume.appeared', SHARE, { home: 'share', uncPrefix: '\\memfs\\share', mountPoints: ['Y:'] }),
  line(4, 'volume.leaked', SHARE, { home: 'share', uncPrefix: '\\memfs\\share', mountPoints: ['Y:'], proof: 'rule' }),
  line(5, 'volume.appeared', DISK, { home: 'disk', mountPoints: ['Z:'] }),
  line(6, 'volume.gone', SHARE, { home: 'silo-1', uncPrefix: '\\memfs\\share' }),
  line(7, 'silo.departed', 'share', { id: 'silo-1' }, 'silo'),
  line(8, 'fsd.unloaded', 'WinFsp', undefined, 'user'),
  line(9, 'volume.gone', DISK),
];
const share = (leaked: boolean) => ({
  device: SHARE,
  name: '\\\\memfs\\share',
  home: 'share',
  leaked,
  expected: leaked,
});
const disk = { device: DISK, name: 'Z:', home: 'disk', leaked: false, expected: false };

describe('the state at a moment of the timeline', () => {
  it.each([
    [0, { volumes: [], silos: 0, driver: undefined }],
    [3, { volumes: [share(false)], silos: 1, driver: 'running' }],
    [5, { volumes: [share(true), disk], silos: 1, driver: 'running' }],
    [6, { volumes: [disk], silos: 1, driver: 'running' }],
    [9, { volumes: [], silos: 0, driver: 'stopped' }],
  ])('after %i lines', (end, state) => {
    expect(stateThen(STORY, end)).toEqual(state);
  });

  it('is another host after another host was opened', () => {
    expect(stateThen([...STORY.slice(0, 5), line(6, 'host.opened', 'simulated')], 6)).toEqual({
      volumes: [],
      silos: 0,
      driver: undefined,
    });
  });

  it('has no volume twice, and none that is gone, whatever the order of lines', () => {
    const what = fc.constantFrom('volume.appeared', 'volume.leaked', 'volume.sealed', 'volume.gone');
    const subject = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(fc.array(fc.tuple(what, subject), { maxLength: 30 }), steps => {
        const entries = steps.map(([happened, device], index) => line(index + 1, happened, device));
        const last = new Map(steps.map(([happened, device]) => [device, happened]));
        const there = [...last].filter(([, happened]) => happened !== 'volume.gone');
        expect(
          new Map(stateThen(entries, entries.length).volumes.map(({ device, leaked }) => [device, leaked])),
        ).toEqual(new Map(there.map(([device, happened]) => [device, happened === 'volume.leaked'])));
      }),
    );
  });
});

describe('lines by source', () => {
  it('are all lines while no source is chosen', () => {
    expect([
      ofSources(STORY, new Set()).length,
      ofSources(STORY, new Set(['silo', 'user'])).map(e => e.sequence),
    ]).toEqual([9, [2, 7, 8]]);
  });
});
