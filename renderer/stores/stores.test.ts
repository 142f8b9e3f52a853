import { describe, expect, it } from 'vitest';
import { FaultError } from '../../shared/contract/fault.ts';
import { BUILT_IN_PROFILES } from '../../shared/domain/profiles.ts';
import { wordedMatcher } from '../../shared/wording/word-journal.ts';
import { fakeSilo, STORIES } from '../testing/fake-story.ts';
import { connectedStores } from '../testing/lay-stores.ts';
import { until } from './until.ts';

const lay = (story?: Parameters<typeof connectedStores>[1]) => connectedStores('#/visibility', story);

describe('the picture of the host', () => {
  it('follows a container that somebody else starts', async () => {
    const { host, stores } = await lay();
    stores.inspection.want();
    await until(stores.inspection.store, ({ kind }) => kind === 'known');
    host.add(fakeSilo(9, 'newcomer', 'X:', '\\memfs\\new'));
    const asked = await until(
      stores.inspection.store,
      state => state.kind === 'known' && state.value.volumes.length === 3,
    );
    expect(asked.kind === 'known' && asked.value.namespaces.map(({ label }) => label)).toEqual([
      'host',
      'memfs-disk',
      'memfs-share',
      'newcomer',
    ]);
  });

  it('is taken anew when the link comes back', async () => {
    const { host, link, stores } = await lay();
    stores.snapshot.want();
    await until(stores.snapshot.store, ({ kind }) => kind === 'known');
    link.cut();
    await until(stores.connection.store, ({ kind }) => kind === 'lost');
    host.add(fakeSilo(9, 'meanwhile', 'X:'));
    link.heal();
    stores.connection.retry();
    const asked = await until(
      stores.snapshot.store,
      state => state.kind === 'known' && state.value.fileSystems.length === 3,
    );
    expect(asked.kind).toBe('known');
  });

  it('follows one container by news of its row, and asks for no list again', async () => {
    const { host, stores } = await lay();
    await Promise.all([stores.snapshot.refresh(), stores.fileSystems.refresh()]);
    const rows = () => {
      const state = stores.fileSystems.store.getState();
      return state.kind === 'known' ? state.value : [];
    };
    const [first, second] = rows();
    if (first === undefined || second === undefined) throw new TypeError('the story has two file systems');
    const refuse = () => Promise.reject(new Error('asked again'));
    host.handlers['filesystem.list'] = refuse;
    host.handlers['snapshot.take'] = refuse;
    host.hub.announce('snapshot.changed', {
      revision: 2,
      what: 'containers',
      fileSystems: { changed: [{ ...first, state: 'exited', status: 'Exited (0)', volumes: [] }], gone: [] },
    });
    await until(stores.fileSystems.store, state => state.kind === 'known' && state.value[0]?.state === 'exited');
    expect(rows()[1]).toBe(second);
    const taken = stores.snapshot.store.getState();
    expect(taken.kind === 'known' && taken.value.fileSystems.map(({ container }) => container.name)).toEqual([
      second.container.name,
    ]);
    host.hub.announce('snapshot.changed', { revision: 4, what: 'containers', fileSystems: { changed: [], gone: [] } });
    await until(stores.fileSystems.store, state => state.kind === 'known' && state.fault !== undefined);
  });

  it('keeps what a canary proved through looks that do not write', async () => {
    const { host, stores } = await lay();
    await stores.inspection.look('canary');
    host.change('containers');
    await until(stores.inspection.store, state => state.kind === 'known' && !state.asking);
    await stores.inspection.refresh();
    const state = stores.inspection.store.getState();
    const leak = state.kind === 'known' ? state.value.volumes.find(({ verdict }) => verdict === 'leaked') : undefined;
    expect(leak?.visibility.map(({ evidence }) => evidence.rank)).toEqual(['canary', 'canary', 'inventory']);
  });
});

