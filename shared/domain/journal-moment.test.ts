import { describe, expect, it } from 'vitest';
import type { Visibility } from './inspection.ts';
import { type JournalMoment, momentInspection } from './journal-moment.ts';
import type { KnownVolume } from './journal-state-data.ts';
import { groupCells } from './sight-groups.ts';
import { cellIn } from './visibility-row.ts';

const volume: KnownVolume = {
  device: 'v1',
  kind: 'network',
  home: 'silo:8',
  homeLabel: 'aa',
  uncPrefix: '\\memfs\\share',
  mountPoints: ['Y:'],
  verdict: 'leaked',
  proof: 'canary',
  since: 3,
};
const silo = (id: number, arrived: number) => ({ id: `silo:${id}`, kind: 'silo' as const, label: `c${id}`, arrived });
const moment = (volumes: KnownVolume[]): JournalMoment => ({
  at: '2026-11-22T14:02:10.000Z',
  sequence: 9,
  watched: true,
  first: 1,
  last: 20,
  volumes,
  namespaces: [silo(8, 1), silo(12, 2), silo(16, 9)],
  findings: [],
});
const tested = {
  sequence: 5,
  at: '2026-11-22T13:58:00.000Z',
  groups: [
    { visible: 'yes', rank: 'canary', ground: 'observed', because: 'shared-mup', namespaces: ['host'] },
    { visible: 'no', rank: 'probe', ground: 'observed', because: 'observed-otherwise', namespaces: 'rest' },
  ],
} satisfies KnownVolume['tested'];

const seen = (volumes: KnownVolume[], id: string): [string | undefined, string | undefined, string | undefined] => {
  const [row] = momentInspection(moment(volumes)).volumes;
  const cell = row && cellIn(row.visibility, id);
  return [cell?.visible, cell?.evidence.rank, cell?.evidence.at];
};

describe('the matrix of a moment', () => {
  it.each<[string, KnownVolume, string, ReturnType<typeof seen>]>([
    ['by the rule where nobody had tested', volume, 'host', ['yes', 'rule', undefined]],
    ['by the rule between silos', volume, 'silo:12', ['yes', 'rule', undefined]],
    ['as the test had found it', { ...volume, tested }, 'host', ['yes', 'canary', tested.at]],
    ['as the test had found the rest', { ...volume, tested }, 'silo:12', ['no', 'probe', tested.at]],
    ['by the rule for one that came after the test', { ...volume, tested }, 'silo:16', ['yes', 'rule', undefined]],
    ['as unknown for one that was not there', volume, 'silo:400', [undefined, undefined, undefined]],
  ])('is known %s', (_, known, id, expected) => {
    expect(seen([known], id)).toEqual(expected);
  });

  it('names a home whose arrival nobody noted', () => {
    const { namespaces } = momentInspection({ ...moment([volume]), namespaces: [] });
    expect(namespaces.map(({ id, label }) => [id, label])).toEqual([
      ['host', 'host'],
      ['silo:8', 'aa'],
    ]);
  });
});

describe('a silo whose MUP was seen', () => {
  const withMup = (mup: 'own' | 'shared' | 'elsewhere' | 'not-read' | undefined): JournalMoment => ({
    ...moment([volume]),
    namespaces: [{ ...silo(8, 1), ...(mup === undefined ? {} : { mup }) }],
  });
  it.each([
    ['own', 'no', 'mup-not-shared', []],
    ['shared', 'yes', 'shared-mup', []],
    ['elsewhere', 'unknown', 'mup-leads-elsewhere', []],
    ['not-read', 'yes', 'shared-mup', []],
    [undefined, 'yes', 'shared-mup', ['silo:8']],
  ] as const)('is judged by it in the past as well: %s', (mup, visible, because, unrecorded) => {
    const then = momentInspection(withMup(mup));
    const [row] = then.volumes;
    expect(row && cellIn(row.visibility, 'host')).toMatchObject({ visible, because });
    expect([...then.unrecorded.mups]).toEqual(unrecorded);
  });
});

