import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry, JournalNote } from './journal.ts';
import { JOURNAL_WEIGHTS, type JournalName } from './journal-severity.ts';
import { JournalState } from './journal-state.ts';
import { lateLines } from './late-lines.ts';

const VOLUME = '\\Device\\Volume{1}';
const AT = Date.UTC(2026, 10, 22, 14);
const ROOM = { id: 'silo:8', container: 'c1' };
const SEEN = { namespace: 'silo:8', kind: 'network', home: 'billing', mountPoints: ['Y:'], verdict: 'private' };
const FINDING = { key: 'k', code: 'unc-leak', severity: 'serious', summary: 'It leaks.' };
const GAPS = { by: 'process 1', first: [], more: 0 };
const GROUP = { visible: 'yes', rank: 'probe', ground: 'observed', because: 'shared-mup', namespaces: ['host'] };

interface Kind {
  readonly subject?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** What has to be so for it to be said. */
  readonly after?: readonly JournalName[];
  /** What makes it old news; absent: nothing does, it is a deed. */
  readonly overtakenBy?: readonly JournalName[];
}

const DEED: Kind = {};
const EVENT: Kind = { data: { id: 'c1', engineTime: '17' } };
const ENGINE: Kind = { overtakenBy: ['engine.connected', 'engine.lost', 'engine.unreachable'] };
const FSD: Kind = { overtakenBy: ['fsd.uninstalled', 'fsd.stopped', 'fsd.awaited', 'fsd.started', 'fsd.unloaded'] };
const WATCHER: Kind = { subject: 'process 1', overtakenBy: ['watch.started', 'watch.ended', 'watch.lost'] };
const LIVES: readonly JournalName[] = ['volume.appeared', 'volume.gone'];
const VERDICTS: readonly JournalName[] = ['volume.leaked', 'volume.sealed', 'volume.judged'];
const VERDICT: Kind = {
  subject: VOLUME,
  data: SEEN,
  after: ['volume.appeared'],
  overtakenBy: [...LIVES, ...VERDICTS],
};
const ROOMS: readonly JournalName[] = ['silo.arrived', 'silo.departed', 'vm.arrived', 'vm.departed'];

