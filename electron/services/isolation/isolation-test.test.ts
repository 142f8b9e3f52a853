import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import {
  agreesWithRule,
  type IsolationCell,
  type IsolationProgress,
  type IsolationTable,
  unexpectedlyReached,
} from '../../../shared/domain/isolation-test.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { listContainers } from '../engine/containers.ts';
import { createEngineConnection } from '../engine/engine-connection.ts';
import { ownProcess } from '../own-process.ts';
import {
  openSimulatedServices,
  SERVERCORE,
  type SimulatedServices,
  scenarioNamed,
} from '../testing/simulated-services.ts';
import { TEST_LABEL, TESTER_LABEL } from './isolation-labels.ts';

const SCENARIOS = readdirSync(new URL('../../../assets/scenarios/', import.meta.url))
  .filter(name => name.endsWith('.json') && !name.endsWith('.schema.json'))
  .map(name => name.replace(/\.json$/, ''));
const GOOD: ScenarioInput = {
  name: 'good',
  winfsp: { fsd: 'running' },
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
};
const SLOW = 120_000;

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

async function on(scenario: ScenarioInput): Promise<SimulatedServices> {
  open = await openSimulatedServices(scenario);
  return open;
}

/** Every container of the engine, whatever runs in it. */
async function containers({ host }: SimulatedServices): Promise<string[]> {
  const connection = createEngineConnection(host, systemClock, 'the pipe');
  try {
    return (await listContainers(connection, { all: true })).map(({ ref }) => ref.name);
  } finally {
    connection.dispose();
  }
}

const outcome = (table: IsolationTable, volume: string, from: string, way: string): string | undefined => {
  const cell = table.cells.find(one => one.volume === volume && one.from === from && one.way === way);
  return cell?.why ?? cell?.outcome;
};

describe('the isolation self-test where docker exec does not see the letters of a container', () => {
  it('tries every other name all the same, and tells that this one was not reached at home', {
    timeout: SLOW,
  }, async () => {
    const host = await on({ ...GOOD, behaviour: { programsShareALogon: false } });
    const table = await host.call('isolation.test', {});
    for (const volume of ['disk', 'network']) {
      expect(outcome(table, volume, 'own', 'drive')).toBe('not-reached');
      expect(outcome(table, volume, 'own', 'volume-device')).toBe('reached');
    }
    expect(outcome(table, 'network', 'host', 'provider')).toBe('reached');
    expect(table.left).toEqual([]);
  });
});

describe('the isolation self-test on a host as WinFsp describes it', () => {
  it('finds what is documented and inferred, says what was not tried, and leaves nothing', async () => {
    const host = await on(GOOD);
    const steps: IsolationProgress[] = [];
    const table = await host.call('isolation.test', { plainUnc: true }, { onProgress: told => steps.push(told) });
    const reached = table.cells
      .filter(cell => cell.outcome === 'reached')
      .map(({ volume, from, way }) => `${volume} ${from} ${way}`);
    expect(reached).toEqual(
      expect.arrayContaining([
        'network own drive',
        'network own provider',
        'network own unc',
        'network host provider',
        'network host unc',
        'network other-container provider',
        'network other-container unc',
        'disk own drive',
      ]),
    );
    expect(unexpectedlyReached(table)).toEqual([]);
    expect(table.cells.filter(cell => agreesWithRule(cell) === false)).toEqual([]);
    expect(table.cells.filter(({ outcome: found }) => found === 'no-answer')).toEqual([]);
    expect(table).toMatchObject({ simulated: true, scenario: 'good', image: SERVERCORE, plainUnc: true, left: [] });
    expect(outcome(table, 'network', 'host', 'admin-share')).toBe('claimed-by-nobody');
    expect(outcome(table, 'disk', 'host', 'unc')).toBe('no-such-name');
    expect(outcome(table, 'network', 'hyperv-container', 'unc')).toBe('claimed-by-nobody');
    const unc = table.cells.find(cell => cell.volume === 'network' && cell.from === 'own' && cell.way === 'unc');
    const claimed = /^\\\\([^\\]+)\\/.exec(unc?.detail ?? '')?.[1];
    expect(claimed).toBeDefined();
    expect(host.host.networkLog().filter(name => name !== claimed)).toEqual([]);
    expect(steps.at(-1)).toMatchObject({ step: 'clean-up', state: 'done' });
    expect(steps.filter(({ step }) => step === 'looks').at(-1)).toMatchObject({ done: 56, of: 56 });
    expect(await containers(host)).toEqual([]);
  });

  it('opens no plain UNC name unasked, and asks the network for nothing', async () => {
    const host = await on(GOOD);
    const table = await host.call('isolation.test', {});
    expect(outcome(table, 'network', 'host', 'unc')).toBe('not-asked-for');
    expect(host.host.networkLog()).toEqual([]);
  });

  it('says of Hyper-V containers why there are none, where there are none', async () => {
    const table = await (await on(GOOD)).call('isolation.test', {});
    const isThere = table.missing.every(({ viewer }) => viewer !== 'hyperv-container');
    const expected = isThere ? 'claimed-by-nobody' : 'no-viewer';
    expect(outcome(table, 'network', 'hyperv-container', 'provider')).toBe(expected);
    expect(isThere || table.missing.some(({ reason }) => reason.length > 10)).toBe(true);
  });
});

