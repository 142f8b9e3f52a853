import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVIDENCE_RANKS, type Evidence, rankOf } from './evidence.ts';
import type { Visibility, Way, WayName } from './inspection.ts';
import { mergeEvidence, type Observation } from './merge-evidence.ts';

const documented: Evidence = { rank: 'rule', ground: 'documented' };
const inferred: Evidence = { rank: 'rule', ground: 'inferred' };
const unc: WayName = { kind: 'unc', path: '\\\\memfs\\share' };
const provider: WayName = { kind: 'provider', path: '\\\\?\\GLOBALROOT\\Device\\Mup\\;P\\memfs\\share' };
const known = (name: WayName, evidence: Evidence): Way => ({ ...name, evidence });
const rule: Visibility = {
  namespace: 'host',
  visible: 'yes',
  through: [known(unc, documented), known(provider, inferred)],
  because: 'shared-mup',
  evidence: documented,
};
const hidden: Visibility = {
  namespace: 'host',
  visible: 'no',
  through: [],
  because: 'disk-stays-in-its-namespace',
  evidence: documented,
};
const seen = (rank: Evidence['rank']): Evidence => ({ rank, ground: 'observed', at: '2026-11-22T00:00:00Z' });
const tried = { rank: 'rule', at: '2026-11-22T00:00:00Z' } as const;

