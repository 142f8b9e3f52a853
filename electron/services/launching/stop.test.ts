import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { createEngineConnection } from '../engine/engine-connection.ts';
import { GOOD_HOST, openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

let host: SimulatedServices;
afterEach(() => host.dispose());

describe('stopping a file system', () => {
  it('asks, sees its volume gone, and removes the container', async () => {
    host = await openSimulatedServices(GOOD_HOST);
    const { volumes } = await host.call('filesystem.launch', { profile: 'memfs-network' });
    const notes: string[] = [];
    const stopped = await host.call(
      'filesystem.stop',
      { name: 'memfs-network' },
      { onProgress: ({ note }) => notes.push(note) },
    );
    expect(stopped).toMatchObject({
      container: 'memfs-network',
      removed: true,
      gone: [{ device: volumes[0]?.device }],
    });
    expect(notes).toEqual([
      '\\memfs\\share will be unmounted',
      'asked to shut down',
      'its volumes are gone',
      'memfs-network removed',
    ]);
    expect(await host.call('filesystem.list', { all: true })).toMatchObject({ fileSystems: [] });
  });

  it('keeps the container when asked to', async () => {
    host = await openSimulatedServices(GOOD_HOST);
    await host.call('filesystem.launch', { profile: 'memfs-disk' });
    expect(await host.call('filesystem.stop', { name: 'memfs-disk', keep: true })).toMatchObject({
      removed: false,
      exitCode: expect.any(Number),
    });
    const { fileSystems } = await host.call('filesystem.list', { all: true });
    expect(fileSystems.map(({ state, volumes }) => ({ state, volumes }))).toEqual([{ state: 'exited', volumes: [] }]);
  });

  it.each([false, true])(
    'of a container that its engine removes at its end (to be kept: %s) sees it gone',
    async keep => {
      host = await openSimulatedServices({ ...GOOD_HOST, winfsp: { fsd: 'running' } });
      const winfsp = 'C:\\Program Files (x86)\\WinFsp';
      const connection = createEngineConnection(host.host, systemClock, 'the pipe');
      await connection.order('create container', async docker => {
        const made = await docker.createContainer({
          name: 'fleeting',
          Image: SERVERCORE,
          Cmd: [`${winfsp}\\bin\\memfs-x64.exe`, '-i', '-m', 'Y:'],
          HostConfig: { Isolation: 'process', AutoRemove: true, Binds: [`${winfsp}:${winfsp}:ro`] },
        });
        await made.start();
      });
      connection.dispose();
      await expect.poll(async () => (await host.call('inspection.take', {})).volumes.length).toBe(1);
      expect(await host.call('filesystem.stop', { name: 'fleeting', keep })).toMatchObject({
        container: 'fleeting',
        removed: true,
        gone: [{ kind: 'disk' }],
      });
      expect(await host.call('filesystem.list', { all: true })).toMatchObject({ fileSystems: [] });
    },
  );

  it('removes one that has ended already', async () => {
    host = await openSimulatedServices({
      ...GOOD_HOST,
      containers: [{ name: 'over', image: SERVERCORE, state: 'exited' }],
    });
    expect(await host.call('filesystem.stop', { name: 'over' })).toMatchObject({
      container: 'over',
      gone: [],
      removed: true,
    });
  });

  it('names the containers there are when there is none of that name', async () => {
    host = await openSimulatedServices({ ...GOOD_HOST, containers: [{ name: 'aa', image: SERVERCORE }] });
    expect(await host.fault('filesystem.stop', { name: 'b' })).toEqual({
      code: 'not-found',
      what: 'container',
      name: 'b',
      known: ['aa'],
    });
  });
});

describe('unloading the FSD', () => {
  it('is refused until exactly what would be lost is accepted', async () => {
    host = await openSimulatedServices(GOOD_HOST);
    const { volumes } = await host.call('filesystem.launch', { profile: 'memfs-network' });
    const device = volumes[0]?.device ?? '';
    expect(await host.fault('fsd.unload', { accept: [] })).toEqual({
      code: 'invalid-input',
      issues: [
        { path: 'accept', message: `${device}\\memfs\\share in ${volumes[0]?.home} would be lost and is not named` },
      ],
    });
    expect(await host.fault('fsd.unload', { accept: [device, '\\Device\\Volume{old}'] })).toMatchObject({
      code: 'invalid-input',
      issues: [{ path: 'accept.1' }],
    });
    expect(await host.call('fsd.unload', { accept: [device] })).toMatchObject({ lost: [{ device }] });
    expect((await host.call('snapshot.take', {})).fsd.state).toBe('stopped');
  });
});
