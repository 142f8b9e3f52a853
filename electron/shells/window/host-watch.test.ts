import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { type Contract, contract } from '../../../shared/contract/contract.ts';
import type { Announce, OutputOf } from '../../../shared/contract/operation.ts';
import type { JournalEntry } from '../../../shared/domain/journal.ts';
import { JournalState } from '../../../shared/domain/journal-state.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { ServerFrame } from '../../../shared/wire/frame.ts';
import { memoryChannelPair } from '../../../shared/wire/memory-channel.ts';
import { type HostView, type HostWatch, watchHost } from './host-watch.ts';
import { judgeAppState } from './judge-app-state.ts';

type Snapshot = OutputOf<Contract, 'snapshot.take'>;

const entry = (sequence: number, what: string, subject = 'volume', data?: Record<string, unknown>): JournalEntry => ({
  sequence,
  at: '2026-01-01T00:00:00.000Z',
  source: 'inspection',
  what,
  subject,
  ...(what.startsWith('volume.')
    ? { data: { kind: 'network', namespace: 'silo:8', ...data } }
    : data === undefined
      ? {}
      : { data }),
});

const LEAK = { proof: 'canary' };

const FACTS: Snapshot['host']['facts'] = {
  machineName: 'HERE',
  build: 26_100,
  revision: 1,
  displayVersion: '24H2',
  edition: 'Windows 11 Pro',
  productType: 'client',
  architecture: 'x64',
};

/** A far side that answers the two questions of the watch, and can be told otherwise. */
class Far {
  entries: JournalEntry[] = [];
  fsd: Snapshot['fsd']['state'] = 'stopped';
  reachable = true;
  fails = false;
  looks = 0;
  announce: Announce<Contract> = () => undefined;
}

let watch: HostWatch | undefined;
afterEach(() => watch?.dispose());

