import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { ElevationPurpose } from '../../../shared/domain/elevation.ts';
import { judgeInferredFacts } from '../../../shared/domain/inferred-facts.ts';
import type { JournalNote } from '../../../shared/domain/journal.ts';
import type { ElevatedSession, ElevationAnswer, Host } from '../../hosts/host.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import {
  GOOD_HOST,
  openSimulatedServices,
  type SimulatedServices,
  scenarioNamed,
} from '../testing/simulated-services.ts';
import { Rights } from './rights.ts';

let open: SimulatedServices[] = [];
afterEach(async () => {
  await Promise.all(open.map(services => services.dispose()));
  open = [];
});

async function on(scenario: ScenarioInput): Promise<SimulatedServices> {
  const services = await openSimulatedServices(scenario);
  open.push(services);
  return services;
}

const notElevated = async (windows: object = {}): Promise<ScenarioInput> => {
  const scenario = await scenarioNamed('not-elevated');
  return { ...scenario, windows: { ...scenario.windows, ...windows } };
};

const ALL_SOURCES = [
  'hcsdiag',
  'silo-directory',
  'provider-guid',
  'docker-inspect',
  'docker-top',
  'job-name',
  'volume-device',
];

describe('an inspection by a user', () => {
  it('says of each gap that an administrator could close it', async () => {
    const { gaps } = await (await on(await notElevated())).call('inspection.take', {});
    expect(gaps.map(({ what, needs }) => ({ what, needs }))).toEqual(
      gaps.map(({ what }) => ({ what, needs: 'elevation' })),
    );
    expect(gaps.length).toBeGreaterThan(0);
  });

  it('who is an administrator already is not told to become one', async () => {
    const services = await on(await notElevated({ elevated: true }));
    const { gaps } = await services.call('inspection.take', {});
    expect(gaps.filter(({ needs }) => needs !== undefined)).toEqual([]);
  });

  it('as an administrator leaves no gap, and maps silos by every source', async () => {
    const services = await on(await notElevated());
    const { gaps, namespaces } = await services.call('inspection.take', { probe: true, canary: true, elevate: 'ask' });
    expect(gaps).toEqual([]);
    expect(namespaces.flatMap(({ kind, agreed }) => (kind === 'silo' ? [agreed] : []))).toEqual([
      ALL_SOURCES,
      ALL_SOURCES,
    ]);
  });

  it('asks nobody by itself', async () => {
    const services = await on(await notElevated());
    const { gaps } = await services.call('inspection.take', { elevate: 'if-held' });
    expect(gaps).not.toEqual([]);
  });

  it('goes into the journal with who gave the rights', async () => {
    const services = await on(await notElevated());
    await services.call('inspection.take', { elevate: 'ask' });
    const { entries } = await services.call('journal.read', {});
    expect(entries.map(({ what, subject }) => ({ what, subject }))).toContainEqual({
      what: 'elevation.granted',
      subject: 'look-into-silos',
    });
  });

  it.each([
    ['refused', { code: 'elevation-refused', purpose: 'look-into-silos' }],
    ['unavailable', { code: 'elevation-unavailable', purpose: 'look-into-silos', because: 'no-prompt' }],
  ])('is not made when the prompt is %s', async (elevation, fault) => {
    const services = await on(await notElevated({ elevation }));
    expect(await services.fault('inspection.take', { elevate: 'ask' })).toEqual(fault);
  });
});

describe('the directory of silos', () => {
  it('is refused to a user, and it is said whom to ask', async () => {
    const services = await on(await notElevated());
    const asked = { path: '\\Silos' };
    expect(await services.fault('namespace.list', asked)).toMatchObject({
      code: 'access-denied',
      elevation: 'look-into-silos',
    });
    expect((await services.call('namespace.list', { ...asked, elevate: 'ask' })).entries).toHaveLength(2);
    expect((await services.call('namespace.list', { ...asked, elevate: 'if-held' })).entries).toHaveLength(2);
    expect(await services.fault('namespace.list', asked)).toMatchObject({ code: 'access-denied' });
  });

  it("shows a container's own objects to an administrator", async () => {
    const services = await on(await notElevated());
    const asked = { path: '\\Device', in: 'memfs-network' };
    expect(await services.fault('namespace.list', asked)).toMatchObject({ elevation: 'look-into-silos' });
    const { entries } = await services.call('namespace.list', { ...asked, elevate: 'ask' });
    expect(entries).toContainEqual(expect.objectContaining({ name: 'Mup', target: '\\Device\\Mup' }));
  });
});

