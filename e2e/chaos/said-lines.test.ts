import { describe, expect, it } from 'vitest';
import type { JournalEntry, JournalNote } from '../../shared/domain/journal.ts';
import { unsaid, withoutKnown } from './said-lines.ts';

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

describe('a line about what a journal that somebody has cut knows otherwise', () => {
  const came = line('volume.appeared', { namespace: 'host', kind: 'disk', mountPoints: [] });
  it.each([
    ['an end, while the journal knows it to be there', line('volume.gone'), [came], 1],
    ['an end, where the journal does not know it', line('volume.gone'), [], 0],
    ['an end, where the journal knows it', line('volume.gone'), [came, line('volume.gone')], 0],
    ['that the engine is back, after it was lost', line('engine.connected'), [line('engine.lost')], 1],
    [
      'that the engine is back, where the cut took that it was lost',
      line('engine.connected'),
      [line('engine.connected')],
      0,
    ],
    ['a deed', line('launch.done'), [line('launch.done')], 1],
  ])('%s', (_, promised, journal, missing) => {
    expect(withoutKnown([promised], journal)).toHaveLength(missing);
  });
});
