import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../shared/base/clock.ts';
import type { Workspace, WorkspaceItem } from '../../../shared/domain/workspace.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import { GOOD_HOST, openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';
import { type HostGround, hostGround } from './host-ground.ts';

const ITEM: WorkspaceItem = { name: 'scratch', launch: { profile: 'memfs-disk' } };
const WORKSPACE: Workspace = { name: 'office', items: [ITEM] };
const signal = new AbortController().signal;

let host: SimulatedServices;
let connection: EngineConnection;
/** Of the keeper's ground alone. */
let clock: ManualClock;
let ground: HostGround;
beforeEach(async () => {
  host = await openSimulatedServices(GOOD_HOST);
  connection = createEngineConnection(host.host, systemClock, 'the pipe');
  clock = new ManualClock();
  ground = hostGround(
    { host: host.host, clock, connection },
    { launch: input => host.call('filesystem.launch', input), profiles: () => Promise.resolve([]) },
  );
});
afterEach(async () => {
  connection.dispose();
  await host.dispose();
});

const found = async (): Promise<string | undefined> => (await ground.look(WORKSPACE, signal)).get(ITEM.name);
const states = async (): Promise<string[]> =>
  (await host.call('filesystem.list', { all: true })).fileSystems.map(({ state }) => state);
/** What another program does that keeps the same workspace. */
async function replacedByAnother(): Promise<void> {
  await connection.order('remove', docker => docker.getContainer(ITEM.name).remove({ force: true }));
  await ground.launch(WORKSPACE, ITEM, signal);
}

describe('a container that another program has replaced since it was looked at', () => {
  it.each(['remove', 'clear'] as const)('is left alone: %s', async act => {
    await ground.launch(WORKSPACE, ITEM, signal);
    await connection.order('kill', docker => docker.getContainer(ITEM.name).kill());
    expect(await found()).toBe('ended');
    await replacedByAnother();
    expect(await ground[act](WORKSPACE, ITEM, signal)).toBe('changed');
    expect(await states()).toEqual(['running']);
  });
});

describe('a container that has ended', () => {
  it('and was started again since it was looked at is left alone', async () => {
    await ground.launch(WORKSPACE, ITEM, signal);
    await connection.order('kill', docker => docker.getContainer(ITEM.name).kill());
    expect(await found()).toBe('ended');
    await connection.order('start', docker => docker.getContainer(ITEM.name).start());
    expect(await ground.remove(WORKSPACE, ITEM, signal)).toBe('changed');
    expect(await states()).toEqual(['running']);
  });
});

describe('a container that was made and not started yet', () => {
  it('is given time, since another program may be about to start it', async () => {
    const image = GOOD_HOST.images?.[0]?.reference ?? '';
    const labels = { 'dev.siloscope.workspace': WORKSPACE.name };
    await connection.order('create', docker =>
      docker.createContainer({ name: ITEM.name, Image: image, Labels: labels, Cmd: ['cmd.exe'] }),
    );
    expect(await found()).toBe('changing');
    clock.advance(9_000);
    expect(await found()).toBe('changing');
    clock.advance(1_000);
    expect(await found()).toBe('ended');
    expect(await ground.remove(WORKSPACE, ITEM, signal)).toBeUndefined();
    expect(await states()).toEqual([]);
  });
});
