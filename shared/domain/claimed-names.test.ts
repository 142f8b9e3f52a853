import { describe, expect, it } from 'vitest';
import { findFindings } from './findings.ts';
import type { Visibility } from './inspection.ts';
import { cell, none, volume } from './testing/finding-parts.ts';

describe('a name that two claim', () => {
  const answers = (
    by: string,
    rank: Visibility['evidence']['rank'],
    key: 'through' | 'refuted' = 'through',
  ): Visibility => {
    const way = { kind: 'unc' as const, path: '\\\\memfs\\a', evidence: { rank, ground: 'observed' as const } };
    return { ...cell(by, 'yes'), [key]: [way] };
  };
  const evidence = (rank: Visibility['evidence']['rank']) => ({ rank, ground: 'observed' });

  it.each<[what: string, one: Visibility[], other: Visibility[], answered: object | undefined]>([
    ['nobody looked', [], [], undefined],
    ['is expected to lead to one', [answers('host', 'rule')], [], undefined],
    ['was seen to lead to one', [answers('host', 'probe')], [], { namespace: 'silo:4', evidence: evidence('probe') }],
    [
      'was seen to lead to the other',
      [],
      [answers('host', 'canary')],
      { namespace: 'silo:8', evidence: evidence('canary') },
    ],
    ['was seen to lead elsewhere', [answers('host', 'probe', 'refuted')], [], undefined],
    ['was seen to lead to each', [answers('host', 'probe')], [answers('host', 'canary')], undefined],
  ])('%s', (_, one, other, answered) => {
    const volumes = [volume('1', 'silo:4', '\\memfs\\a', one), volume('2', 'silo:8', '\\memfs\\a', other)];
    const collisions = findFindings({ ...none, volumes }).filter(({ code }) => code.endsWith('-collision'));
    // One prefix for all: that their class is one as well goes without saying.
    expect(collisions.map(({ code }) => code)).toEqual(['prefix-collision']);
    expect(collisions.map(found => ('answered' in found ? found.answered : undefined))).toEqual([answered]);
  });

  it('is answered for where both volumes are of one silo', () => {
    const volumes = [
      volume('1', 'silo:4', '\\memfs\\a', [answers('host', 'probe')]),
      volume('2', 'silo:4', '\\memfs\\a', [answers('host', 'canary')]),
      volume('3', 'silo:8', '\\memfs\\a'),
    ];
    const [found] = findFindings({ ...none, volumes }).filter(({ code }) => code === 'prefix-collision');
    expect(found).toMatchObject({ answered: { namespace: 'silo:4' } });
  });
});
