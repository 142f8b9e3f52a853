import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { startContainer } from '../engine/container-orders.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import { followEvents } from '../engine/event-stream.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

let open: SimulatedServices;
let connection: EngineConnection;
afterEach(async () => {
  connection.dispose();
  await open.dispose();
});

const WAIT = { timeout: 8_000, interval: 5 };
const memfs = (index: number) => ({
  name: `fs-${index}`,
  image: SERVERCORE,
  fileSystems: [{ commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -m Y: -u \\class${index}\\share` }],
});

describe('services that watch many containers', () => {
  it('look at the one that came, into no other, and tell at once what it brought', async () => {
    open = await openSimulatedServices({
      winfsp: { fsd: 'running' },
      images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
      containers: [
        ...Array.from({ length: 12 }, (_, index) => memfs(index)),
        { ...memfs(99), name: 'late', state: 'created' },
      ],
    });
    connection = createEngineConnection(open.host, systemClock, 'the pipe');
    const told: string[] = [];
    open.services.start((name, payload) => {
      if (name === 'journal.appended') told.push(JSON.stringify(payload));
    });
    const count = (what: string): number => told.filter(entry => entry.includes(`"${what}"`)).length;
    await expect.poll(() => count('volume.leaked'), WAIT).toBe(12);
    // The second look at everything, after the first one, is over, too.
    await open.host.run(['ping.exe', '-n', '4', 'localhost']);

    const looked = new Set<string>();
    let isLive = false;
    const following = followEvents(connection, systemClock, {
      onLive: () => {
        isLive = true;
      },
      onEvent: ({ Action, Actor }) => {
        if (Action.startsWith('exec_create')) looked.add(Actor.Attributes?.['name'] ?? '');
      },
      onLost: () => undefined,
    });
    await expect.poll(() => isLive, WAIT).toBe(true);
    await startContainer(connection, 'late');
    await expect.poll(() => count('volume.leaked'), WAIT).toBe(13);
    expect(count('silo.arrived')).toBe(13);
    expect([...looked]).toEqual(['late']);

    await connection.order('kill', docker => docker.getContainer('late').kill());
    await expect.poll(() => count('volume.gone'), WAIT).toBe(1);
    await expect.poll(() => count('silo.departed'), WAIT).toBe(1);
    expect([...looked]).toEqual(['late']);
    following.dispose();
  });

  it('look at once where docker exec started something, and are not set off by their own looks', async () => {
    open = await openSimulatedServices({
      winfsp: { fsd: 'running' },
      images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
      containers: [memfs(0), memfs(1)],
    });
    connection = createEngineConnection(open.host, systemClock, 'the pipe');
    const told: string[] = [];
    open.services.start((name, payload) => {
      if (name === 'journal.appended') told.push(JSON.stringify(payload));
    });
    const count = (what: string): number => told.filter(entry => entry.includes(`"${what}"`)).length;
    await expect.poll(() => count('volume.leaked'), WAIT).toBe(2);
    await open.host.run(['ping.exe', '-n', '4', 'localhost']);

    const execs: string[] = [];
    const following = followEvents(connection, systemClock, {
      onLive: () => undefined,
      onEvent: ({ Action }) => {
        if (Action.startsWith('exec_start')) execs.push(Action);
      },
      onLost: () => undefined,
    });
    const exec = await connection.order('create exec', docker =>
      docker.getContainer('fs-0').exec({
        Cmd: ['C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe', '-i', '-m', 'X:', '-u', '\\late\\share'],
      }),
    );
    await connection.order('start exec', docker => docker.getExec(exec.id).start({ Detach: true }));
    await expect.poll(() => count('volume.leaked'), WAIT).toBe(3);
    await open.host.run(['ping.exe', '-n', '6', 'localhost']);
    // Its own, and a handful of ours in that one container.
    expect(execs.length).toBeLessThan(8);
    following.dispose();
  }, 30_000);
});
