import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { type Contract, contract } from '../../../shared/contract/contract.ts';
import type { CallName, InputOf, OutputOf } from '../../../shared/contract/operation.ts';
import { Scenario, type ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { createSimulatedHost, type SimulatedHost } from '../../hosts/simulated/simulated-host.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import type { HostCall } from '../service-handlers.ts';
import { createServices, type Services } from '../services.ts';
import { memoryFiles } from '../settings/files.ts';
import { Preferences } from '../settings/preferences.ts';
import { GOOD_HOST, SERVERCORE } from '../testing/simulated-services.ts';

type Call = Exclude<CallName<Contract>, HostCall>;

const WAIT = { timeout: 15_000, interval: 20 };
const EVERYDAY = {
  name: 'everyday',
  items: [
    { name: 'scratch', launch: { profile: 'memfs-disk' } },
    { name: 'shared', launch: { profile: 'memfs-network', uncPrefix: '\\everyday\\share' } },
  ],
};

let host: SimulatedHost;
let services: Services;
let connection: EngineConnection;
const files = new Map<string, string>();

/** The app, opened on the present host with what was kept; `again`: after the one before it ended. */
function openApp(keepsWorkspaces = true): void {
  services = createServices(host, {
    clock: systemClock,
    preferences: new Preferences(systemClock, memoryFiles(files)),
    simulated: { scenario: 'test' },
    keepsWorkspaces,
  });
  services.start(() => undefined);
}

async function open(scenario: ScenarioInput = GOOD_HOST): Promise<void> {
  files.clear();
  host = await createSimulatedHost({ scenario: Scenario.parse(scenario) });
  connection = createEngineConnection(host, systemClock, 'the pipe');
  openApp();
}

async function call<N extends Call>(name: N, input: InputOf<Contract, N>): Promise<OutputOf<Contract, N>> {
  const handler = services.handlers[name];
  const parsed = contract[name].input.parse(input) as Parameters<typeof handler>[0];
  return await handler(parsed, { signal: new AbortController().signal, progress: () => undefined });
}

const docker = (what: 'kill' | 'stop' | 'pause', name: string): Promise<unknown> =>
  connection.order(what, engine => engine.getContainer(name)[what]());
const states = async (look = true): Promise<string[]> =>
  (await call('workspace.list', { look })).workspaces.flatMap(({ items }) => items.map(({ state }) => state));
const relaunches = async (): Promise<number[]> =>
  (await call('workspace.list', {})).workspaces.flatMap(({ items }) => items.map(one => one.relaunches));
const running = async (): Promise<string[]> =>
  (await call('filesystem.list', {})).fileSystems.map(({ container }) => container.name).toSorted();

afterEach(async () => {
  connection.dispose();
  await services.dispose();
  await host.dispose();
});

describe('a workspace', () => {
  it('is launched in order, kept, and stopped in the opposite order', async () => {
    await open();
    expect(await call('workspace.save', { workspace: EVERYDAY })).toMatchObject({ kept: false });
    const started = await call('workspace.start', { name: 'everyday' });
    expect([started.kept, started.items.map(({ state }) => state)]).toEqual([true, ['running', 'running']]);
    expect(await running()).toEqual(['scratch', 'shared']);

    const stopped = await call('workspace.stop', { name: 'everyday' });
    expect(stopped).toEqual({ stopped: ['shared', 'scratch'], left: [] });
    expect([await running(), await states()]).toEqual([[], ['idle', 'idle']]);
  });

  it('comes back when a container is killed, when the driver is unloaded, and when the engine restarts', async () => {
    await open();
    await call('workspace.save', { workspace: EVERYDAY });
    await call('workspace.start', { name: 'everyday' });

    await docker('kill', 'shared');
    await expect.poll(() => relaunches(), WAIT).toEqual([0, 1]);

    const { volumes } = await call('inspection.take', {});
    await call('fsd.unload', { accept: volumes.map(({ device }) => device) });
    await expect.poll(() => relaunches(), WAIT).toEqual([1, 2]);
    expect((await call('inspection.take', {})).volumes.map(({ kind }) => kind).toSorted()).toEqual(['disk', 'network']);

    await host.engine.restart(300);
    await expect.poll(() => relaunches(), WAIT).toEqual([2, 3]);
    expect([await running(), await states()]).toEqual([
      ['scratch', 'shared'],
      ['running', 'running'],
    ]);
  });

  it('leaves alone what a person stopped, here or with docker, and what is paused', async () => {
    await open();
    await call('workspace.save', { workspace: EVERYDAY });
    await call('workspace.start', { name: 'everyday' });
    await call('filesystem.stop', { name: 'scratch' });
    await docker('stop', 'shared');
    await expect.poll(() => states(), WAIT).toEqual(['held', 'held']);
    expect(await running()).toEqual([]);

    const again = await call('workspace.start', { name: 'everyday' });
    expect(again.items.map(({ state }) => state)).toEqual(['running', 'running']);
  });

  it('is found again by the next app, which launches nothing twice', async () => {
    await open();
    await call('workspace.save', { workspace: EVERYDAY });
    await call('workspace.start', { name: 'everyday' });
    await services.dispose();
    await docker('kill', 'scratch');
    openApp();
    await expect.poll(() => states(false), WAIT).toEqual(['running', 'running']);
    const { fileSystems } = await call('filesystem.list', { all: true });
    expect(fileSystems.map(({ container }) => container.name).toSorted()).toEqual(['scratch', 'shared']);
  });

  it('is not brought back by a command that only looks', async () => {
    await open();
    await call('workspace.save', { workspace: EVERYDAY });
    await call('workspace.start', { name: 'everyday' });
    await services.dispose();
    await docker('kill', 'scratch');
    openApp(false);
    expect(await states()).toEqual(['idle', 'running']);
    expect(await running()).toEqual(['shared']);
  });

  it('touches no container of somebody else that has its name', async () => {
    await open({ ...GOOD_HOST, containers: [{ name: 'shared', image: SERVERCORE }] });
    await call('workspace.save', { workspace: EVERYDAY });
    const { items } = await call('workspace.start', { name: 'everyday' });
    expect(items.map(({ state }) => state)).toEqual(['running', 'taken']);
    expect(await call('workspace.stop', { name: 'everyday' })).toEqual({ stopped: ['scratch'], left: [] });
    const engine = await connection.ask('list', docker => docker.listContainers({ all: true }));
    expect(engine.map(({ Names }) => Names)).toEqual([['/shared']]);
  });

  it('gives up on what cannot work until it is changed', async () => {
    await open();
    const wrong = { name: 'wrong', items: [{ name: 'lost', launch: { profile: 'no-such-profile' } }] };
    await call('workspace.save', { workspace: wrong });
    const { items } = await call('workspace.start', { name: 'wrong' });
    expect(items).toEqual([
      {
        name: 'lost',
        state: 'given-up',
        fault: expect.objectContaining({ code: 'not-found', what: 'profile' }),
        failures: 1,
        relaunches: 0,
      },
    ]);
    await call('workspace.save', {
      workspace: { name: 'wrong', items: [{ name: 'lost', launch: { profile: 'memfs-disk' } }] },
    });
    await expect.poll(() => states(false), WAIT).toEqual(['running']);
  });
});

describe('what runs now', () => {
  it('becomes a workspace that launches the same again; secrets and strangers are left out', async () => {
    await open({
      ...GOOD_HOST,
      winfsp: { fsd: 'running' },
      containers: [
        { name: 'web', image: SERVERCORE },
        {
          name: 'cloud',
          image: SERVERCORE,
          labels: { 'dev.siloscope.profile': 'custom' },
          command: 'cmd.exe /s /c "ping -n 3600 localhost & rem --rc-pass hunter2"',
        },
      ],
    });
    const mounts = [
      { profile: 'memfs-network', name: 'one', uncPrefix: '\\team\\one', mountPoint: 'T:' },
      { command: ['{winfsp}\\bin\\memfs-x64.exe', '-i', '-m', 'U:', '-s', '1048576'], name: 'two' },
    ];
    for (const mount of mounts) await call('filesystem.launch', mount);
    const { workspace, left } = await call('workspace.capture', { name: 'now' });
    expect(left.map(({ container, because }) => `${container}: ${because}`).toSorted()).toEqual([
      'cloud: holds-a-secret',
      'web: no-file-system',
    ]);
    const items = workspace?.items.toSorted((one, other) => one.name.localeCompare(other.name));
    expect(items).toEqual([
      {
        name: 'one',
        launch: { profile: 'memfs-network', mountPoint: 'T:', uncPrefix: '\\team\\one', image: SERVERCORE },
      },
      {
        name: 'two',
        launch: {
          command: ['C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe', '-i', '-m', 'U:', '-s', '1048576'],
          image: SERVERCORE,
        },
      },
    ]);
    if (workspace === undefined) throw new Error('nothing was captured');
    await call('workspace.save', { workspace });
    expect(await states()).toEqual(['running', 'running']);
    for (const name of ['one', 'two']) await call('filesystem.stop', { name });
    expect(await states()).toEqual(['idle', 'idle']);
    const again = await call('workspace.start', { name: 'now' });
    expect(again.items.map(({ state }) => state)).toEqual(['running', 'running']);
  });
});