describe('a recording', () => {
  it('made as an administrator says so, and decides nothing of what a user may see', async () => {
    const services = await on(await notElevated());
    const verdict = async (elevate: 'no' | 'ask') => {
      const recording = await services.call('host.record', { elevate });
      const fact = judgeInferredFacts(recording).find(({ id }) => id === 'silos-need-elevation');
      return { elevated: recording.elevated, verdict: fact?.verdict };
    };
    expect(await verdict('no')).toEqual({ elevated: undefined, verdict: 'confirmed' });
    expect(await verdict('ask')).toEqual({ elevated: true, verdict: 'not-decided' });
  });
});

describe('unloading the driver', () => {
  it('is refused to a user, and done by an administrator once every loss is named', async () => {
    const services = await on(await notElevated());
    const { volumes } = await services.call('inspection.take', {});
    const accept = volumes.map(({ device }) => device);
    expect(await services.fault('fsd.unload', { accept })).toMatchObject({
      code: 'access-denied',
      elevation: 'unload-fsd',
    });
    expect(await services.fault('fsd.unload', { accept: [], elevate: true })).toMatchObject({ code: 'invalid-input' });
    const { lost } = await services.call('fsd.unload', { accept, elevate: true });
    expect(new Set(lost.map(({ device }) => device))).toEqual(new Set(accept));
    expect((await services.call('snapshot.take', {})).fsd.state).toBe('stopped');
  });
});

describe("Docker's service, when it is stopped", () => {
  const stopped: ScenarioInput = { ...GOOD_HOST, engine: { mode: 'stopped' } };

  it('is started by an administrator only', async () => {
    const services = await on({ ...stopped, windows: { ...GOOD_HOST.windows, elevated: false } });
    const { checks } = await services.call('readiness.check', {});
    expect(checks.find(({ code }) => code === 'engine-reachable')).toMatchObject({
      state: 'failed',
      found: 'No Docker Engine answers: the service docker is stopped.',
      command: 'siloscope engine start --elevate',
      elevation: 'start-engine',
    });
    expect(await services.fault('engine.start', {})).toMatchObject({
      code: 'access-denied',
      elevation: 'start-engine',
    });
    expect(await services.call('engine.start', { elevate: true })).toMatchObject({
      reachable: true,
      osType: 'windows',
    });
    expect(await services.call('engine.start', {})).toMatchObject({ reachable: true });
  });

  it('is started without a prompt by one who is an administrator already', async () => {
    const services = await on(stopped);
    expect(await services.call('elevation.read', {})).toEqual({ state: 'held' });
    expect(await services.call('engine.start', {})).toMatchObject({ reachable: true });
  });
});

