import { describe, expect, it } from 'vitest';
import type { JournalEntry, JournalNote } from './journal.ts';
import { JournalState } from './journal-state.ts';

const VOLUME = '\\Device\\Volume{1}';
const AT = '2026-11-22T14:02:10.000Z';
const told = (what: string, subject: string, data: JournalEntry['data'] = {}): JournalNote => ({
  source: 'inspection',
  what,
  subject,
  data,
});
const stateAfter = (lines: readonly JournalNote[]): JournalState => {
  const state = new JournalState();
  for (const [index, line] of lines.entries()) state.apply({ sequence: index + 1, at: AT, ...line });
  return state;
};
const volume = (what: string, data: JournalEntry['data'] = {}): JournalNote => told(`volume.${what}`, VOLUME, data);

const CAME = volume('appeared', { namespace: 'silo:4', kind: 'network', mountPoints: ['Y:'], uncPrefix: '\\memfs\\a' });
const SILO = told('silo.arrived', 'billing', { id: 'silo:4', container: 'c1', image: 'servercore' });
/** As a look writes it, whose order is not the schema's. */
const OTHERS = { visible: 'yes', because: 'shared-mup', rank: 'probe', ground: 'observed', namespaces: 'rest' };
const opened = (key: string): JournalNote =>
  told('finding.opened', 'unc-leak', { key, code: 'unc-leak', severity: 'serious', summary: 'It leaks.' });
const heard = (id: string, engineTime: string): JournalNote => told('container.started', 'a', { id, engineTime });

