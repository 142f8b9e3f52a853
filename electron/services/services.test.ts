import { afterEach, describe, expect, it } from 'vitest';
import { contract } from '../../shared/contract/contract.ts';
import type { ScenarioInput } from '../hosts/simulated/scenario/schema.ts';
import {
  GOOD_HOST,
  openSimulatedServices,
  SERVERCORE,
  type SimulatedServices,
  scenarioNamed,
} from './testing/simulated-services.ts';

let host: SimulatedServices;
afterEach(() => host.dispose());

/** Names of the news as they come: `snapshot.changed fsd`, `journal.appended fsd.started`. */
async function watching(scenario: ScenarioInput): Promise<string[]> {
  host = await openSimulatedServices(scenario);
  const news: string[] = [];
  host.services.start((name, payload) => {
    const { what, code } = contract[name].payload.parse(payload) as { what?: string; code?: string };
    news.push(`${name} ${what ?? code}`);
  });
  return news;
}

const WAIT = { timeout: 8_000, interval: 20 };

describe('services that watch', () => {
  it('tell that the FSD was started, a container came and its volume leaked', async () => {
    const news = await watching(GOOD_HOST);
    await expect.poll(() => news, WAIT).toContain('journal.appended engine.connected');
    await host.call('filesystem.launch', { profile: 'memfs-network' });
    for (const told of [
      'snapshot.changed containers',
      'journal.appended container.started',
      'journal.appended launch.done',
    ]) {
      await expect.poll(() => news, WAIT).toContain(told);
    }
    await expect.poll(() => news, WAIT).toContain('journal.appended volume.leaked');
    await expect.poll(() => news, WAIT).toContain('journal.appended fsd.started');
    await host.call('filesystem.stop', { name: 'memfs-network' });
    await expect.poll(() => news, WAIT).toContain('journal.appended volume.gone');
    const { entries } = await host.call('journal.read', {});
    expect(entries.map(({ sequence }) => sequence)).toEqual(entries.map((_, index) => index + 1));
  });

  it('tell within two seconds that somebody unloaded the FSD', async () => {
    const news = await watching({
      ...GOOD_HOST,
      winfsp: { fsd: 'running' },
      faults: [{ kind: 'fsd-unloads', afterMs: 800 }],
    });
    await expect.poll(() => news, WAIT).toContain('journal.appended fsd.started');
    await expect.poll(() => news, WAIT).toContain('journal.appended fsd.stopped');
  });

  it('lose a restarting engine and find it again', async () => {
    const news = await watching({ ...GOOD_HOST, faults: [{ kind: 'engine-restarts', afterMs: 300, downMs: 300 }] });
    await expect.poll(() => news.filter(one => one === 'journal.appended engine.connected').length, WAIT).toBe(2);
    expect(news.filter(one => one === 'journal.appended engine.lost')).toHaveLength(1);
    await expect.poll(async () => (await host.call('snapshot.take', {})).engine.reachable, WAIT).toBe(true);
  });

  it('tell that the host itself is lost', async () => {
    const news = await watching(GOOD_HOST);
    host.host.lose('plug pulled');
    await expect.poll(() => news, WAIT).toContain('host.lost host-unreachable');
  });

  it('give every change a revision of its own', async () => {
    host = await openSimulatedServices(GOOD_HOST);
    const revisions: number[] = [];
    host.services.start((name, payload) => {
      if (name === 'snapshot.changed') revisions.push(contract['snapshot.changed'].payload.parse(payload).revision);
    });
    await host.call('filesystem.launch', { profile: 'memfs-disk' });
    await expect.poll(() => revisions.length, WAIT).toBeGreaterThan(2);
    expect(revisions).toEqual(revisions.map((_, index) => index + 2));
    expect((await host.call('snapshot.take', {})).revision).toBeGreaterThanOrEqual(revisions.length + 1);
  });
});

