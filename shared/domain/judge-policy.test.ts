import { describe, expect, it } from 'vitest';
import type { Finding, InspectedVolume, Visibility } from './inspection.ts';
import { type Breach, BUILT_IN_POLICIES, expiredAcceptances, judgePolicy, NO_LEAKS } from './judge-policy.ts';
import { type Namespace, PROFILE_LABEL } from './namespace.ts';
import { Policy } from './policy.ts';
import { VisibilityRow, viewersOf } from './visibility-row.ts';

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
  {
    id: 'silo:4',
    kind: 'silo',
    label: 'a',
    container: container('a', { team: 'red', [PROFILE_LABEL]: 'memfs-network' }),
  },
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
const finding = (code: Finding['code'], volumes: string[], where: string[] = []): Finding => ({
  code,
  severity: 'warning',
  volumes,
  namespaces: where,
  summary: 'What it means.',
  fix: 'What to do.',
});
const takenAt = '2026-06-15T12:00:00.000Z';
const inspection = { takenAt, namespaces, volumes: [leak, sealed, own], findings: [] as Finding[] };

const told = (breach: Breach): string =>
  breach.kind === 'sight'
    ? `${breach.rule ?? '-'} ${breach.device} ${[breach.seenFrom, ...breach.others].join('+')} ${breach.visible}`
    : `${breach.code} ${breach.volumes.join()}`;
const broken = (rules: unknown[], more: object = { otherwise: 'allow' }): string[] =>
  judgePolicy(Policy.parse({ name: 'p', rules, ...more }), inspection).violations.map(told);

describe('the policy no-leaks', () => {
  it('is broken by each sight from outside, and by what cannot be ruled out', () => {
    expect(judgePolicy(NO_LEAKS, inspection).violations).toEqual([
      {
        kind: 'sight',
        code: 'unc-leak',
        rule: 0,
        device: 'leak',
        uncPrefix: '\\memfs\\share',
        container: 'a',
        seenFrom: 'host',
        others: [],
        visible: 'yes',
        rank: 'canary',
        cell: [...leak.visibility][0],
      },
      {
        kind: 'sight',
        code: 'unc-leak',
        rule: 0,
        device: 'leak',
        uncPrefix: '\\memfs\\share',
        container: 'a',
        seenFrom: 'silo:8',
        others: [],
        visible: 'unknown',
        rank: 'probe',
        cell: [...leak.visibility][2],
      },
      {
        kind: 'sight',
        code: 'unc-leak',
        rule: 0,
        device: 'own',
        uncPrefix: '\\host\\x',
        seenFrom: 'silo:4',
        others: [],
        visible: 'yes',
        rank: 'rule',
        cell: [...own.visibility][1],
      },
    ]);
  });

  it('can be asked for by name and fits its schema', () => {
    expect([BUILT_IN_POLICIES.get('no-leaks'), Policy.parse(NO_LEAKS)]).toEqual([NO_LEAKS, NO_LEAKS]);
  });
});