describe('a line of the journal', () => {
  it.each<[what: string, before: readonly JournalNote[], line: JournalNote, isRepeat: boolean]>([
    ['the same volume again', [CAME], CAME, true],
    ['a volume, mounted elsewhere', [CAME], volume('appeared', { mountPoints: ['Z:'] }), false],
    ['a volume, mounted there and elsewhere', [CAME], volume('mounted', { mountPoints: ['Y:', 'Z:'] }), false],
    ['a volume, mounted as it is known to be', [CAME], volume('mounted', { mountPoints: ['Y:'] }), true],
    ['a mount of a volume that nobody knows', [], volume('mounted', { mountPoints: [] }), false],
    ['a volume that came back', [CAME, volume('gone')], CAME, false],
    ['that a volume is gone', [CAME], volume('gone'), false],
    ['that it is gone, after that', [CAME, volume('gone')], volume('gone'), true],
    ['a leak', [CAME], volume('leaked', { proof: 'rule' }), false],
    ['a leak again, by the rule as well', [CAME, volume('leaked')], volume('leaked', { proof: 'rule' }), true],
    ['a leak that is proven by now', [CAME, volume('leaked')], volume('leaked', { proof: 'canary' }), false],
    ['a leak after its end', [CAME, volume('leaked'), volume('sealed')], volume('leaked'), false],
    ['the end of a leak', [CAME, volume('leaked')], volume('sealed'), false],
    ['the end of a leak again', [CAME, volume('leaked'), volume('sealed')], volume('sealed'), true],
    ['a verdict', [CAME], volume('judged', { verdict: 'private' }), false],
    ['the verdict that it has', [CAME], volume('judged', { verdict: 'unknown' }), true],
    ['a verdict on a volume that nobody knows', [], volume('judged', {}), false],
    ['a first test', [CAME], volume('tested', { chain: [], groups: [OTHERS] }), false],
    [
      'a test that saw the same',
      [CAME, volume('tested', { chain: [], groups: [OTHERS] })],
      volume('tested', { chain: [], groups: [OTHERS] }),
      true,
    ],
    [
      'a test that saw otherwise',
      [CAME, volume('tested', { chain: [], groups: [OTHERS] })],
      volume('tested', { chain: [], groups: [{ ...OTHERS, visible: 'no' }] }),
      false,
    ],
    [
      'a test from some places',
      [CAME, volume('tested', { chain: [], groups: [OTHERS] })],
      volume('tested', { chain: [], groups: [OTHERS], partial: true }),
      false,
    ],
    ['a silo', [], SILO, false],
    ['the same silo again', [SILO], SILO, true],
    [
      'another container with the id of a silo',
      [SILO],
      told('silo.arrived', 'b', { id: 'silo:4', container: 'c2' }),
      false,
    ],
    ['that a silo ended', [SILO], told('silo.departed', 'billing', { id: 'silo:4', container: 'c1' }), false],
    [
      'that it ended, by whoever does not know whose it was',
      [SILO],
      told('silo.departed', 'billing', { id: 'silo:4' }),
      false,
    ],
    [
      'that one before it with that id ended',
      [SILO],
      told('silo.departed', 'b', { id: 'silo:4', container: 'c0' }),
      true,
    ],
    ['that a silo ended that nobody knows', [], told('silo.departed', 'b', { id: 'silo:4' }), true],
    ['what its MUP is', [SILO], told('silo.mup-seen', 'billing', { id: 'silo:4', mup: 'own' }), false],
    [
      'the same of its MUP',
      [{ ...SILO, data: { ...SILO.data, mup: 'own' } }],
      told('silo.mup-seen', 'billing', { id: 'silo:4', mup: 'own' }),
      true,
    ],
    [
      'otherwise of its MUP',
      [{ ...SILO, data: { ...SILO.data, mup: 'own' } }],
      told('silo.mup-seen', 'billing', { id: 'silo:4', mup: 'shared' }),
      false,
    ],
    [
      'that its MUP cannot be read, after somebody could',
      [{ ...SILO, data: { ...SILO.data, mup: 'own' } }],
      told('silo.mup-seen', 'billing', { id: 'silo:4', mup: 'not-read' }),
      true,
    ],
    [
      'that its MUP cannot be read, first',
      [SILO],
      told('silo.mup-seen', 'billing', { id: 'silo:4', mup: 'not-read' }),
      false,
    ],
    ['a finding', [], opened('k'), false],
    ['a finding again', [opened('k')], opened('k'), true],
    ['another finding of that kind', [opened('k')], opened('l'), false],
    ['the end of a finding', [opened('k')], told('finding.closed', 'unc-leak', { key: 'k' }), false],
    ['the end of a finding that is not open', [], told('finding.closed', 'unc-leak', { key: 'k' }), true],
    ['that a watcher was lost', [told('watch.started', 'w1')], told('watch.lost', 'w1'), false],
    [
      'that a watcher was lost who ended',
      [told('watch.started', 'w1'), told('watch.ended', 'w1')],
      told('watch.lost', 'w1'),
      true,
    ],
    ['the engine', [], told('engine.connected', 'docker'), false],
    ['the engine again', [told('engine.connected', 'docker')], told('engine.connected', 'docker'), true],
    ['that the engine was lost', [told('engine.connected', 'docker')], told('engine.lost', 'docker'), false],
    ['the driver', [told('fsd.stopped', 'WinFsp')], told('fsd.started', 'WinFsp'), false],
    ['the driver again', [told('fsd.started', 'WinFsp')], told('fsd.started', 'WinFsp'), true],
    [
      'that a person unloaded it, twice',
      [told('fsd.unloaded', 'WinFsp')],
      told('fsd.unloaded', 'WinFsp', { lost: [] }),
      false,
    ],
    ['an event of the engine', [], heard('c1', '1'), false],
    ['the same event, heard by another', [heard('c1', '1')], heard('c1', '1'), true],
    ['that event of another container', [heard('c1', '1')], heard('c2', '1'), false],
    ['that event at another time', [heard('c1', '1')], heard('c1', '2'), false],
    ['anything late', [CAME], { ...CAME, data: { ...CAME.data, late: true } }, false],
    ['an order, given twice', [told('container.stop-asked', 'a')], told('container.stop-asked', 'a'), false],
  ])('that tells %s', (_, before, line, isRepeat) => {
    expect(stateAfter(before).isRepeat(line)).toBe(isRepeat);
  });

  it.each<[mup: string, proof: string | undefined, readMup: string, isRepeat: boolean]>([
    ['own', undefined, 'not-read', true],
    ['elsewhere', 'rule', 'not-read', true],
    ['shared', undefined, 'not-read', false],
    ['own', 'probe', 'not-read', false],
    ['own', undefined, 'own', false],
  ])(
    'that judges a volume of a silo whose MUP was seen as %s, with the proof %s by one for whom it is %s: a repeat %s',
    (mup, proof, readMup, isRepeat) => {
      const state = stateAfter([{ ...SILO, data: { ...SILO.data, mup } }, CAME]);
      const line = volume('leaked', { namespace: 'silo:4', mup: readMup, ...(proof === undefined ? {} : { proof }) });
      expect(state.isRepeat(line)).toBe(isRepeat);
    },
  );
});

