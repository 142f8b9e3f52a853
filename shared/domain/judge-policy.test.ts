import { describe, expect, it } from 'vitest';
import type { InspectedVolume, Visibility } from './inspection.ts';
import { BUILT_IN_POLICIES, judgePolicy, NO_LEAKS } from './judge-policy.ts';
import type { Namespace } from './namespace.ts';
import { Policy } from './policy.ts';

const container = (name: string, labels: Record<string, string> = {}) => ({
  id: name.repeat(64).slice(0, 64),
  name,
  image: `windows/servercore:${name}`,
  isolation: 'process' as const,
  labels,
  managed: false,
});
const namespaces: Namespace[] = [
  { id: 'host', kind: 'host', label: 'host' },
  { id: 'silo:4', kind: 'silo', label: 'a', container: container('a', { team: 'red' }) },
  { id: 'silo:8', kind: 'silo', label: 'b', container: container('b') },
];
const cell = (
  namespace: string,
  visible: Visibility['visible'],
  rank: Visibility['evidence']['rank'] = 'rule',
): Visibility => ({ namespace, visible, through: [], because: 'shared-mup', evidence: { rank, ground: 'documented' } });
const volume = (device: string, home: string, cells: Visibility[], uncPrefix?: string): InspectedVolume => ({
  device,
  kind: uncPrefix === undefined ? 'disk' : 'network',
  home,
  ...(uncPrefix === undefined ? {} : { uncPrefix }),
  mountPoints: [],
  verdict: 'leaked',
  proof: { rank: 'rule', ground: 'documented' },
  visibility: cells,
  chain: [],
  findings: [],
});
const leak = volume(
  'leak',
  'silo:4',
  [cell('host', 'yes', 'canary'), cell('silo:4', 'yes'), cell('silo:8', 'unknown', 'probe')],
  '\\memfs\\share',
);
const sealed = volume('sealed', 'silo:8', [cell('host', 'no'), cell('silo:4', 'no'), cell('silo:8', 'yes')]);
const own = volume('own', 'host', [cell('host', 'yes'), cell('silo:4', 'yes')], '\\host\\x');
const inspection = { namespaces, volumes: [leak, sealed, own] };

const broken = (rules: unknown[]): string[] =>
  judgePolicy(Policy.parse({ name: 'p', rules }), inspection).map(
    ({ rule, device, seenFrom, visible }) => `${rule} ${device} ${seenFrom} ${visible}`,
  );

describe('the policy no-leaks', () => {
  it('is broken by each sight from outside, and by what cannot be ruled out', () => {
    expect(judgePolicy(NO_LEAKS, inspection)).toEqual([
      {
        rule: 0,
        device: 'leak',
        uncPrefix: '\\memfs\\share',
        container: 'a',
        seenFrom: 'host',
        visible: 'yes',
        rank: 'canary',
        cell: leak.visibility[0],
      },
      {
        rule: 0,
        device: 'leak',
        uncPrefix: '\\memfs\\share',
        container: 'a',
        seenFrom: 'silo:8',
        visible: 'unknown',
        rank: 'probe',
        cell: leak.visibility[2],
      },
      {
        rule: 0,
        device: 'own',
        uncPrefix: '\\host\\x',
        seenFrom: 'silo:4',
        visible: 'yes',
        rank: 'rule',
        cell: own.visibility[1],
      },
    ]);
  });

  it('can be asked for by name and fits its schema', () => {
    expect([BUILT_IN_POLICIES.get('no-leaks'), Policy.parse(NO_LEAKS)]).toEqual([NO_LEAKS, NO_LEAKS]);
  });
});

describe('a policy', () => {
  it.each([
    ['no rules allow everything', [], []],
    ['the first match decides', [{ uncPrefix: '\\MEMFS\\*', allow: true }, { allow: false }], ['1 own silo:4 yes']],
    ['by place', [{ seenFrom: 'host', allow: false }], ['0 leak host yes']],
    ['by the other place', [{ seenFrom: 'silo', allow: false }], ['0 leak silo:8 unknown', '0 own silo:4 yes']],
    [
      'by container, which the host has not',
      [{ container: '?', allow: false }],
      ['0 leak host yes', '0 leak silo:8 unknown'],
    ],
    ['by image', [{ image: '*servercore:A', allow: false }], ['0 leak host yes', '0 leak silo:8 unknown']],
    ['by label', [{ label: 'team=red', allow: false }], ['0 leak host yes', '0 leak silo:8 unknown']],
    ['by label that is not there', [{ label: 'team=blue', allow: false }], []],
    ['by label name', [{ label: 'te*', allow: false }], ['0 leak host yes', '0 leak silo:8 unknown']],
    [
      'an allowance for one place only',
      [
        { seenFrom: 'host', allow: true },
        { uncPrefix: '*', allow: false },
      ],
      ['1 leak silo:8 unknown', '1 own silo:4 yes'],
    ],
  ])('%s', (_, rules, expected) => {
    expect(broken(rules)).toEqual(expected);
  });
});
