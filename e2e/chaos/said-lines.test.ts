import { describe, expect, it } from 'vitest';
import type { JournalEntry, JournalNote } from '../../shared/domain/journal.ts';
import { unsaid, withoutEndsOfNothing } from './said-lines.ts';

const V = '\\Device\\Volume{1}';
const AT = '2026-06-01T08:00:00.000Z';

const line = (what: JournalNote['what'], data?: JournalEntry['data'], subject = V): JournalEntry => ({
  sequence: 1,
  at: AT,
  source: 'inspection',
  what,
  subject,
  ...(data === undefined ? {} : { data }),
});

const chain = (...holds: readonly ('yes' | 'no')[]): JournalEntry['data'] => ({
  chain: holds.map((hold, place) => ({
    code: ['mup-is-shared', 'provider-carries-guid'][place],
    holds: hold,
    evidence: { rank: 'namespace', ground: 'observed', at: AT },
  })),
});

describe('a line that was promised and is looked for on the disk', () => {
  it.each([
    ['another line that says it', line('volume.evidence-changed', chain('yes')), line('volume.evidence-changed'), 0],
    ['nothing', line('volume.evidence-changed', chain('yes')), undefined, 1],
    [
      'the coming with the same evidence',
      line('volume.evidence-changed', chain('yes', 'no')),
      line('volume.appeared', chain('yes', 'no')),
      0,
    ],
    [
      'the coming with less evidence',
      line('volume.evidence-changed', chain('yes', 'no')),
      line('volume.appeared', chain('yes')),
      1,
    ],
    [
      'the coming with other evidence',
      line('volume.evidence-changed', chain('yes')),
      line('volume.appeared', chain('no')),
      1,
    ],
    [
      'the coming of another volume',
      line('volume.evidence-changed', chain('yes')),
      line('volume.appeared', chain('yes'), '\\Device\\Volume{2}'),
      1,
    ],
    ['the coming, where nothing was seen', line('volume.evidence-changed'), line('volume.appeared'), 1],
    [
      'the coming with its mount point',
      line('volume.mounted', { mountPoints: ['Y:'] }),
      line('volume.appeared', { mountPoints: ['Y:'] }),
      0,
    ],
    [
      'the coming without mount point',
      line('volume.mounted', { mountPoints: ['Y:'] }),
      line('volume.appeared', { mountPoints: [] }),
      1,
    ],
    ['the coming, of its going', line('volume.gone'), line('volume.appeared'), 1],
  ])('beside %s', (_, promised, found, lost) => {
    expect(unsaid([promised], found === undefined ? [] : [found])).toHaveLength(lost);
  });
});

describe('the end of something, in a journal that somebody has cut', () => {
  const came = line('volume.appeared', { namespace: 'host', kind: 'disk', mountPoints: [] });
  it.each([
    ['is missing while it is known to be there', [came], 1],
    ['is not missing where it is not known', [], 0],
    ['is not missing where it is known to be gone', [came, line('volume.gone')], 0],
  ])('%s', (_, journal, missing) => {
    expect(withoutEndsOfNothing([line('volume.gone')], journal)).toHaveLength(missing);
    expect(withoutEndsOfNothing([line('launch.done')], journal)).toHaveLength(1);
  });
});