describe('what is known of a volume after its lines', () => {
  const known = (...lines: readonly JournalNote[]) => stateAfter([CAME, ...lines]).volumes.get(VOLUME);
  const FIRST = {
    device: VOLUME,
    kind: 'network',
    home: 'silo:4',
    homeLabel: '',
    uncPrefix: '\\memfs\\a',
    mountPoints: ['Y:'],
    verdict: 'unknown',
    proof: 'rule',
    since: 1,
  };

  it.each<[after: string, lines: readonly JournalNote[], changed: object]>([
    ['it came', [], {}],
    [
      'a leak, which says where it was mounted',
      [volume('leaked', { proof: 'probe', mountPoints: ['X:'] })],
      { verdict: 'leaked', proof: 'probe', since: 2 },
    ],
    ['its end', [volume('leaked', { proof: 'probe' }), volume('sealed')], { verdict: 'private', since: 3 }],
    [
      'a verdict',
      [volume('judged', { verdict: 'private', proof: 'namespace' })],
      { verdict: 'private', proof: 'namespace', since: 2 },
    ],
    ['a verdict that nobody knows', [volume('judged', { verdict: 'purple' })], {}],
    ['a mount elsewhere', [volume('mounted', { mountPoints: ['Z:'] })], { mountPoints: ['Z:'] }],
    ['the name of its home', [volume('mounted', { mountPoints: ['Y:'], home: 'billing' })], { homeLabel: 'billing' }],
    ['what is late', [{ ...volume('leaked'), data: { late: true } }], {}],
    ['what makes no sense', [volume('tested', { groups: 'all' }), told('volume.gone', 'another')], {}],
  ])('%s', (_, lines, changed) => {
    expect(known(...lines)).toEqual({ ...FIRST, ...changed });
  });

  it('keeps what one line told of it, and the next ones do not', () => {
    const named = volume('mounted', { mountPoints: ['Z:'], program: 'memfs', provider: '\\Device\\WinFsp.Mup' });
    const tested = volume('tested', { groups: [OTHERS], chain: [] });
    expect(known(named, tested, volume('judged', { verdict: 'private' }))).toEqual({
      ...FIRST,
      program: 'memfs',
      provider: '\\Device\\WinFsp.Mup',
      mountPoints: ['Z:'],
      verdict: 'private',
      since: 4,
      tested: { sequence: 3, at: AT, groups: [OTHERS] },
      chain: [],
    });
  });

  it('is nothing where nobody told its home or its kind', () => {
    expect(stateAfter([volume('leaked', { namespace: 'silo:4' })]).volumes.size).toBe(0);
    expect(stateAfter([volume('leaked', { kind: 'network' })]).volumes.size).toBe(0);
    expect(stateAfter([volume('leaked')]).volumes.size).toBe(0);
    expect(known(volume('gone'))).toBeUndefined();
  });
});

