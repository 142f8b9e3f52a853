import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../shared/domain/merge-evidence.ts';
import type { Volume } from '../../../shared/domain/volume.ts';
import { classWinners } from './class-winners.ts';

const volume = (home: string, uncPrefix: string): Volume => ({
  device: `\\Device\\Volume{${home}}`,
  kind: 'network',
  home,
  uncPrefix,
  mountPoints: [],
});
const one = volume('silo:4', '\\memfs\\one');
const two = volume('silo:8', '\\MEMFS\\two');
const saw = (visible: Observation['visible'], kind: 'unc' | 'provider' = 'unc'): readonly Observation[] => [
  { visible, way: { kind, path: kind }, evidence: { rank: 'canary', ground: 'observed' } },
];

describe('who answers for a class', () => {
  it.each<[string, [string, string, readonly Observation[]][], string[], [string, string][]]>([
    ['nobody looked', [], [], []],
    ['one was opened from the host', [['silo:4', 'host', saw('yes')]], [], [['memfs', 'silo:4']]],
    ['it was opened from its own home only', [['silo:4', 'silo:4', saw('yes')]], [], []],
    ["it was opened by its provider's name only", [['silo:4', 'host', saw('yes', 'provider')]], [], []],
    ['it did not open', [['silo:4', 'host', saw('no')]], [], []],
    [
      'two were opened, from different places',
      [
        ['silo:4', 'host', saw('yes')],
        ['silo:8', 'silo:12', saw('yes')],
      ],
      [],
      [],
    ],
    ['something answered that is no WinFsp volume', [], ['memfs'], [['memfs', 'server']]],
  ])('%s', (_, looks, strangers, expected) => {
    const observed = new Map(
      looks.map(([home, from, seen]) => [`\\Device\\Volume{${home}}`, new Map([[from, seen]])] as const),
    );
    expect([...classWinners([one, two], { volumes: observed, strangers: new Set(strangers) })]).toEqual(expected);
  });
});