describe('a launch', () => {
  it('keeps what was typed while the link is down', async () => {
    const { link, stores } = await lay();
    stores.launch.edit({ profile: 'memfs-disk', name: 'typed' });
    link.cut();
    await until(stores.connection.store, ({ kind }) => kind === 'lost');
    link.heal();
    stores.connection.retry();
    const planned = await until(stores.launch.planned, state => state.kind === 'planned');
    expect(planned.kind === 'planned' && planned.plan.name).toBe('typed');
    expect(stores.launch.form.getState().name).toBe('typed');
  });

  it('shows nothing of another profile while it asks what this one would do', async () => {
    const { stores } = await lay(STORIES.default());
    const [disk, network] = ['memfs-disk', 'memfs-network'].map(name =>
      BUILT_IN_PROFILES.find(profile => profile.name === name),
    );
    if (disk === undefined || network === undefined) throw new Error('no such profile');
    stores.launch.choose(disk);
    expect((await until(stores.launch.planned, ({ kind }) => kind === 'planned')).kind).toBe('planned');
    stores.launch.choose(network);
    expect(stores.launch.planned.getState()).toEqual({ kind: 'asking' });
    const planned = await until(stores.launch.planned, ({ kind }) => kind === 'planned');
    expect(planned.kind === 'planned' && planned.plan.kind).toBe('network');
  });

  it('goes through its steps to the first listing, and can be undone', async () => {
    const { stores } = await lay(STORIES.default());
    stores.launch.edit({ profile: 'memfs-disk', mountPoint: 'X:' });
    await stores.launch.launch();
    const run = stores.launch.run.getState();
    expect(run.kind === 'done' && Object.values(run.steps).map(({ state }) => state)).toEqual([
      'done',
      'done',
      'skipped',
      'done',
      'done',
      'done',
      'done',
    ]);
    await stores.launch.undo();
    expect(stores.launch.run.getState()).toEqual({ kind: 'idle' });
  });

  it('can be cancelled, and says that it was', async () => {
    const { stores } = await lay();
    stores.launch.edit({ profile: 'memfs-disk' });
    const launched = stores.launch.launch();
    stores.launch.cancel();
    await launched;
    expect(stores.launch.run.getState()).toMatchObject({ kind: 'faulted', fault: { code: 'cancelled' } });
  });

  it('shows the fault of a plan, and the plan once it is cured', async () => {
    const { stores } = await lay();
    stores.launch.edit({ profile: 'memfs-network', uncPrefix: '\\memfs\\share' });
    const faulted = await until(stores.launch.planned, state => state.kind === 'faulted');
    expect(faulted).toMatchObject({ fault: { code: 'unc-prefix-in-use', proposal: '\\memfs-2\\share' } });
    stores.launch.edit({ uncPrefix: '\\memfs-2\\share' });
    expect((await until(stores.launch.planned, state => state.kind === 'planned')).kind).toBe('planned');
  });
});

describe('readiness', () => {
  it('starts the driver and says that the host is ready', async () => {
    const { stores } = await lay(STORIES.default());
    await stores.readiness.refresh();
    const before = stores.readiness.store.getState();
    const check = before.kind === 'known' ? before.value.checks.find(({ state }) => state === 'failed') : undefined;
    if (check === undefined) throw new Error('nothing to fix');
    await stores.readiness.fix(check);
    expect(stores.readiness.store.getState()).toMatchObject({ kind: 'known', value: { ready: true } });
  });

  it('shows why a fix failed beside its check', async () => {
    const { host, stores } = await lay(STORIES.default());
    host.handlers['fsd.start'] = () => {
      throw new FaultError({ code: 'access-denied', what: 'the driver', raw: 'Access is denied.' });
    };
    await stores.readiness.fix({
      code: 'fsd-running',
      state: 'failed',
      found: 'It is stopped.',
      command: 'sc.exe start WinFsp',
    });
    expect(stores.readiness.fixes.getState()['fsd-running']).toMatchObject({
      running: false,
      fault: { code: 'access-denied' },
    });
  });
});