describe('the rights to look', () => {
  const clock = new ManualClock();
  const journal = { note: ({ what, subject }: JournalNote): void => void noted.push(`${what} ${subject}`) };
  let noted: string[] = [];
  let asked: ElevationPurpose[] = [];
  let ended = 0;
  const host = (answer: Partial<ElevatedSession> = {}): Host => ({
    id: 'local',
    facts: {
      machineName: 'M',
      build: 1,
      revision: 0,
      displayVersion: '',
      edition: '',
      productType: 'client',
      architecture: 'x64',
    },
    objects: { list: async () => ({ refused: 'access-denied' }), readLink: async () => ({ refused: 'access-denied' }) },
    run: () => Promise.reject(new Error('not asked')),
    dialEngine: () => Promise.reject(new Error('not asked')),
    probe: () => Promise.reject(new Error('not asked')),
    onLost: () => () => undefined,
    dispose: () => Promise.resolve(),
    elevation: {
      state: async () => ({ state: 'can-ask' }),
      ask: async (purpose): Promise<ElevationAnswer> => {
        asked.push(purpose);
        const session: ElevatedSession = {
          purpose,
          perform: async () => ({ kind: 'entries', entries: [] }),
          dispose: async () => {
            ended++;
          },
          ...answer,
        };
        return { outcome: 'granted', session };
      },
    },
  });
  const list = (seen: Host): Promise<unknown> => seen.objects.list('\\Silos');
  afterEach(() => {
    asked = [];
    noted = [];
    ended = 0;
  });

  it('are asked for once by many at once, kept for a while, and given back', async () => {
    const rights = new Rights(host(), clock, journal);
    const looks = await Promise.all([rights.look('ask', undefined, list), rights.look('ask', undefined, list)]);
    await rights.look('if-held', undefined, list);
    expect({ looks, asked, ended }).toEqual({
      looks: [{ entries: [] }, { entries: [] }],
      asked: ['look-into-silos'],
      ended: 0,
    });
    clock.advance(90_000);
    expect(ended).toBe(1);
    await expect
      .poll(() => noted)
      .toEqual(['elevation.granted look-into-silos', 'elevation.given-back look-into-silos']);
    expect(await rights.look('if-held', undefined, list)).toEqual({ refused: 'access-denied' });
    expect(asked).toHaveLength(1);
    await rights.dispose();
  });

  it('are not taken away in the middle of a look, however long it takes', async () => {
    const rights = new Rights(host(), clock, journal);
    const listed = await rights.look('ask', undefined, async seen => {
      clock.advance(1_000_000);
      expect(ended).toBe(0);
      return list(seen);
    });
    expect(listed).toEqual({ entries: [] });
    clock.advance(60_000);
    await rights.look('if-held', undefined, list);
    expect(ended).toBe(0);
    clock.advance(30_000);
    expect(ended).toBe(1);
    await rights.dispose();
  });

  it('that ended by themselves are asked for once more, by who asks, and done without by who does not', async () => {
    let isOver = false;
    const rights = new Rights(
      host({
        perform: async () => {
          if (isOver)
            throw new FaultError({ code: 'elevation-lost', purpose: 'look-into-silos', reason: 'it has gone' });
          return { kind: 'entries', entries: [] };
        },
      }),
      clock,
      journal,
    );
    await rights.look('ask', undefined, list);
    isOver = true;
    expect(await rights.look('if-held', undefined, list)).toEqual({ refused: 'access-denied' });
    isOver = false;
    await rights.look('ask', undefined, list);
    isOver = true;
    await expect(rights.look('ask', undefined, list)).rejects.toMatchObject({ fault: { code: 'elevation-lost' } });
    expect(asked).toHaveLength(3);
    await rights.dispose();
  });

  it('of one thing are given back at its end, and serve no other', async () => {
    const rights = new Rights(host(), clock, journal);
    await rights.once('start-engine', undefined, async seen => {
      expect(await list(seen)).toEqual({ refused: 'access-denied' });
    });
    expect({ asked, ended }).toEqual({ asked: ['start-engine'], ended: 1 });
    await rights.dispose();
  });

  it.each([
    ['an SSH host', {}, 'fixed-rights'],
    ['a recording', { noElevation: 'recording' }, 'recording'],
  ] as const)('do not exist on %s', async (_what, more, because) => {
    const { elevation: _, ...bare } = host();
    const rights = new Rights({ ...bare, ...more }, clock, journal);
    expect(await rights.state()).toEqual({ state: 'unavailable', because });
    await expect(rights.look('ask', undefined, list)).rejects.toMatchObject({
      fault: { code: 'elevation-unavailable', because },
    });
    expect(await rights.look('no', undefined, list)).toEqual({ refused: 'access-denied' });
  });
});
