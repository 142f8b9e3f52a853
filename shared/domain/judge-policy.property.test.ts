import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOf } from './acceptance.ts';
import type { Finding, InspectedVolume, Visibility } from './inspection.ts';
import { type Breach, judgePolicy } from './judge-policy.ts';
import { type Namespace, PROFILE_LABEL } from './namespace.ts';
import { Acceptance, Policy, PolicyRule } from './policy.ts';

const TAKEN_AT = '2026-06-15T12:00:00.000Z';
const NAMES = ['a', 'b', 'c', 'web-1'];
const PREFIXES = ['\\memfs\\a', '\\memfs\\b', '\\juicefs\\x'];

const namespaces: Namespace[] = [
  { id: 'host', kind: 'host', label: 'host' },
  ...NAMES.map(
    (name, index): Namespace => ({
      id: `silo:${(index + 1) * 4}`,
      kind: 'silo',
      label: name,
      container: {
        id: name.repeat(64).slice(0, 64),
        name,
        image: index % 2 === 0 ? 'servercore:ltsc2025' : 'windows:ltsc2025',
        isolation: 'process',
        labels: index % 2 === 0 ? { [PROFILE_LABEL]: 'memfs-network' } : { team: 'red' },
        managed: index % 2 === 0,
      },
    }),
  ),
];
const ids = namespaces.map(({ id }) => id);

const rank = fc.constantFrom('rule' as const, 'probe' as const, 'canary' as const);
const cells = (home: string): fc.Arbitrary<Visibility[]> =>
  fc
    .tuple(...ids.map(() => fc.tuple(fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const), rank)))
    .map(row =>
      row.map(
        ([visible, of], index): Visibility => ({
          namespace: ids[index] ?? 'host',
          visible: ids[index] === home ? 'yes' : visible,
          through: [],
          because: 'shared-mup',
          evidence: { rank: of, ground: 'observed' },
        }),
      ),
    );
const volume = (device: string): fc.Arbitrary<InspectedVolume> =>
  fc
    .tuple(fc.constantFrom(...ids), fc.option(fc.constantFrom(...PREFIXES), { nil: undefined }))
    .chain(([home, uncPrefix]) =>
      cells(home).map(visibility => ({
        device,
        kind: uncPrefix === undefined ? 'disk' : 'network',
        home,
        ...(uncPrefix === undefined ? {} : { uncPrefix }),
        mountPoints: [],
        verdict: 'leaked',
        proof: { rank: 'rule', ground: 'documented' },
        visibility,
        chain: [],
        findings: [],
      })),
    );
const CODES = ['class-collision', 'prefix-collision', 'ghost-mount-point'] as const;
const findingOf = (devices: readonly string[]): fc.Arbitrary<Finding> =>
  fc.record({
    code: fc.constantFrom(...CODES),
    severity: fc.constant('warning' as const),
    volumes: fc.subarray([...devices]),
    namespaces: fc.subarray(ids),
    summary: fc.constant('It is so.'),
    fix: fc.constant('Do that.'),
  });
const inspection = fc
  .integer({ min: 0, max: 4 })
  .chain(count => {
    const devices = Array.from({ length: count }, (_, index) => `\\Device\\Volume{${index}}`);
    return fc.tuple(fc.tuple(...devices.map(volume)), fc.array(findingOf(devices), { maxLength: 3 }));
  })
  .map(([volumes, findings]) => ({ takenAt: TAKEN_AT, namespaces, volumes, findings }));

const pattern = fc.constantFrom('*', '\\memfs\\*', '\\MEMFS\\?', 'a', 'web-*', '*:ltsc2025', 'team=red', '?');
const some = <T>(from: fc.Arbitrary<T>) => fc.option(from, { nil: undefined });
const tidy = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
const rule = (allow: fc.Arbitrary<boolean>): fc.Arbitrary<PolicyRule> =>
  fc
    .record({
      uncPrefix: some(pattern),
      container: some(pattern),
      image: some(pattern),
      label: some(pattern),
      profile: some(pattern),
      seenFrom: fc.constantFrom('host', 'silo', 'anywhere'),
      allow,
    })
    .map(made => PolicyRule.parse(tidy(made)));
const day = (from: string, to: string): fc.Arbitrary<string> =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true }).map(date => date.toISOString().slice(0, 10));
const acceptance = (until: fc.Arbitrary<string>): fc.Arbitrary<Acceptance> =>
  fc
    .record({
      code: fc.constantFrom('unc-leak', ...CODES),
      uncPrefix: some(pattern),
      container: pattern,
      seenFrom: fc.constantFrom('host', 'silo', 'anywhere'),
      reason: fc.constantFrom('known', 'agreed', 'for a while'),
      until,
    })
    .map(made => Acceptance.parse(tidy(made)));