describe('a policy', () => {
  it.each([
    ['no rules, and otherwise allowed', [], []],
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

  it('forbids what no rule fits, unless it says otherwise', () => {
    expect(broken([], {})).toEqual(['- leak host yes', '- leak silo:8 unknown', '- own silo:4 yes']);
    expect(broken([{ uncPrefix: '\\host\\*', allow: true }], { otherwise: 'forbid' })).toEqual([
      '- leak host yes',
      '- leak silo:8 unknown',
    ]);
  });

  it('speaks of the profile a container was launched with', () => {
    expect(broken([{ profile: 'memfs-*', allow: true }], {})).toEqual(['- own silo:4 yes']);
  });

  it('can forbid findings, too', () => {
    const policy = Policy.parse({ name: 'p', rules: [{ allow: true }], findings: ['class-collision'] });
    const findings = [finding('class-collision', ['leak', 'own']), finding('fsd-stopped', [], ['host'])];
    expect(judgePolicy(policy, { ...inspection, findings }).violations.map(told)).toEqual(['class-collision leak,own']);
    expect(() => Policy.parse({ name: 'p', findings: ['unc-leak'] })).toThrow();
  });
});

describe('an acceptance', () => {
  const judge = (acceptance: object, findings: Finding[] = []) => {
    const policy = Policy.parse({
      name: 'p',
      findings: ['class-collision', 'ghost-mount-point', 'fsd-stopped'],
      acceptances: [{ code: 'unc-leak', reason: 'known', until: '2026-06-15', ...acceptance }],
    });
    const { violations, accepted } = judgePolicy(policy, { ...inspection, findings });
    return { violations: violations.map(told), accepted: accepted.map(told) };
  };

  it.each<[string, object, string[]]>([
    ['by prefix', { uncPrefix: '\\MEMFS\\*' }, ['- leak host yes', '- leak silo:8 unknown']],
    ['by container', { container: 'a' }, ['- leak host yes', '- leak silo:8 unknown']],
    ['by device', { device: 'own' }, ['- own silo:4 yes']],
    ['from one place', { uncPrefix: '*', seenFrom: 'host' }, ['- leak host yes']],
    ['by container, which the host has not', { container: '*' }, ['- leak host yes', '- leak silo:8 unknown']],
    ['of another kind of thing', { code: 'class-collision', uncPrefix: '*' }, []],
    ['to the end of its day', { uncPrefix: '\\host\\x', until: '2026-06-15' }, ['- own silo:4 yes']],
    ['to a moment', { uncPrefix: '\\host\\x', until: '2026-06-15T14:00:01+02:00' }, ['- own silo:4 yes']],
    ['over since yesterday', { uncPrefix: '\\host\\x', until: '2026-06-14' }, []],
    ['over this moment', { uncPrefix: '\\host\\x', until: '2026-06-15T12:00:00Z' }, []],
  ])('%s', (_, acceptance, accepted) => {
    const all = ['- leak host yes', '- leak silo:8 unknown', '- own silo:4 yes'];
    expect(judge(acceptance)).toEqual({ violations: all.filter(one => !accepted.includes(one)), accepted });
  });

  it('that is over is cited with the violation it does not cover any more', () => {
    const policy = Policy.parse({
      name: 'p',
      acceptances: [
        { code: 'unc-leak', device: 'own', reason: 'first', until: '2026-01-01' },
        { code: 'unc-leak', device: 'own', reason: 'last', until: '2026-06-14' },
      ],
    });
    const { violations } = judgePolicy(policy, inspection);
    expect(violations.map(({ expired }) => expired)).toEqual([
      undefined,
      undefined,
      { reason: 'last', until: '2026-06-14' },
    ]);
    expect(expiredAcceptances(policy, Date.parse(takenAt)).map(({ reason }) => reason)).toEqual(['first', 'last']);
    expect(expiredAcceptances(policy, Date.parse('2026-01-01T23:59:59Z'))).toEqual([]);
  });

  it('of a finding must speak of all its volumes, or of all its containers where it has none', () => {
    const collision = [finding('class-collision', ['leak', 'own'])];
    expect(judge({ code: 'class-collision', uncPrefix: '*' }, collision).accepted).toEqual([
      'class-collision leak,own',
    ]);
    expect(judge({ code: 'class-collision', uncPrefix: '\\memfs\\*' }, collision).accepted).toEqual([]);
    expect(judge({ code: 'class-collision', container: '*' }, collision).accepted).toEqual([]);
    const ghost = [finding('ghost-mount-point', [], ['silo:8'])];
    expect(judge({ code: 'ghost-mount-point', container: 'b' }, ghost).accepted).toEqual(['ghost-mount-point ']);
    const fsd = [finding('fsd-stopped', [], ['host'])];
    expect(judge({ code: 'fsd-stopped', container: '*' }, fsd).accepted).toEqual([]);
  });

  it('is of something', () => {
    const bare = { code: 'unc-leak', reason: 'known', until: '2026-06-15' };
    expect(() => Policy.parse({ name: 'p', acceptances: [bare] })).toThrow('an acceptance is of something');
    expect(() => Policy.parse({ name: 'p', acceptances: [{ ...bare, container: 'a', until: 'soon' }] })).toThrow();
  });
});

describe('namespaces of one kind that see it alike', () => {
  it('are one violation, however many they are', () => {
    const many = Array.from(
      { length: 5 },
      (_, index): Namespace => ({ id: `silo:${100 + index}`, kind: 'silo', label: `s${index}` }),
    );
    const cells = [
      cell('host', 'yes', 'rule'),
      ...many.map(({ id }, index) => cell(id, 'yes', index === 2 ? 'probe' : 'rule')),
    ];
    const judged = judgePolicy(NO_LEAKS, {
      ...inspection,
      namespaces: [...namespaces, ...many],
      volumes: [volume('wide', 'silo:4', cells, '\\a\\b')],
    });
    expect(judged.violations.map(told)).toEqual([
      '0 wide host yes',
      '0 wide silo:100+silo:101+silo:103+silo:104 yes',
      '0 wide silo:102 yes',
    ]);
  });
});

describe('rows that are kept sparse', () => {
  it('are judged as the list of their cells is, and laid out only where they break a rule', () => {
    const viewers = viewersOf(namespaces);
    const look = (visible: Visibility['visible']) => {
      const { namespace: _, ...rest } = cell('host', visible, 'probe');
      return rest;
    };
    const row = new VisibilityRow(viewers, [look('no'), look('no')], new Map([['silo:8', look('yes')]]));
    const sparse = { ...leak, visibility: row };
    const dense = { ...leak, visibility: [...row] };
    const judge = (of: InspectedVolume) => judgePolicy(NO_LEAKS, { ...inspection, volumes: [of] });
    expect(judge(sparse)).toEqual(judge(dense));
    expect(judge(sparse).violations.map(told)).toEqual(['0 leak silo:8 yes']);

    let laidOut = 0;
    class Counting extends VisibilityRow {
      override *[Symbol.iterator](): Generator<Visibility> {
        laidOut++;
        yield* super[Symbol.iterator]();
      }
    }
    const hidden = new Counting(viewers, [look('no'), look('no')], new Map([['silo:4', look('yes')]]));
    judge({ ...leak, visibility: hidden });
    expect(laidOut).toBe(0);
  });
});
