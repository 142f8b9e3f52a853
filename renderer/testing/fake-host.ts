import type { Clock } from '../../shared/base/clock.ts';
import { type Contract, contract } from '../../shared/contract/contract.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import type { Handlers } from '../../shared/contract/operation.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { Hub } from '../../shared/wire/hub.ts';
import { fakeBundle } from './fake-bundle.ts';
import { fakeImages } from './fake-images.ts';
import { FAKE_HOST } from './fake-inspection.ts';
import { fakeJournal } from './fake-journal.ts';
import { fakeLaunching } from './fake-launching.ts';
import { fakeLooks } from './fake-looks.ts';
import { fakePreferences } from './fake-preferences.ts';
import { fakeReadiness } from './fake-readiness.ts';
import type { FakeSilo, Story } from './fake-story.ts';
import { fakeTerminals } from './fake-terminals.ts';
import { fakeWorkspaces } from './fake-workspaces.ts';
import { FakeWorld, WINFSP } from './fake-world.ts';

/** A served stand-in for the services: enough truth for stores, screens and pictures, none of the rules. */
export interface FakeHost {
  readonly hub: Hub<Contract>;
  /** Handlers that a test may put in the place of ours. */
  readonly handlers: { -readonly [N in keyof Handlers<Contract>]: Handlers<Contract>[N] };
  note(what: string, subject: string, source?: JournalEntry['source']): void;
  /** Tells everybody that something changed. */
  change(what: 'fsd' | 'engine' | 'containers' | 'host'): void;
  add(silo: FakeSilo): void;
}

export function fakeHost(story: Story, clock: Clock, pace = 1): FakeHost {
  const world = new FakeWorld(story, clock, pace);
  const fsd = () => ({
    state: world.fsdRunning ? ('running' as const) : ('stopped' as const),
    service: 'WinFsp+2.1.25156',
    version: '2.1.25156',
    installDirectory: WINFSP,
  });

  const snapshot = () => ({
    revision: world.revision,
    host: { ...FAKE_HOST, simulated: true, scenario: world.story.name },
    fsd: fsd(),
    engine: {
      reachable: true,
      osType: 'windows',
      version: '28.5.1',
      apiVersion: '1.51',
      defaultIsolation: 'process',
    },
    fileSystems: world.silos.map(({ fileSystem }) => fileSystem),
  });

  const handlers: FakeHost['handlers'] = {
    ...fakeImages(world),
    ...fakeJournal(world),
    ...fakeLaunching(world),
    ...fakeLooks(world),
    ...fakePreferences(world),
    ...fakeTerminals(),
    ...fakeWorkspaces(world),
    'snapshot.take': () => snapshot(),
    'host.list': () => ({
      hosts: [
        ...['default', world.story.name].map(scenario => ({
          kind: 'simulated' as const,
          id: FAKE_HOST.id,
          scenario,
          title: scenario,
          description: 'A simulated host.',
          available: true,
          current: scenario === world.story.name,
        })),
        {
          kind: 'local',
          id: 'local',
          title: 'This machine',
          description: 'The Windows that Siloscope runs on.',
          available: false,
          reason: 'this machine does not run Windows',
          current: false,
        },
      ],
    }),
    'host.record': () => {
      throw new FaultError({ code: 'not-found', what: 'recording', name: 'none in this test' });
    },
    'bundle.gather': ({ siloscope }) => fakeBundle(siloscope),
    'host.open': ({ id, scenario }) => {
      world.hub.announce('host.changed', { id, ...(scenario === undefined ? {} : { scenario }) });
      world.change('host');
      return snapshot();
    },
    'readiness.check': () => ({ ready: world.fsdRunning, checks: fakeReadiness(world.fsdRunning) }),
    'fsd.start': async (_input, { signal }) => {
      await world.pause(400, signal);
      world.fsdRunning = true;
      world.note('fsd.started', 'WinFsp+2.1.25156', 'fsd');
      world.change('fsd');
      return fsd();
    },
    'fsd.unload': () => ({ lost: [] }),
    'mup.read': () => ({ undocumented: true, providers: [], prefixCache: [] }),
    'elevation.read': () => ({ state: 'held' }),
    'engine.start': () => snapshot().engine,
    'unwritten.list': () => ({ containers: [] }),
    'unwritten.copy': ({ container }) => {
      throw new FaultError({ code: 'not-found', what: 'container', name: container, known: [] });
    },
    'unwritten.next': ({ id }) => {
      throw new FaultError({ code: 'not-found', what: 'copy', name: id });
    },
    'unwritten.remove': ({ container }) => ({ container }),
    'relaunch.list': () => ({ relaunches: [] }),
    'relaunch.settle': ({ name }) => {
      throw new FaultError({ code: 'not-found', what: 'container', name, known: [] });
    },
    'leftovers.sweep': () => ({ removed: [] }),
    'finding.fix': ({ finding }) => {
      throw new FaultError({ code: 'not-found', what: 'finding', name: finding, known: [] });
    },
    'policy.judge': () => ({ violations: [], accepted: [] }),
    'guard.read': () => ({ guards: [] }),
    'isolation.history': () => ({ tables: [] }),
    'isolation.test': () => {
      throw new FaultError({ code: 'not-found', what: 'isolation test', name: 'none in this test' });
    },
    'policy.watch': () => {
      throw new FaultError({ code: 'not-found', what: 'guard', name: 'none in this test' });
    },
  };

  // Looked up at each call, so that a test may replace a handler later.
  const live = Object.fromEntries(
    Object.keys(handlers).map(name => [
      name,
      (input: never, context: never) => handlers[name as keyof typeof handlers](input, context),
    ]),
  ) as FakeHost['handlers'];
  const hub = new Hub<Contract>(contract, live);
  world.hub = hub;
  for (const silo of story.silos) world.note('container.started', silo.namespace.label);

  return {
    hub,
    handlers,
    note: (what, subject, source) => world.note(what, subject, source),
    change: what => world.change(what),
    add: silo => {
      world.silos = [...world.silos, silo];
      world.change('containers');
    },
  };
}