describe('pulls', () => {
  const [first, second] = [
    'mcr.microsoft.com/windows/server:ltsc2022',
    'mcr.microsoft.com/windows/servercore:ltsc2025',
  ] as const;

  it('come one after the other and end with the image on the host', async () => {
    const { stores } = await lay();
    const fractions: number[] = [];
    stores.pulls.store.subscribe(({ pulls }) => {
      const fraction = pulls.find(({ reference }) => reference === first)?.progress?.fraction;
      if (fraction !== undefined) fractions.push(fraction);
    });
    const both = [stores.pulls.pull(first), stores.pulls.pull(second)];
    expect(stores.pulls.store.getState().pulls.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    const ended = await Promise.all(both);
    expect(ended.map(({ state }) => state)).toEqual(['done', 'done']);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  });

  it('can be cancelled while they wait', async () => {
    const { stores } = await lay();
    const running = stores.pulls.pull(first);
    const waiting = stores.pulls.pull(second);
    stores.pulls.cancel(second);
    expect((await waiting).state).toBe('cancelled');
    expect((await running).state).toBe('done');
  });
});

describe('a stop', () => {
  it('takes the file system off the list', async () => {
    const { stores } = await lay();
    await stores.fileSystems.refresh();
    await stores.fileSystems.stop('memfs-share', false);
    const state = stores.fileSystems.store.getState();
    expect(state.kind === 'known' && state.value.map(({ container }) => container.name)).toEqual(['memfs-disk']);
    expect(stores.fileSystems.stops.getState()).toEqual({});
  });

  it('of what somebody else has stopped meanwhile has come to its end', async () => {
    const { client, stores } = await lay();
    await stores.fileSystems.refresh();
    await Promise.all([
      client.call('filesystem.stop', { name: 'memfs-share' }),
      stores.fileSystems.stop('memfs-share', false),
    ]);
    expect(stores.fileSystems.stops.getState()).toEqual({});
  });

  it('that fails leaves its fault until somebody has read it', async () => {
    const { stores } = await lay();
    await stores.fileSystems.stop('nobody', false);
    expect(stores.fileSystems.stops.getState()['nobody']).toMatchObject({ fault: { code: 'not-found' } });
    stores.fileSystems.dismiss('nobody');
    expect(stores.fileSystems.stops.getState()).toEqual({});
  });
});

describe('the journal', () => {
  it('grows without holes, through news and through a cut', async () => {
    const { host, link, stores } = await lay();
    stores.journal.want();
    const lines = (count: number) =>
      until(stores.journal.store, state => state.kind === 'known' && state.last === count);
    await lines(2);
    stores.journal.pages.need(1, 2);
    host.note('container.started', 'three');
    await lines(3);
    link.cut();
    await until(stores.connection.store, ({ kind }) => kind === 'lost');
    host.note('container.stopped', 'three');
    host.note('container.started', 'five');
    link.heal();
    stores.connection.retry();
    await lines(5);
    stores.journal.pages.need(1, 5);
    const held = (): (number | undefined)[] => [1, 2, 3, 4, 5].map(n => stores.journal.pages.line(n)?.sequence);
    await until(stores.journal.pages.store, () => held().every(sequence => sequence !== undefined));
    expect(held()).toEqual([1, 2, 3, 4, 5]);
  });

  it('is searched from its newest line back, and live lines that fit are added', async () => {
    const { host, stores } = await lay();
    for (let count = 0; count < 30; count++) host.note('volume.leaked', `v${count}`, 'inspection');
    stores.journal.want();
    await until(stores.journal.store, ({ kind }) => kind === 'known');
    stores.journal.find({ kinds: ['volume'] }, wordedMatcher);
    const found = () => stores.journal.search.getState().found;
    await until(stores.journal.search, () => found()?.entries.length === 30);
    host.note('container.started', 'other');
    host.note('volume.leaked', 'late', 'inspection');
    await until(stores.journal.search, () => found()?.entries.at(-1)?.subject === 'late');
    expect(found()).toMatchObject({ next: undefined, searching: false });
    stores.journal.find(undefined, wordedMatcher);
    expect(found()).toBeUndefined();
  });

  it('shows the moment that was asked for last', async () => {
    const { host, stores } = await lay();
    for (let count = 0; count < 9; count++) host.note('volume.appeared', `v${count}`, 'inspection');
    stores.journal.want();
    await until(stores.journal.store, ({ kind }) => kind === 'known');
    for (const sequence of [3, 5, 8]) stores.journal.lookAt({ sequence });
    await until(stores.journal.look, ({ look }) => look?.moment?.sequence === 8);
    stores.journal.lookAt(undefined);
    expect(stores.journal.look.getState().look).toBeUndefined();
  });
});