describe('the isolation self-test on a Windows that is not as described', () => {
  it.each([
    ['whose MUP is not shared between silos', { mupIsSharedBetweenSilos: false }, 'other-container'],
    ['whose silos have a MUP of their own', { mupIsShared: false }, 'host'],
  ] as const)('%s says so, where the rule says otherwise', async (_, behaviour, from) => {
    const table = await (await on({ ...GOOD, behaviour })).call('isolation.test', { plainUnc: true });
    expect(outcome(table, 'network', from, 'unc')).toBe('not-reached');
    const cell = table.cells.find(one => one.volume === 'network' && one.from === from && one.way === 'unc');
    expect(cell && agreesWithRule(cell)).toBe(false);
    // Nothing leaks that should not: that is no breach.
    expect(unexpectedlyReached(table)).toEqual([]);
  });
});

describe('over all scenarios', () => {
  it.each(SCENARIOS)(
    '%s: it comes out as the rule says, or says why it cannot be run; and nothing is left behind',
    async scenario => {
      const host = await on({ ...(await scenarioNamed(scenario)), faults: [] });
      const before = await containersIfAny(host);
      const truths: string[] = [];
      const failed = await host
        .call('isolation.test', { plainUnc: true })
        .then(async table => {
          truths.push(...lies(table));
          return undefined;
        })
        .catch((error: unknown) => error);
      expect(truths).toEqual([]);
      if (failed !== undefined) expect(failed).toMatchObject({ fault: { code: expect.not.stringMatching(/^bug$/) } });
      expect(await containersIfAny(host)).toEqual(before);
    },
    SLOW,
  );
});

/** Cells that are not as the rule says, on a host with every switch as the sources suggest. */
function lies({ cells }: IsolationTable): string[] {
  const told = ({ volume, from, way, outcome: found, detail }: IsolationCell): string =>
    `${volume} from ${from} by ${way}: ${found} (${detail})`;
  return cells.filter(cell => agreesWithRule(cell) === false).map(told);
}

const containersIfAny = (host: SimulatedServices): Promise<string[]> => containers(host).catch(() => []);

describe('what a self-test made', () => {
  it.each(['network', 'disk', 'hyperv', 'looks'] as const)(
    'is removed when it is called off at the step %s',
    async step => {
      const host = await on(GOOD);
      const cancel = new AbortController();
      const called = host.call(
        'isolation.test',
        {},
        {
          signal: cancel.signal,
          onProgress: told => {
            if (told.step === step) cancel.abort();
          },
        },
      );
      await expect(called).rejects.toBeDefined();
      expect(await containers(host)).toEqual([]);
      expect((await host.call('isolation.history', {})).tables).toEqual([]);
    },
  );

  it(
    'is removed when it fails',
    async () => {
      const host = await on({
        ...GOOD,
        faults: [{ kind: 'file-system-hangs', commandLine: 'memfs-x64' }],
      });
      await host.call('isolation.test', {}).catch(() => undefined);
      expect(await containers(host)).toEqual([]);
    },
    SLOW,
  );

  it('is not made at all where a guard refuses the leak', async () => {
    const host = await on(GOOD);
    host.services.start(() => undefined);
    await host.call('settings.write', { guard: { mode: 'refuse', includeRunning: false } });
    await expect.poll(async () => (await host.call('guard.read', {})).guards.length).toBe(1);
    expect(await host.fault('isolation.test', {})).toMatchObject({ code: 'launch-against-policy' });
    expect(await containers(host)).toEqual([]);
  });

  const ENDED = ownProcess().replace(/\d+/, '1234567');
  const OTHER = 'process 12 on 00000000';
  const NOW = new Date().toISOString();
  it.each([
    ['of a process that has ended', { [TEST_LABEL]: NOW, [TESTER_LABEL]: ENDED }, true],
    ['of this process', { [TEST_LABEL]: NOW, [TESTER_LABEL]: ownProcess() }, false],
    ['of another machine, begun now', { [TEST_LABEL]: NOW, [TESTER_LABEL]: OTHER }, false],
    ['of another machine, begun long ago', { [TEST_LABEL]: '2026-01-01T00:00:00Z', [TESTER_LABEL]: OTHER }, true],
    ['of an older version, begun now', { [TEST_LABEL]: NOW }, false],
    ['with a label that is no time', { [TEST_LABEL]: 'yes', [TESTER_LABEL]: ENDED }, false],
    ['of nobody', {}, false],
  ])('%s is swept at a start where it is left for good', async (_, labels: Record<string, string>, isSwept) => {
    const host = await on({ ...GOOD, containers: [{ name: 'left', image: SERVERCORE, labels }] });
    host.services.start(() => undefined);
    const told = async (): Promise<string[]> =>
      (await host.call('journal.read', {})).entries.map(({ what, subject }) => `${what} ${subject}`);
    await expect
      .poll(told, { timeout: 5_000 })
      .toContain(isSwept ? 'isolation.swept left' : 'engine.connected simulated');
    expect((await host.call('leftovers.sweep', {})).removed).toEqual([]);
    expect(await containers(host)).toEqual(isSwept ? [] : ['left']);
  });

  it('is kept as a table, one after the other', async () => {
    const host = await on(GOOD);
    const first = await host.call('isolation.test', {});
    const second = await host.call('isolation.test', {});
    expect((await host.call('isolation.history', {})).tables.map(({ id }) => id)).toEqual([first.id, second.id]);
  });
});