describe('a cell after looking', () => {
  it.each<[string, Visibility, Observation[], Partial<Visibility>]>([
    ['nothing was looked at', rule, [], {}],
    ['what was not tested says nothing', rule, [{ visible: 'no', evidence: seen('not-tested') }], {}],
    ['a rule is no observation of a rule', rule, [{ visible: 'no', evidence: seen('rule') }], {}],
    [
      "opened by the provider's name, which proves nothing of the UNC name",
      rule,
      [{ visible: 'yes', way: provider, evidence: seen('canary') }],
      { through: [known(unc, documented), known(provider, seen('canary'))], evidence: seen('canary') },
    ],
    [
      'opened by both names, each with its own evidence',
      rule,
      [
        { visible: 'yes', way: unc, evidence: seen('canary') },
        { visible: 'yes', way: provider, evidence: seen('probe') },
      ],
      { through: [known(unc, seen('canary')), known(provider, seen('probe'))], evidence: seen('canary') },
    ],
    [
      'not there at all',
      rule,
      [{ visible: 'no', evidence: seen('probe') }],
      { visible: 'no', through: [], because: 'observed-otherwise', evidence: seen('probe') },
    ],
    [
      'there where the rule knows nothing',
      { ...hidden, visible: 'unknown', because: 'mup-leads-elsewhere' },
      [{ visible: 'yes', way: unc, evidence: seen('probe') }],
      { visible: 'yes', through: [known(unc, seen('probe'))], evidence: seen('probe') },
    ],
    [
      'there against the rule',
      hidden,
      [{ visible: 'yes', way: unc, evidence: seen('probe') }],
      {
        visible: 'yes',
        through: [known(unc, seen('probe'))],
        because: 'observed-otherwise',
        evidence: seen('probe'),
      },
    ],
    ['absent as the rule says', hidden, [{ visible: 'no', evidence: seen('probe') }], { evidence: seen('probe') }],
    [
      'the documented name refuted, the inferred one untested: no more than an inference is left',
      rule,
      [{ visible: 'no', way: unc, evidence: seen('probe') }],
      { through: [known(provider, inferred)], refuted: [known(unc, seen('probe'))], evidence: inferred },
    ],
    [
      'one name refuted, the other opened',
      rule,
      [
        { visible: 'no', way: unc, evidence: seen('probe') },
        { visible: 'yes', way: provider, evidence: seen('canary') },
      ],
      {
        through: [known(provider, seen('canary'))],
        refuted: [known(unc, seen('probe'))],
        evidence: seen('canary'),
      },
    ],
    [
      'all names refuted: as sure as the weakest refutation',
      rule,
      [
        { visible: 'no', way: unc, evidence: seen('probe') },
        { visible: 'no', way: provider, evidence: seen('canary') },
      ],
      {
        visible: 'no',
        through: [],
        refuted: [known(unc, seen('probe')), known(provider, seen('canary'))],
        because: 'observed-otherwise',
        evidence: seen('probe'),
      },
    ],
    [
      'opened, but the canary is not in it',
      rule,
      [
        { visible: 'yes', way: unc, evidence: seen('probe') },
        { visible: 'no', way: unc, evidence: seen('canary') },
      ],
      { through: [known(provider, inferred)], refuted: [known(unc, seen('canary'))], evidence: inferred },
    ],
    [
      'a name that no rule gave, refuted',
      hidden,
      [{ visible: 'no', way: unc, evidence: seen('probe') }],
      { refuted: [known(unc, seen('probe'))] },
    ],
    [
      'no answer',
      rule,
      [{ visible: 'unknown', way: provider, evidence: seen('probe') }],
      { visible: 'unknown', through: [], because: 'no-answer', evidence: seen('probe') },
    ],
    [
      'no answer by one name, which stays expected; opened by the other',
      rule,
      [
        { visible: 'unknown', way: unc, evidence: { ...seen('canary'), detail: 'no answer in 3000 ms' } },
        { visible: 'yes', way: provider, evidence: seen('probe') },
      ],
      {
        through: [
          known(unc, { ...tried, ground: 'documented', detail: 'no answer in 3000 ms' }),
          known(provider, seen('probe')),
        ],
        evidence: seen('probe'),
      },
    ],
    [
      'a weaker denial does not unsay a canary',
      rule,
      [
        { visible: 'yes', way: unc, evidence: seen('canary') },
        { visible: 'no', evidence: seen('namespace') },
      ],
      { through: [known(unc, seen('canary')), known(provider, inferred)], evidence: seen('canary') },
    ],
    [
      'a stronger denial does unsay an inventory',
      rule,
      [
        { visible: 'yes', evidence: seen('inventory') },
        { visible: 'no', evidence: seen('probe') },
      ],
      { visible: 'no', through: [], because: 'observed-otherwise', evidence: seen('probe') },
    ],
  ])('%s', (_, before, observations, change) => {
    expect(mergeEvidence(before, observations)).toEqual({ ...before, ...change });
  });

  it('never claims a rank that nobody observed, nor a way that nobody named', () => {
    const way = fc.constantFrom(unc, provider, { kind: 'drive', path: 'Y:' } as const);
    const observation = fc.record({
      visible: fc.constantFrom('yes', 'no', 'unknown'),
      way: fc.option(way, { nil: undefined }),
      evidence: fc.constantFrom(...EVIDENCE_RANKS).map(seen),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(rule, hidden),
        fc.array(observation, { maxLength: 6 }),
        (before, observations: Observation[]) => {
          const after = mergeEvidence(before, observations);
          const evidence = [before.evidence, ...[...before.through, ...observations].map(one => one.evidence)];
          const names = [...before.through, ...observations.flatMap(one => one.way ?? [])].map(({ path }) => path);
          expect(evidence).toContainEqual(after.evidence);
          for (const { path, evidence: own } of [...after.through, ...(after.refuted ?? [])]) {
            expect(names).toContain(path);
            const observed = observations.filter(one => one.way?.path === path).map(one => one.evidence);
            if (own.rank !== 'rule') expect(observed).toContainEqual(own);
          }
          if (after.visible === 'yes') {
            const whole = observations.filter(({ visible, way: name }) => visible === 'yes' && name === undefined);
            expect(rankOf(after.evidence)).toBe(
              Math.max(
                after.through.length === 0 ? rankOf(before.evidence) : 0,
                ...[...after.through, ...whole].map(one => rankOf(one.evidence)),
              ),
            );
          }
          expect(after.visible !== before.visible && after.visible !== 'unknown').toBe(
            after.because === 'observed-otherwise',
          );
          if (after.visible !== 'yes') expect(after.through).toEqual([]);
        },
      ),
    );
  });
});