/** Every name that is written, and what becomes of such a line where it is written down late. */
const KINDS: Readonly<Record<JournalName, Kind>> = {
  'container.created': EVENT,
  'container.started': EVENT,
  'container.ended': EVENT,
  'container.stopped': EVENT,
  'container.killed': EVENT,
  'container.restarted': EVENT,
  'container.paused': EVENT,
  'container.unpaused': EVENT,
  'container.renamed': EVENT,
  'container.removed': EVENT,
  'image.pulled': EVENT,
  'image.tagged': EVENT,
  'image.untagged': EVENT,
  'image.removed': EVENT,
  'image.imported': EVENT,
  'image.loaded': EVENT,
  'image.pull-done': DEED,
  'image.pull-failed': DEED,
  'image.remove-done': DEED,
  'image.remove-failed': DEED,
  'image.prune-done': DEED,
  'image.prune-failed': DEED,
  'engine.connected': ENGINE,
  'engine.lost': ENGINE,
  'engine.unreachable': ENGINE,
  'engine.start-ordered': DEED,
  'fsd.uninstalled': FSD,
  'fsd.stopped': FSD,
  'fsd.awaited': FSD,
  'fsd.started': FSD,
  'fsd.unloaded': FSD,
  'fsd.start-ordered': DEED,
  'fsd.start-failed': DEED,
  'silo.arrived': { data: ROOM, overtakenBy: ROOMS },
  'silo.departed': { data: ROOM, after: ['silo.arrived'], overtakenBy: ROOMS },
  'silo.mup-seen': { data: { ...ROOM, mup: 'own' }, after: ['silo.arrived'], overtakenBy: [...ROOMS, 'silo.mup-seen'] },
  'vm.arrived': { data: ROOM, overtakenBy: ROOMS },
  'vm.departed': { data: ROOM, after: ['vm.arrived'], overtakenBy: ROOMS },
  'volume.appeared': {
    subject: VOLUME,
    data: { ...SEEN, chain: [] },
    overtakenBy: [...LIVES, ...VERDICTS, 'volume.mounted'],
  },
  'volume.gone': {
    subject: VOLUME,
    data: SEEN,
    after: ['volume.appeared'],
    overtakenBy: [...LIVES, ...VERDICTS, 'volume.mounted'],
  },
  'volume.mounted': { ...VERDICT, data: { ...SEEN, mountPoints: ['Z:'] }, overtakenBy: [...LIVES, 'volume.mounted'] },
  'volume.leaked': VERDICT,
  'volume.sealed': { ...VERDICT, after: ['volume.appeared', 'volume.leaked'] },
  'volume.judged': { ...VERDICT, data: { ...SEEN, verdict: 'unknown' } },
  'volume.evidence-changed': {
    subject: VOLUME,
    data: {
      ...SEEN,
      chain: [{ code: 'mup-is-shared', holds: 'yes', evidence: { rank: 'namespace', ground: 'observed' } }],
    },
    after: ['volume.appeared'],
    overtakenBy: LIVES,
  },
  'volume.tested': {
    subject: VOLUME,
    data: { groups: [GROUP] },
    after: ['volume.appeared'],
    overtakenBy: [...LIVES, 'volume.tested'],
  },
  'volume.looked-at': { ...DEED, subject: VOLUME },
  'finding.opened': { data: FINDING, overtakenBy: ['finding.opened', 'finding.closed'] },
  'finding.closed': { data: FINDING, after: ['finding.opened'], overtakenBy: ['finding.opened', 'finding.closed'] },
  'finding.fixed-by-relaunch-as-disk': DEED,
  'finding.fixed-by-rename': DEED,
  'finding.fixed-by-read-only': DEED,
  'finding.fixed-by-process-isolation': DEED,
  'finding.fixed-by-clear-mount-point': DEED,
  'finding.fixed-by-start-fsd': DEED,
  'inspection.taken': DEED,
  'inspection.gaps-changed': { data: GAPS, overtakenBy: ['inspection.gaps-changed'] },
  'isolation.tested': DEED,
  'isolation.swept': DEED,
  'launch.started': DEED,
  'launch.done': DEED,
  'launch.failed': DEED,
  'filesystem.stopped': DEED,
  'relaunch.started': DEED,
  'relaunch.done': DEED,
  'relaunch.failed': DEED,
  'relaunch.broken-off': DEED,
  'relaunch.settled': DEED,
  'workspace.relaunched': DEED,
  'workspace.unwritten': DEED,
  'workspace.cut': DEED,
  'unwritten.copied': DEED,
  'unwritten.removed': DEED,
  'workspace.not-answering': DEED,
  'workspace.recovered': DEED,
  'workspace.failed': DEED,
  'workspace.failing': DEED,
  'workspace.given-up': DEED,
  'guard.refused': DEED,
  'guard.stopping': DEED,
  'guard.stopped': DEED,
  'guard.not-stopped': DEED,
  'guard.blind': DEED,
  'guard.failed': DEED,
  'guard.recovered': DEED,
  'policy.violated': DEED,
  'policy.restored': DEED,
  'policy.saved': DEED,
  'settings.changed': DEED,
  'profile.saved': DEED,
  'profile.removed': DEED,
  'secret.set': DEED,
  'secret.forgotten': DEED,
  'elevation.granted': DEED,
  'elevation.given-back': DEED,
  'elevation.refused': DEED,
  'host.opened': DEED,
  'host.seen': { data: { engine: { version: '28.5.2' } }, overtakenBy: ['host.seen'] },
  'host.lost': DEED,
  'watch.started': WATCHER,
  'watch.ended': WATCHER,
  'watch.lost': { ...WATCHER, after: ['watch.started'] },
  'journal.dropped': DEED,
  'journal.damaged': DEED,
  'journal.unwritable': DEED,
  'journal.renumbered': DEED,
  'journal.cut-short': DEED,
};
const NAMES = Object.keys(JOURNAL_WEIGHTS) as JournalName[];

let sequence = 0;
const entryOf = (what: JournalName, seconds: number, more: Partial<JournalNote> = {}): JournalEntry => {
  const { subject = 'billing', data } = KINDS[what];
  return {
    sequence: ++sequence,
    at: new Date(AT + seconds * 1_000).toISOString(),
    source: 'host',
    what,
    subject,
    ...(data === undefined ? {} : { data }),
    ...more,
  };
};
const stateBefore = (what: JournalName): JournalState => {
  const state = new JournalState();
  for (const name of KINDS[what].after ?? []) state.apply(entryOf(name, 0));
  return state;
};
const isLate = ({ data }: JournalEntry): boolean => data?.['late'] === true;
const written = (state: JournalState, theirs: readonly JournalEntry[], ours: readonly JournalEntry[]): JournalEntry[] =>
  lateLines(state, theirs, ours).map(({ entry }) => entry);