describe('what a journal knows', () => {
  const ALL = [
    told('host.opened', 'this'),
    told('watch.started', 'w1'),
    told('fsd.started', 'WinFsp+2.1'),
    told('engine.lost', 'docker'),
    SILO,
    CAME,
    opened('k'),
    heard('c1', '1'),
  ];

  it('is the same when it was written down and read', () => {
    const state = stateAfter(ALL);
    expect(JournalState.from(state.data()).data()).toEqual(state.data());
    expect(state.data()).toMatchObject({
      fsd: { state: 'running', service: 'WinFsp+2.1' },
      engine: 'lost',
      volumes: [{ device: VOLUME }],
      namespaces: [{ id: 'silo:4', label: 'billing', container: 'c1', image: 'servercore', arrived: 5 }],
      findings: [{ key: 'k', since: 7 }],
      watchers: ['w1'],
      recent: ['container.started c1 1'],
    });
    expect(state.size).toBe(3);
  });

  it('is forgotten, but for who watches, where another world begins in it', () => {
    const state = stateAfter([...ALL, told('host.opened', 'this', { afresh: true })]);
    expect(state.data()).toEqual({
      volumes: [],
      namespaces: [],
      findings: [],
      gapsOf: [],
      watchers: ['w1'],
      recent: [],
    });
    expect(stateAfter([...ALL, told('host.opened', 'this')]).size).toBe(3);
  });

  it('holds the last events of the engine, and no more', () => {
    const state = stateAfter(Array.from({ length: 300 }, (_, index) => heard('c', `${index}`)));
    expect(state.data().recent.length).toBe(256);
    expect([43, 44, 299].map(time => state.isRepeat(heard('c', `${time}`)))).toEqual([false, true, true]);
  });

  it.each([
    ['connected', 'connected'],
    ['lost', 'lost'],
    ['unreachable', 'unreachable'],
  ])('is that the engine is %s', (what, engine) => {
    expect(stateAfter([told(`engine.${what}`, 'docker')]).data().engine).toBe(engine);
  });

  it.each([
    ['own', 'own'],
    ['purple', undefined],
  ])('is what the MUP of a silo was seen to be: %s', (mup, expected) => {
    const [silo] = stateAfter([SILO, told('silo.mup-seen', 'billing', { id: 'silo:4', mup })]).data().namespaces;
    expect([silo?.id, silo?.label, silo?.mup]).toEqual(['silo:4', 'billing', expected]);
  });

  it('ends with what ended', () => {
    const ended = [
      told('silo.departed', 'billing', { id: 'silo:4' }),
      told('finding.closed', 'unc-leak', { key: 'k' }),
      told('watch.lost', 'w1'),
    ];
    const { namespaces, findings, watchers } = stateAfter([...ALL, ...ended]).data();
    expect([namespaces, findings, watchers]).toEqual([[], [], []]);
  });
});

describe('what of a line is written, where somebody else has told the same', () => {
  const step = (code: string, holds = 'yes') => ({ code, holds, evidence: { rank: 'namespace', ground: 'observed' } });
  const came = (...chain: readonly object[]): JournalNote => ({ ...CAME, data: { ...CAME.data, chain } });
  const arrived = (mup: string): JournalNote => ({ ...SILO, data: { ...SILO.data, mup } });

  it.each<[string, before: readonly JournalNote[], line: JournalNote, written: string | undefined]>([
    ['all of it, to begin with', [], came(step('mup-is-shared')), 'volume.appeared'],
    ['nothing, by who sees the same', [came(step('mup-is-shared'))], came(step('mup-is-shared')), undefined],
    ['nothing, by who sees less', [came(step('mup-is-shared'))], came(), undefined],
    ['nothing, by who sees nothing either', [CAME], came(), undefined],
    ['its evidence, by who sees more', [came()], came(step('mup-is-shared')), 'volume.evidence-changed'],
    [
      'its evidence, by who sees otherwise',
      [came(step('mup-is-shared'))],
      came(step('mup-is-shared', 'no')),
      'volume.evidence-changed',
    ],
    ['all of a silo, to begin with', [], arrived('own'), 'silo.arrived'],
    ['its MUP, by who can read it', [arrived('not-read')], arrived('own'), 'silo.mup-seen'],
    ['nothing of a silo, by who cannot', [arrived('own')], arrived('not-read'), undefined],
    ['nothing of a silo, by who wrote no MUPs', [arrived('own')], SILO, undefined],
  ])('%s', (_, before, line, written) => {
    const state = stateAfter(before);
    const news = state.newsOf(line);
    expect(news).toEqual(written === undefined ? undefined : { ...line, what: written });
    if (news === undefined) return;
    state.apply({ sequence: 9, at: AT, ...news });
    expect(state.newsOf(line)).toBeUndefined();
  });
});