async function watched(far: Far, clock = new ManualClock()) {
  const [near, other] = memoryChannelPair();
  other.onFrame(frame => {
    const { id, name, input } = frame as { id: number; name: string; input: { after: number } };
    if (far.fails)
      return other.send({
        kind: 'fault',
        id,
        fault: { code: 'engine-unreachable', endpoint: 'e', cause: 'c', raw: 'r' },
      });
    if (name === 'journal.moment') {
      const state = new JournalState();
      for (const line of far.entries) state.apply(line);
      const sequence = far.entries.at(-1)?.sequence ?? 0;
      return other.send({
        kind: 'result',
        id,
        output: { ...state.data(), sequence, watched: true, first: 1, last: sequence },
      });
    }
    if (name === 'journal.read') {
      return other.send({
        kind: 'result',
        id,
        output: { entries: far.entries.filter(({ sequence }) => sequence > input.after), first: 1, last: 9 },
      });
    }
    far.looks += 1;
    const output: Snapshot = {
      revision: 7,
      host: { id: 'here', simulated: true, facts: FACTS },
      fsd: { state: far.fsd },
      engine: { reachable: far.reachable },
      fileSystems: [],
    };
    other.send({ kind: 'result', id, output });
  });
  far.announce = (name, payload) => other.send(ServerFrame.parse({ kind: 'news', name, payload }));
  const made = watchHost(connect(contract, near), clock);
  watch = made;
  const views: HostView[] = [];
  made.onChange(view => views.push(view));
  await settled();
  return { watch: made, views, clock };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('what the app knows of the host', () => {
  it('is read from the journal and the snapshot at the start', async () => {
    const far = new Far();
    far.entries = [
      entry(1, 'volume.leaked', 'a', LEAK),
      entry(2, 'volume.leaked', 'b', LEAK),
      entry(3, 'volume.sealed', 'a'),
      entry(4, 'volume.leaked', 'c', { proof: 'rule' }),
    ];
    const { watch } = await watched(far);
    expect(watch.view).toEqual({ leaks: ['b'], expectedLeaks: ['c'], trouble: undefined });
  });

  it.each([
    ['is sealed', entry(2, 'volume.sealed', 'a'), []],
    ['is gone', entry(2, 'volume.gone', 'a'), []],
    ['went with its file system', entry(2, 'filesystem.stopped', 'c', { gone: ['a'] }), []],
    ['went with the driver', entry(2, 'fsd.unloaded', 'WinFsp', { lost: ['a'] }), []],
    ['is on a host that was left', entry(2, 'host.opened', 'other'), []],
    ['is still there', entry(2, 'container.started', 'a'), ['a']],
    ['was told before', entry(1, 'volume.gone', 'a'), ['a']],
  ])('follows the news: a leak %s', async (_, news, leaks) => {
    const far = new Far();
    far.entries = [entry(1, 'volume.leaked', 'a', LEAK)];
    const { watch } = await watched(far);
    far.announce('journal.appended', news);
    await settled();
    expect(watch.view.leaks).toEqual(leaks);
  });

  it('knows a leak that was only expected from one that a test then saw', async () => {
    const far = new Far();
    far.entries = [entry(1, 'volume.leaked', 'a', { proof: 'rule' })];
    const { watch } = await watched(far);
    expect(watch.view).toMatchObject({ leaks: [], expectedLeaks: ['a'] });
    const sight = { ground: 'observed', because: 'shared-mup' };
    const groups = [
      { ...sight, visible: 'yes', rank: 'namespace', namespaces: ['silo:8'] },
      { ...sight, visible: 'yes', rank: 'probe', namespaces: ['host'] },
    ];
    far.announce('journal.appended', entry(2, 'volume.tested', 'a', { groups: groups.slice(0, 1) }));
    await settled();
    expect(watch.view).toMatchObject({ leaks: [], expectedLeaks: ['a'] });
    far.announce('journal.appended', entry(3, 'volume.tested', 'a', { groups }));
    await settled();
    expect(watch.view).toMatchObject({ leaks: ['a'], expectedLeaks: [] });
  });

  it('tells news as news once, and what was in the journal not at all', async () => {
    const far = new Far();
    far.entries = [entry(1, 'volume.leaked', 'a', LEAK)];
    const { watch } = await watched(far);
    const told: number[] = [];
    watch.onNews(({ sequence }) => told.push(sequence));
    far.announce('journal.appended', entry(2, 'volume.leaked', 'b', LEAK));
    far.announce('journal.appended', entry(2, 'volume.leaked', 'b', LEAK));
    await settled();
    expect([told, watch.view.leaks]).toEqual([[2], ['a', 'b']]);
  });

  it.each<[string, Partial<Far>, HostView['trouble']]>([
    ['a driver at rest', { fsd: 'stopped' }, undefined],
    ['no driver', { fsd: 'not-installed' }, 'fsd-gone'],
    ['no engine', { reachable: false }, 'engine-gone'],
    ['no answer', { fails: true }, 'host-lost'],
  ])('has its trouble from the snapshot: %s', async (_, change, trouble) => {
    const { watch } = await watched(Object.assign(new Far(), change));
    expect(watch.view.trouble).toBe(trouble);
  });

  it('knows a driver that ran and runs no more', async () => {
    const far = new Far();
    far.fsd = 'running';
    const { watch } = await watched(far);
    far.fsd = 'stopped';
    expect([await watch.look(), watch.view.trouble]).toEqual([7, 'fsd-gone']);
  });

  it('looks once for a burst of changes', async () => {
    const far = new Far();
    const { clock } = await watched(far);
    for (let revision = 8; revision < 20; revision++)
      far.announce('snapshot.changed', { revision, what: 'containers' });
    await settled();
    clock.advance(1_000);
    await settled();
    expect(far.looks).toBe(2);
  });

  it('is lost with the host', async () => {
    const far = new Far();
    const { watch } = await watched(far);
    far.announce('host.lost', { code: 'cancelled' });
    await settled();
    expect(watch.view.trouble).toBe('host-lost');
  });
});

describe('the one state of the app', () => {
  it.each<[string, HostView, number, ReturnType<typeof judgeAppState>]>([
    ['idle', { leaks: [], expectedLeaks: [], trouble: undefined }, 0, { kind: 'idle' }],
    ['busy', { leaks: [], expectedLeaks: [], trouble: undefined }, 2, { kind: 'busy', count: 2 }],
    [
      'error before busy',
      { leaks: [], expectedLeaks: [], trouble: 'engine-gone' },
      2,
      { kind: 'error', trouble: 'engine-gone' },
    ],
    [
      'leak before error',
      { leaks: ['a'], expectedLeaks: [], trouble: 'engine-gone' },
      2,
      { kind: 'leak', count: 1, expected: 0 },
    ],
    [
      'what is expected, apart from what was seen',
      { leaks: ['a'], expectedLeaks: ['b', 'c'], trouble: undefined },
      0,
      { kind: 'leak', count: 1, expected: 2 },
    ],
  ])('is %s', (_, view, running, state) => {
    expect(judgeAppState(view, running)).toEqual(state);
  });
});