describe.each(NAMES)('%s, which could not be written when it happened', what => {
  const { overtakenBy = [] } = KINDS[what];
  // Who begins and ends is told by itself alone.
  const isOnce = KINDS[what] === EVENT || (overtakenBy.length > 0 && !/^watch\.(started|ended)$/.test(what));
  const ours = entryOf(what, 1);

  it('is written where nobody else told of it', () => {
    expect(stateBefore(what).isRepeat(ours)).toBe(false);
    expect(written(stateBefore(what), [entryOf('settings.changed', 2)], [ours])).toEqual([ours]);
  });

  it(isOnce ? 'is left out where another told it' : 'is a line of its own, whoever did the same', () => {
    for (const seconds of [0.5, 1.5]) {
      const lines = written(stateBefore(what), [entryOf(what, seconds)], [ours]);
      expect(lines.length, `theirs at ${seconds} s`).toBe(isOnce ? 0 : 1);
    }
  });

  it('is old news after what says something newer of the same, and after nothing else', () => {
    for (const newer of NAMES) {
      if (newer === what) continue;
      const state = stateBefore(what);
      state.apply(ours);
      const isNews = !state.isRepeat(entryOf(newer, 2));
      const [line] = written(stateBefore(what), [entryOf(newer, 2)], [ours]);
      expect([newer, line?.what, line !== undefined && isLate(line)]).toEqual([
        newer,
        what,
        isNews && overtakenBy.includes(newer),
      ]);
      expect(stateBefore(what).isRepeat(line ?? ours)).toBe(false);
    }
  });
});

describe('a line of ours which another wrote, too, later and with less', () => {
  const chain = (...codes: readonly string[]) => ({
    chain: codes.map(code => ({ code, holds: 'yes', evidence: { rank: 'namespace', ground: 'observed' } })),
  });
  const [E1, E2] = ['mup-is-shared', 'provider-carries-guid'];

  it.each<[JournalName, ours: object, theirs: object, written: readonly string[]]>([
    ['volume.appeared', chain(E1), chain(E1), []],
    ['volume.appeared', chain(E1, E2), chain(E1), ['volume.appeared']],
    ['volume.appeared', {}, { unwatched: true }, ['volume.appeared, late']],
    ['volume.appeared', { unwatched: true }, { unwatched: true }, []],
    ['volume.evidence-changed', chain(E1, E2), chain(E1), ['volume.evidence-changed']],
    ['volume.evidence-changed', chain(E1), chain(E1), []],
    ['silo.arrived', { mup: 'own' }, { mup: 'not-read' }, ['silo.arrived']],
    ['silo.arrived', { mup: 'not-read' }, { mup: 'own' }, []],
    ['silo.arrived', {}, { unwatched: true }, ['silo.arrived, late']],
  ])('%s: of ours %j beside theirs %j is written %j', (what, ours, theirs, expected) => {
    const line = (seconds: number, more: object) => entryOf(what, seconds, { data: { ...KINDS[what].data, ...more } });
    const before = stateBefore(what);
    const lines = written(before, [line(2, theirs)], [line(1, ours)]);
    expect(lines.map(entry => `${entry.what}${isLate(entry) ? ', late' : ''}`)).toEqual(expected);
    // Where it is written among theirs, all that either knew is known.
    const state = stateBefore(what);
    for (const entry of [line(2, theirs), ...lines]) {
      const news = state.newsOf(entry);
      if (news !== undefined) state.apply({ ...entry, ...news });
    }
    expect(state.newsOf(line(3, ours))).toBeUndefined();
    expect(state.newsOf(line(3, theirs))).toBeUndefined();
  });
});