describe('readiness', () => {
  const states = async (scenario: ScenarioInput): Promise<object> => {
    host = await openSimulatedServices(scenario);
    const { ready, checks } = await host.call('readiness.check', {});
    return { ready, ...Object.fromEntries(checks.map(({ code, state }) => [code, state])) };
  };
  const good = {
    ready: true,
    'windows-build': 'ok',
    'winfsp-installed': 'ok',
    'winfsp-version': 'ok',
    'fsd-running': 'warning',
    'engine-reachable': 'ok',
    'engine-windows-mode': 'ok',
    'process-isolation': 'ok',
    'base-image': 'ok',
    'disk-space': 'ok',
  };
  const unknownEngine = { 'engine-windows-mode': 'unknown', 'process-isolation': 'unknown', 'base-image': 'unknown' };

  it.each<[string, ScenarioInput, object]>([
    ['a host on which all is well but the FSD stopped', GOOD_HOST, good],
    ['a running FSD', { ...GOOD_HOST, winfsp: { fsd: 'running' } }, { ...good, 'fsd-running': 'ok' }],
    [
      'no WinFsp',
      { ...GOOD_HOST, winfsp: { installed: false } },
      { ...good, ready: false, 'winfsp-installed': 'failed', 'winfsp-version': 'unknown', 'fsd-running': 'failed' },
    ],
    [
      'an old WinFsp',
      { ...GOOD_HOST, winfsp: { version: '1.10.22006', instance: '' } },
      { ...good, ready: false, 'winfsp-version': 'failed' },
    ],
    [
      'a stopped engine',
      { ...GOOD_HOST, engine: { mode: 'stopped' } },
      { ...good, ready: false, 'engine-reachable': 'failed', ...unknownEngine },
    ],
    [
      'an engine that refuses us',
      { ...GOOD_HOST, engine: { mode: 'denied' } },
      { ...good, ready: false, 'engine-reachable': 'failed', ...unknownEngine },
    ],
    [
      'an engine in Linux mode',
      { ...GOOD_HOST, engine: { mode: 'linux' } },
      {
        ...good,
        ready: false,
        'engine-windows-mode': 'failed',
        'process-isolation': 'unknown',
        'base-image': 'unknown',
      },
    ],
    ['no local image', {}, { ...good, 'base-image': 'warning' }],
    [
      'an old Windows',
      { ...GOOD_HOST, windows: { build: 17134 } },
      { ...good, ready: false, 'windows-build': 'failed', 'base-image': 'failed' },
    ],
    ['little room', { ...GOOD_HOST, windows: { freeBytes: 5_000_000_000 } }, { ...good, 'disk-space': 'warning' }],
  ])('of %s', async (_, scenario, expected) => {
    expect(await states(scenario)).toEqual(expected);
  });

  it('gives every failed check a next step', async () => {
    host = await openSimulatedServices(await scenarioNamed('nothing-works'));
    const { checks } = await host.call('readiness.check', {});
    const failed = checks.filter(({ state }) => state === 'failed');
    expect(failed.length).toBeGreaterThan(1);
    expect(failed.filter(({ fix, code }) => fix === undefined && code !== 'fsd-running')).toEqual([]);
  });
});

describe('a snapshot', () => {
  it('holds host, FSD, engine and what runs', async () => {
    host = await openSimulatedServices({ ...GOOD_HOST, name: 'good' });
    await host.call('filesystem.launch', { profile: 'memfs-disk' });
    // Launched, it has its volume; the list has it as soon as the watch has looked.
    await expect
      .poll(() => host.call('snapshot.take', {}))
      .toMatchObject({
        host: { id: 'simulated', simulated: true, scenario: 'good' },
        fsd: { state: 'running', service: 'WinFsp+2.1' },
        engine: { reachable: true, osType: 'windows' },
        fileSystems: [
          {
            container: { name: 'memfs-disk' },
            state: 'running',
            program: 'memfs-x64.exe',
            volumes: [{ mountPoints: ['Z:'] }],
          },
        ],
      });
  });

  it('is taken of a host whose engine is gone, too', async () => {
    host = await openSimulatedServices({ engine: { mode: 'stopped' } });
    expect(await host.call('snapshot.take', {})).toMatchObject({ engine: { reachable: false }, fileSystems: [] });
  });
});

describe('images', () => {
  it('are listed with their verdict, the local one first', async () => {
    host = await openSimulatedServices(GOOD_HOST);
    const { images } = await host.call('image.list', {});
    expect(images[0]).toMatchObject({
      reference: SERVERCORE,
      local: true,
      verdict: { runs: 'yes', because: 'exact-build' },
    });
    expect(images.length).toBeGreaterThan(5);
  });

  it('are pulled, and refused before the pull when newer than the host', async () => {
    const registry = [
      { reference: SERVERCORE, base: 'servercore' as const, osVersion: '10.0.26100.4652', sizeBytes: 1_000_000 },
    ];
    host = await openSimulatedServices({ windows: { build: 20348, productType: 'server' }, registry });
    expect(await host.fault('image.pull', { reference: SERVERCORE })).toMatchObject({
      code: 'base-image-incompatible',
      because: 'newer-than-host',
    });
    await host.dispose();
    host = await openSimulatedServices({ registry });
    expect(await host.call('image.pull', { reference: SERVERCORE })).toMatchObject({
      local: true,
      verdict: { runs: 'yes' },
    });
    expect(await host.fault('image.pull', { reference: 'nobody/has:this' })).toMatchObject({ code: 'pull-failed' });
  });
});