const FUTURE = day('2026-06-15', '2030-01-01');
const PAST = day('2020-01-01', '2026-06-14');
const policy = fc
  .record({
    rules: fc.array(rule(fc.boolean()), { maxLength: 5 }),
    otherwise: some(fc.constantFrom('allow' as const, 'forbid' as const)),
    findings: fc.subarray([...CODES]),
    acceptances: fc.array(acceptance(fc.oneof(FUTURE, PAST)), { maxLength: 4 }),
  })
  .map(made => Policy.parse({ name: 'p', ...tidy(made) }));

/** One for each volume and namespace. */
const keys = (breaches: readonly Breach[]): string[] =>
  breaches
    .flatMap(breach =>
      breach.kind === 'sight'
        ? [breach.seenFrom, ...breach.others].map(namespace => `${breach.device} ${namespace}`)
        : [`${breach.code} ${breach.volumes.join()} ${breach.namespaces.join()}`],
    )
    .sort();
const isWithin = (some: readonly string[], all: readonly string[]): boolean => some.every(one => all.includes(one));

describe('a policy, over random inspections', () => {
  it('without a rule forbids every sight from outside that is not ruled out', () => {
    fc.assert(
      fc.property(inspection, looked => {
        const expected = looked.volumes.flatMap(({ device, home, visibility }) =>
          [...visibility]
            .filter(({ namespace, visible }) => namespace !== home && visible !== 'no')
            .map(({ namespace }) => `${device} ${namespace}`),
        );
        expect(keys(judgePolicy({ name: 'p', rules: [] }, looked).violations)).toEqual(expected.sort());
      }),
    );
  });

  it('never has more violations with one more allowance, wherever it is put', () => {
    fc.assert(
      fc.property(inspection, policy, rule(fc.constant(true)), fc.nat(), (looked, given, more, at) => {
        const rules = [...given.rules];
        rules.splice(at % (rules.length + 1), 0, more);
        const after = keys(judgePolicy({ ...given, rules }, looked).violations);
        expect(isWithin(after, keys(judgePolicy(given, looked).violations))).toBe(true);
      }),
    );
  });

  it('never has fewer breaches with one more prohibition', () => {
    fc.assert(
      fc.property(inspection, policy, rule(fc.constant(false)), fc.nat(), (looked, given, more, at) => {
        const rules = [...given.rules];
        rules.splice(at % (rules.length + 1), 0, more);
        const breaches = (of: Policy): string[] => {
          const { violations, accepted } = judgePolicy(of, looked);
          return keys([...violations, ...accepted]);
        };
        expect(isWithin(breaches(given), breaches({ ...given, rules }))).toBe(true);
      }),
    );
  });

  it('says the same whatever the order of rules that all allow', () => {
    fc.assert(
      fc.property(inspection, fc.array(rule(fc.constant(true)), { maxLength: 5 }), (looked, rules) => {
        const of = (order: PolicyRule[]): string[] => keys(judgePolicy({ name: 'p', rules: order }, looked).violations);
        expect(of([...rules].reverse())).toEqual(of(rules));
      }),
    );
  });

  it('says the same whatever the order of its acceptances, down to the one that is cited', () => {
    fc.assert(
      fc.property(inspection, policy, (looked, given) => {
        const reversed = { ...given, acceptances: [...(given.acceptances ?? [])].reverse() };
        expect(judgePolicy(reversed, looked)).toEqual(judgePolicy(given, looked));
      }),
    );
  });

  it('is not changed by acceptances that are over, but for citing them', () => {
    fc.assert(
      fc.property(inspection, policy, fc.array(acceptance(PAST), { maxLength: 4 }), (looked, given, over) => {
        const inForce = (given.acceptances ?? []).filter(one => endOf(one) > Date.parse(TAKEN_AT));
        const without = judgePolicy({ ...given, acceptances: inForce }, looked);
        const withThem = judgePolicy({ ...given, acceptances: [...inForce, ...over] }, looked);
        expect([keys(withThem.violations), keys(withThem.accepted)]).toEqual([
          keys(without.violations),
          keys(without.accepted),
        ]);
      }),
    );
  });

  it('accepts only what is a violation without its acceptances, and nothing is lost', () => {
    fc.assert(
      fc.property(inspection, policy, (looked, given) => {
        const { violations, accepted } = judgePolicy(given, looked);
        const { acceptances: _, ...bare } = given;
        expect(keys([...violations, ...accepted])).toEqual(keys(judgePolicy(bare, looked).violations));
      }),
    );
  });

  it('never speaks of a volume at home, nor of what is shown to be hidden', () => {
    fc.assert(
      fc.property(inspection, policy, (looked, given) => {
        const { violations, accepted } = judgePolicy(given, looked);
        for (const breach of [...violations, ...accepted]) {
          if (breach.kind !== 'sight') continue;
          const volume = looked.volumes.find(({ device }) => device === breach.device);
          expect(breach.cell.visible).not.toBe('no');
          expect([breach.seenFrom, ...breach.others]).not.toContain(volume?.home);
        }
      }),
    );
  });
});