describe('what two processes wrote while one of them could not', () => {
  interface Event {
    readonly what: JournalName;
    readonly subject: string;
    readonly data: Readonly<Record<string, unknown>>;
  }
  /** A world that changes, as lines: each is true when it happens. */
  const world = fc
    .array(
      fc.record({
        volume: fc.integer({ min: 1, max: 3 }),
        turn: fc.constantFrom('life', 'mount', 'verdict', 'engine', 'deed', 'event'),
        by: fc.constantFrom('both', 'ours', 'theirs'),
        lag: fc.integer({ min: 0, max: 900 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map(turns => {
      const there = new Map<number, { guid: number; mounts: string[]; verdict: string }>();
      let isConnected = false;
      return turns.flatMap(({ volume, turn, by, lag }, at) => {
        const one = there.get(volume);
        const data = (): Event['data'] => ({
          namespace: 'host',
          kind: 'network',
          mountPoints: there.get(volume)?.mounts ?? [],
          verdict: 'unknown',
        });
        const happened = (what: JournalName, subject: string, more: Event['data'] = {}) => [
          { event: { what, subject, data: more } satisfies Event, by, at: at * 1_000, lag },
        ];
        // No GUID comes twice.
        const device = () => `\\Device\\Volume{${there.get(volume)?.guid ?? ''}}`;
        if (turn === 'deed') return happened('launch.done', `n${at}`);
        if (turn === 'event') return happened('container.started', `c${volume}`, { id: 'c', engineTime: String(at) });
        if (turn === 'engine') {
          isConnected = !isConnected;
          return happened(isConnected ? 'engine.connected' : 'engine.lost', 'local');
        }
        if (turn === 'life') {
          if (one === undefined) there.set(volume, { guid: at, mounts: [], verdict: 'unknown' });
          const was = data();
          const born = device();
          if (one !== undefined) there.delete(volume);
          return happened(one === undefined ? 'volume.appeared' : 'volume.gone', born, was);
        }
        if (one === undefined) return [];
        if (turn === 'mount') {
          one.mounts = one.mounts[0] === 'Y:' ? ['Z:'] : ['Y:'];
          return happened('volume.mounted', device(), data());
        }
        one.verdict = one.verdict === 'leaked' ? 'private' : 'leaked';
        return happened(one.verdict === 'leaked' ? 'volume.leaked' : 'volume.sealed', device(), {
          ...data(),
          proof: 'rule',
        });
      });
    });
  const asEntry = ({ what, subject, data }: Event, ms: number): JournalEntry => ({
    sequence: 1,
    at: new Date(AT + ms).toISOString(),
    source: 'host',
    what,
    subject,
    data,
  });
  const stateOf = (lines: readonly JournalEntry[]): JournalState => {
    const state = new JournalState();
    for (const line of lines) if (!state.isRepeat(line)) state.apply(line);
    return state;
  };
  /** What is known of the present, whenever it was told. */
  const known = (state: JournalState) => ({
    volumes: state
      .data()
      .volumes.map(({ device, mountPoints, verdict }) => `${device} ${mountPoints.join()} ${verdict}`)
      .sort(),
    engine: state.data().engine,
  });

  it('is known in the end as if it had been written when it happened', () => {
    fc.assert(
      fc.property(world, events => {
        const theirs = events.filter(({ by }) => by !== 'ours').map(({ event, at }) => asEntry(event, at));
        const ours = events.filter(({ by }) => by !== 'theirs').map(({ event, at, lag }) => asEntry(event, at + lag));
        const late = written(new JournalState(), theirs, ours);
        const all = [...theirs, ...late];
        expect(known(stateOf(all))).toEqual(known(stateOf(events.map(({ event, at }) => asEntry(event, at)))));
        // Deeds of ours, and events that nobody else heard, are there, once.
        for (const { event, by } of events) {
          const isDeed = event.what === 'launch.done' && by === 'both';
          const told = all.filter(
            ({ what, subject, data }) =>
              what === event.what && subject === event.subject && data?.['engineTime'] === event.data['engineTime'],
          );
          if (event.what === 'launch.done' || event.what === 'container.started')
            expect(told.length).toBe(isDeed ? 2 : 1);
          else expect(told.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is told once where both have seen all of it, whoever was faster', () => {
    fc.assert(
      fc.property(world, fc.boolean(), (events, isFirst) => {
        const observed = events.filter(({ event }) => event.what !== 'launch.done');
        const plain = observed.map(({ event, at }) => asEntry(event, at));
        const lagging = observed.map(({ event, at, lag }) => asEntry(event, at + lag));
        expect(written(new JournalState(), isFirst ? lagging : plain, isFirst ? plain : lagging)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
