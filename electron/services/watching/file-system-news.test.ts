import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { applyRows } from '../../../shared/domain/file-system-rows.ts';
import type { RunningFileSystem } from '../../../shared/domain/launch.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { startContainer } from '../engine/container-orders.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import { inParallel } from '../in-parallel.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

let open: SimulatedServices;
let connection: EngineConnection;
afterEach(async () => {
  connection.dispose();
  await open.dispose();
});

const WAIT = { timeout: 20_000, interval: 50 };

interface Followed {
  rows: readonly RunningFileSystem[];
  revision: number;
  /** How many pieces of news changed rows, and how long they are as JSON. */
  news: number;
  bytes: number;
  /** News that no list can be kept by. */
  readonly missed: string[];
}

/** So many containers on one host, followed by news alone once the list was read. */
async function follow(count: number, state: 'running' | 'created'): Promise<Followed> {
  const scenario: ScenarioInput = {
    winfsp: { fsd: 'running' },
    images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
    containers: Array.from({ length: count }, (_, index) => ({
      name: `fs-${index}`,
      image: SERVERCORE,
      state,
      fileSystems: [{ commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -m Y: -u \\class${index}\\share` }],
    })),
  };
  // In real time: how long a container is up is news of its own, where hours pass.
  open = await openSimulatedServices(scenario, { clock: systemClock });
  connection = createEngineConnection(open.host, systemClock, 'the pipe');
  const followed: Followed = { rows: [], revision: 0, news: 0, bytes: 0, missed: [] };
  const kept: unknown[] = [];
  const hear = (payload: unknown): void => {
    const { revision, fileSystems } = contract['snapshot.changed'].payload.parse(payload);
    if (revision <= followed.revision) return;
    if (revision !== followed.revision + 1 || fileSystems === undefined) followed.missed.push(JSON.stringify(payload));
    followed.revision = revision;
    if (fileSystems === undefined || fileSystems.changed.length + fileSystems.gone.length === 0) return;
    followed.rows = applyRows(followed.rows, fileSystems);
    followed.news += 1;
    followed.bytes += JSON.stringify(payload).length;
  };
  let isFollowing = false;
  open.services.start((name, payload) => {
    if (name !== 'snapshot.changed') return;
    if (isFollowing) hear(payload);
    else kept.push(payload);
  });
  const connected = (): boolean => kept.some(payload => JSON.stringify(payload).includes('"engine"'));
  await expect.poll(connected, WAIT).toBe(true);
  const { revision, fileSystems } = await open.call('filesystem.list', { all: true });
  Object.assign(followed, { rows: fileSystems, revision });
  for (const payload of kept) hear(payload);
  isFollowing = true;
  return followed;
}

/** How long a container is up grows by itself. */
const byId = (rows: readonly RunningFileSystem[]): readonly object[] =>
  rows.map(row => ({ ...row, status: '' })).sort((one, other) => (one.container.id < other.container.id ? -1 : 1));

describe('a list of file systems that is kept by news', () => {
  it('equals a fresh one after starts, kills, renames and removals in any order', async () => {
    const followed = await follow(12, 'running');
    const act = (what: string, name: string): Promise<unknown> =>
      connection
        .order(what, docker => {
          const container = docker.getContainer(name);
          if (what === 'rename') return container.rename({ name: `${name}-renamed` });
          if (what === 'remove') return container.remove({ force: true });
          return what === 'kill' ? container.kill() : container.start();
        })
        .catch(() => undefined);
    await inParallel(['kill', 'kill', 'remove', 'rename', 'kill', 'remove'], 6, (what, at) => act(what, `fs-${at}`));
    await inParallel(['start', 'rename', 'kill', 'kill', 'start'], 5, (what, at) => act(what, `fs-${at}`));
    await act('start', 'fs-1-renamed');
    const fresh = async (): Promise<object> => byId((await open.call('filesystem.list', { all: true })).fileSystems);
    await expect
      .poll(async () => [byId(followed.rows), await fresh()], WAIT)
      .toSatisfy(([known, read]: readonly unknown[]) => JSON.stringify(known) === JSON.stringify(read));
    expect(followed.rows.map(({ container }) => container.name)).toContain('fs-1-renamed');
    expect({ count: followed.rows.length, missed: followed.missed }).toEqual({ count: 10, missed: [] });
  });

  it('is told of a crowd that starts at once in few words, and of a single one in one row', async () => {
    const count = 120;
    const followed = await follow(count, 'created');
    const names = Array.from({ length: count }, (_, index) => `fs-${index}`);
    await inParallel(names, 40, name => startContainer(connection, name));
    const running = (): number => followed.rows.filter(({ volumes }) => volumes.length === 1).length;
    await expect.poll(running, WAIT).toBe(count);
    expect(followed.missed).toEqual([]);
    expect(followed.news).toBeLessThan(count);
    Object.assign(followed, { news: 0, bytes: 0 });
    await connection.order('kill', docker => docker.getContainer('fs-7').kill());
    await expect
      .poll(() => followed.rows.find(({ container }) => container.name === 'fs-7')?.state, WAIT)
      .toBe('exited');
    expect(followed.bytes / followed.news).toBeLessThan(1_200);
  });
});
