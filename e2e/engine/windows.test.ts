import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../electron/hosts/simulated/scenario/schema.ts';
import { dockerOver } from './client.ts';
import { type RunningEngine, startSimulatedEngine } from './simulated-engine.ts';

const CORE = 'mcr.microsoft.com/windows/servercore:ltsc2025';
const IMAGES = [{ reference: CORE, base: 'servercore' as const, osVersion: '10.0.26100.4652' }];
const IDLE = ['ping', '-t', 'localhost'];

const open: RunningEngine[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.stop();
});

async function start(input: ScenarioInput) {
  const host = await startSimulatedEngine({ images: IMAGES, ...input });
  open.push(host);
  const base = host.endpoint.replace('tcp:', 'http:');
  const { port } = new URL(base);
  const { docker } = dockerOver(() => connect(Number(port), '127.0.0.1'));
  const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(`${base}${path}`, init);
  return { host, docker, ask };
}

describe('an answer of the engine', () => {
  it('names the engine the way a docker client looks for it', async () => {
    const { ask } = await start({});
    const { status, headers } = await ask('/_ping', { method: 'HEAD' });
    const named = ['server', 'api-version', 'ostype', 'docker-experimental', 'builder-version', 'swarm'].map(name =>
      headers.get(name),
    );
    expect([status, ...named]).toEqual([200, 'Docker/28.5.2 (windows)', '1.51', 'windows', 'false', '1', 'inactive']);
  });

  it.each([
    ['/v1.51/containers/nope/json', 404, 'No such container: nope'],
    ['/containers/nope/json', 404, 'No such container: nope'],
    ['/v1.51/nothing', 404, 'page not found'],
    ['/v1.99/info', 400, 'client version 1.99 is too new. Maximum supported API version is 1.51'],
    ['/v1.51/images/nope/json', 404, 'No such image: nope:latest'],
    ['/v1.51/containers/json?limit=x', 500, 'strconv.Atoi: parsing "x": invalid syntax'],
    ['/v1.51/containers/json?filters={', 400, 'invalid filter'],
    ['/v1.51/events?since=200&until=100', 400, '`since` time (200) cannot be after `until` time (100)'],
  ])('to %s is refused with a plain application/json', async (path, status, message) => {
    const { ask } = await start({});
    const answer = await ask(path);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      status,
      'application/json',
      `${JSON.stringify({ message })}\n`,
    ]);
  });

  it.each([
    ['text/plain', '{}', "unsupported Content-Type header (text/plain): must be 'application/json'"],
    ['application/json', '', 'invalid JSON: got EOF while reading request body'],
    ['application/json', '{}', 'config cannot be empty in order to create a container'],
    ['application/json', '{b}', "invalid JSON: invalid character 'b' looking for beginning of object key string"],
  ])('to a body of %s %j says what is wrong', async (type, body, message) => {
    const { ask } = await start({});
    const answer = await ask('/v1.51/containers/create', { method: 'POST', headers: { 'Content-Type': type }, body });
    expect([answer.status, await answer.json()]).toEqual([400, { message }]);
  });
});

describe('a daemon in Linux mode', () => {
  it('says what it is, has nothing, and does nothing', async () => {
    const { ask } = await start({ engine: { mode: 'linux' } });
    const info = (await (await ask('/info')).json()) as { OSType: string };
    const list = await (await ask('/containers/json')).json();
    const refused = await ask('/containers/create', { method: 'POST' });
    expect([info.OSType, list, refused.status, (await ask('/_ping')).headers.get('server')]).toEqual([
      'linux',
      [],
      501,
      'Docker/28.5.2 (linux)',
    ]);
  });
});

describe('isolation', () => {
  it.each([
    ['client', 'hyperv'],
    ['server', 'process'],
  ] as const)('on a %s is %s unless asked otherwise', async (productType, isolation) => {
    const { docker } = await start({ windows: { productType } });
    const container = await docker.createContainer({ Image: CORE, Cmd: IDLE });
    const { HostConfig } = (await container.inspect()) as { HostConfig: { Isolation?: string } };
    expect(HostConfig.Isolation).toBe(isolation);
  });

  it('by process shows host process ids, by Hyper-V none of them', async () => {
    const { host, docker } = await start({});
    const pids: boolean[] = [];
    for (const Isolation of ['process', 'hyperv']) {
      const container = await docker.createContainer({ Image: CORE, Cmd: IDLE, HostConfig: { Isolation } });
      await container.start();
      const { State } = await container.inspect();
      pids.push(
        host.machine.processes().some(process => process.processId === State.Pid && process.imageName === 'ping.exe'),
      );
    }
    expect([pids, host.machine.computeSystems().map(system => system.siloId !== undefined)]).toEqual([
      [true, false],
      [true, false],
    ]);
  });
});