describe('the evidence of a moment', () => {
  const at = '2026-11-22T13:50:00.000Z';
  const seenThere = { rank: 'namespace', ground: 'observed', at } as const;
  const disk: KnownVolume = {
    device: 'v2',
    kind: 'disk',
    home: 'silo:8',
    homeLabel: 'aa',
    mountPoints: ['Y:'],
    verdict: 'private',
    proof: 'rule',
    since: 4,
    chain: [
      { code: 'device-is-private', holds: 'yes', evidence: seenThere },
      { code: 'in-no-other-namespace', holds: 'yes', others: 2, evidence: seenThere },
    ],
    lookedElsewhere: 4,
  };

  it('is the chain as it was last told, the steps that nobody tested named as such', () => {
    const [told] = momentInspection(moment([disk])).volumes;
    expect(told?.chain.map(({ holds }) => holds)).toEqual(['yes', 'not-tested', 'yes', 'not-tested']);
    const old = momentInspection(moment([volume]));
    expect([old.volumes[0]?.chain, [...old.unrecorded.chains], old.unrecorded.gaps]).toEqual([[], ['v1'], true]);
    expect(momentInspection({ ...moment([disk]), gaps: { first: [], more: 0, since: 1 } }).unrecorded).toMatchObject({
      gaps: false,
    });
  });

  it('founds cells: at home, and in every namespace that was looked into', () => {
    expect(seen([disk], 'silo:8')).toEqual(['yes', 'namespace', at]);
    expect([seen([disk], 'host'), seen([disk], 'silo:12')]).toEqual([
      ['no', 'namespace', at],
      ['no', 'namespace', at],
    ]);
    // It came after the look.
    expect(seen([disk], 'silo:16')).toEqual(['no', 'rule', undefined]);
    const some = disk.chain?.map(step => (step.others === undefined ? step : { ...step, others: 1 }));
    expect(seen([{ ...disk, ...(some === undefined ? {} : { chain: some }) }], 'host')).toEqual([
      'no',
      'rule',
      undefined,
    ]);
  });

  it('tells which names were tried, and which led nowhere', () => {
    const groups = [
      {
        visible: 'yes',
        rank: 'canary',
        ground: 'observed',
        because: 'shared-mup',
        namespaces: ['host'],
        through: [{ kind: 'provider', path: 'P', rank: 'canary' }],
        refuted: [{ kind: 'unc', path: '\\\\memfs\\share', rank: 'probe' }],
        at,
      },
    ] satisfies NonNullable<KnownVolume['tested']>['groups'];
    const [told] = momentInspection(moment([{ ...volume, tested: { ...tested, groups } }])).volumes;
    const cell = told && cellIn(told.visibility, 'host');
    expect(cell?.evidence.at).toBe(at);
    expect(cell?.through.map(({ path, evidence }) => [path, evidence.rank])).toEqual([['P', 'canary']]);
    expect(cell?.refuted?.map(({ path }) => path)).toEqual(['\\\\memfs\\share']);
  });
});

describe('cells that say the same', () => {
  const cell = (namespace: string, visible: Visibility['visible'], rank: 'rule' | 'probe' = 'probe'): Visibility => ({
    namespace,
    visible,
    through: [],
    because: 'shared-mup',
    evidence: { rank, ground: 'observed' },
  });
  const isTold = ({ evidence }: Visibility): boolean => evidence.rank !== 'rule';

  it('are one group; the largest of many is the rest', () => {
    const many = ['silo:4', 'silo:8', 'silo:12', 'silo:16'].map(id => cell(id, 'no'));
    expect(groupCells([cell('host', 'yes'), ...many], isTold).map(({ namespaces }) => namespaces)).toEqual([
      ['host'],
      'rest',
    ]);
  });

  it('have no rest where some were not tested', () => {
    const some = [...['silo:4', 'silo:8', 'silo:12', 'silo:16'].map(id => cell(id, 'no')), cell('host', 'yes', 'rule')];
    expect(groupCells(some, isTold).map(({ namespaces }) => namespaces)).toEqual([
      ['silo:4', 'silo:8', 'silo:12', 'silo:16'],
    ]);
  });
});
