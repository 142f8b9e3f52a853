import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVIDENCE_RANKS, type Evidence, rankOf } from './evidence.ts';
import type { Visibility, Way } from './inspection.ts';
import { mergeEvidence, type Observation } from './merge-evidence.ts';

const unc: Way = { kind: 'unc', path: '\\\\memfs\\share' };
const provider: Way = { kind: 'provider', path: '\\\\?\\GLOBALROOT\\Device\\Mup\\;P\\memfs\\share' };
const rule: Visibility = {
  namespace: 'host',
  visible: 'yes',
  through: [unc, provider],
  because: 'shared-mup',
  evidence: { rank: 'rule', ground: 'documented' },
};
const hidden: Visibility = {
  namespace: 'host',
  visible: 'no',
  through: [],
  because: 'disk-stays-in-its-namespace',
  evidence: { rank: 'rule', ground: 'documented' },
};
const seen = (rank: Evidence['rank']): Evidence => ({ rank, ground: 'observed', at: '2026-11-22T00:00:00Z' });

describe('a cell after looking', () => {
  it.each<[string, Visibility, Observation[], Partial<Visibility>]>([
    ['nothing was looked at', rule, [], {}],
    ['what was not tested says nothing', rule, [{ visible: 'no', evidence: seen('not-tested') }], {}],
    ['a rule is no observation of a rule', rule, [{ visible: 'no', evidence: seen('rule') }], {}],
    [
      'confirmed by a probe',
      rule,
      [{ visible: 'yes', way: provider, evidence: seen('probe') }],
      { evidence: seen('probe') },
    ],
    [
      'proven by a canary, whatever the probe',
      rule,
      [
        { visible: 'yes', way: unc, evidence: seen('canary') },
        { visible: 'yes', way: provider, evidence: seen('probe') },
      ],
      { evidence: seen('canary') },
    ],
    [
      'not there at all',
      rule,
      [{ visible: 'no', evidence: seen('probe') }],
      { visible: 'no', through: [], because: 'observed-otherwise', evidence: seen('probe') },
    ],
    [
      'there against the rule',
      hidden,
      [{ visible: 'yes', way: unc, evidence: seen('probe') }],
      { visible: 'yes', through: [unc], because: 'observed-otherwise', evidence: seen('probe') },
    ],
    ['absent as the rule says', hidden, [{ visible: 'no', evidence: seen('probe') }], { evidence: seen('probe') }],
    [
      'one way refuted, the other untested',
      rule,
      [{ visible: 'no', way: unc, evidence: seen('probe') }],
      { through: [provider] },
    ],
    [
      'one way refuted, the other opened',
      rule,
      [
        { visible: 'no', way: unc, evidence: seen('probe') },
        { visible: 'yes', way: provider, evidence: seen('probe') },
      ],
      { through: [provider], evidence: seen('probe') },
    ],
    [
      'all ways refuted',
      rule,
      [
        { visible: 'no', way: unc, evidence: seen('probe') },
        { visible: 'no', way: provider, evidence: seen('probe') },
      ],
      { visible: 'no', through: [], because: 'observed-otherwise', evidence: seen('probe') },
    ],
    [
      'opened, but the canary is not in it',
      rule,
      [
        { visible: 'yes', way: unc, evidence: seen('probe') },
        { visible: 'no', way: unc, evidence: seen('canary') },
      ],
      { through: [provider] },
    ],
    [
      'no answer',
      rule,
      [{ visible: 'unknown', way: provider, evidence: seen('probe') }],
      { visible: 'unknown', through: [], because: 'no-answer', evidence: seen('probe') },
    ],
    [
      'no answer on one way, opened on the other',
      rule,
      [
        { visible: 'unknown', way: unc, evidence: seen('canary') },
        { visible: 'yes', way: provider, evidence: seen('probe') },
      ],
      { evidence: seen('probe') },
    ],
    [
      'a weaker denial does not unsay a canary',
      rule,
      [
        { visible: 'yes', way: unc, evidence: seen('canary') },
        { visible: 'no', evidence: seen('namespace') },
      ],
      { evidence: seen('canary') },
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
          const evidence = [before.evidence, ...observations.map(one => one.evidence)];
          const ways = [...before.through, ...observations.flatMap(one => one.way ?? [])];
          expect(evidence).toContain(after.evidence);
          expect(rankOf(after.evidence)).toBeGreaterThanOrEqual(rankOf(before.evidence));
          for (const through of after.through) expect(ways).toContainEqual(through);
          expect(after.visible !== before.visible && after.visible !== 'unknown').toBe(
            after.because === 'observed-otherwise',
          );
          if (after.visible !== 'yes') expect(after.through).toEqual([]);
        },
      ),
    );
  });
});