describe('what goes wrong on purpose', () => {
  it('is a scratch disk without room: nothing is left', async () => {
    const { docker } = await start({ faults: [{ kind: 'disk-full' }] });
    await expect(docker.createContainer({ Image: CORE, Cmd: IDLE, name: 'full' })).rejects.toMatchObject({
      statusCode: 500,
      json: { message: expect.stringContaining('There is not enough space on the disk. (0x70)') },
    });
    expect(await docker.listContainers({ all: true })).toEqual([]);
  });

  it('is a start that HCS refuses: the container stays, with the error', async () => {
    const { docker } = await start({
      faults: [{ kind: 'start-fails', image: CORE }],
      windows: { productType: 'server' },
    });
    const container = await docker.createContainer({ Image: CORE, Cmd: IDLE });
    await expect(container.start()).rejects.toMatchObject({ statusCode: 500 });
    const { State } = await container.inspect();
    expect([State.Status, State.ExitCode, State.Error]).toEqual([
      'created',
      128,
      expect.stringContaining('(0xc0370106)'),
    ]);
  });

  it('is an exec that never answers, while the rest does', async () => {
    const { docker } = await start({
      faults: [{ kind: 'exec-hangs', command: 'dir' }],
      windows: { productType: 'server' },
    });
    const container = await docker.createContainer({ Image: CORE, Cmd: IDLE });
    await container.start();
    const exec = await container.exec({ Cmd: ['cmd', '/c', 'dir'], AttachStdout: true });
    const stream = await exec.start({ hijack: true, stdin: false });
    const { Running, ExitCode } = await exec.inspect();
    stream.destroy();
    expect([Running, ExitCode]).toEqual([true, null]);
  });

  it('is an engine that restarts: what ran ends, what should come back does', async () => {
    const { host, docker } = await start({ windows: { productType: 'server' } });
    const made = async (name: string, policy: string): Promise<void> => {
      const RestartPolicy = { Name: policy };
      await (await docker.createContainer({ name, Image: CORE, Cmd: IDLE, HostConfig: { RestartPolicy } })).start();
    };
    await made('stays', 'always');
    await made('falls', 'no');
    const events = textOf(await docker.getEvents()).catch(() => 'cut');
    await host.engine.restart(10);
    await events;
    const states = (await docker.listContainers({ all: true })).map(({ Names, State }) => [Names[0], State]);
    expect(states).toEqual([
      ['/falls', 'exited'],
      ['/stays', 'running'],
    ]);
  });
});

describe('the daemon from within', () => {
  it('creates, starts, runs and removes by the same rules', async () => {
    const { host } = await start({ windows: { productType: 'server' } });
    const { daemon } = host.engine;
    const { id } = await daemon.create({ Image: CORE, Cmd: IDLE }, 'inner');
    await daemon.start('inner');
    const exec = await daemon.exec(id, ['cmd', '/c', 'exit 4']);
    expect(await exec.ended).toBe(4);
    await daemon.stop('inner', 1);
    await daemon.remove('inner');
    await expect(async () => daemon.start('inner')).rejects.toThrow('No such container: inner');
  });
});

describe('a bind of a host directory', () => {
  it('cannot have a WinFsp volume as its source', async () => {
    const { host, docker } = await start({ windows: { productType: 'server' }, winfsp: { fsd: 'running' } });
    const nowhere = { write: () => Promise.resolve() };
    const commandLine = '"C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe" -i -F NTFS -m X:';
    const { machine } = host;
    const system = machine.win32(machine.subjects.system);
    const memfs = await machine.spawn(machine.subjects.system, { commandLine, stdout: nowhere, stderr: nowhere });
    while (!system.queryDosDevice().includes('X:')) await new Promise(resolve => setImmediate(resolve));
    const container = await docker.createContainer({
      Image: CORE,
      Cmd: IDLE,
      HostConfig: { Binds: ['X:\\:C:\\data'] },
    });
    await expect(container.start()).rejects.toMatchObject({
      statusCode: 500,
      json: {
        message: `hcs::CreateComputeSystem ${container.id}: Do not attach the filter to the volume at this time.`,
      },
    });
    memfs.terminate(1);
  });
});
