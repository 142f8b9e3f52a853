import { describe, expect, it } from 'vitest';
import type { Evidence } from './evidence.ts';
import type { Visibility, Way } from './inspection.ts';
import { uncNameOf } from './unc-name.ts';

const known = (rank: Evidence['rank']): Evidence => ({ rank, ground: rank === 'rule' ? 'documented' : 'observed' });
const way = (kind: Way['kind'], rank: Evidence['rank']): Way => ({ kind, path: kind, evidence: known(rank) });
const cell = (namespace: string, through: Way[], refuted: Way[] = []): Visibility => ({
  namespace,
  visible: 'yes',
  through,
  refuted,
  because: 'shared-mup',
  evidence: known('canary'),
});

describe("a volume's plain UNC name, from outside", () => {
  it.each<[string, Visibility[], string, Evidence['rank']]>([
    [
      "is no better known for what its provider's name proved",
      [cell('host', [way('provider', 'canary'), way('unc', 'rule')])],
      'here',
      'rule',
    ],
    [
      'is proven by itself',
      [cell('host', [way('unc', 'probe')]), cell('silo:8', [way('unc', 'canary')])],
      'here',
      'canary',
    ],
    [
      'is refuted by a look',
      [cell('host', [way('provider', 'canary')], [way('unc', 'canary')])],
      'elsewhere',
      'canary',
    ],
    [
      'is refuted by a look though a rule expects it elsewhere',
      [cell('host', [], [way('unc', 'probe')]), cell('silo:8', [way('unc', 'rule')])],
      'elsewhere',
      'probe',
    ],
    [
      'is unclear where nobody looked and no rule tells',
      [cell('host', [way('provider', 'probe')])],
      'unclear',
      'not-tested',
    ],
    [
      'stays unclear, with the time, where a look could not tell',
      [{ ...cell('host', [way('provider', 'canary')]), unanswered: [way('unc', 'not-tested')] }],
      'unclear',
      'not-tested',
    ],
    ['is not what its own home sees', [cell('silo:4', [way('unc', 'canary')])], 'unclear', 'not-tested'],
  ])('%s', (_, cells, leads, rank) => {
    expect(uncNameOf('silo:4', cells)).toMatchObject({ leads, evidence: { rank } });
  });
});
