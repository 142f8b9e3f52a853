import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../shared/base/clock.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';
import { Journal } from './journal.ts';
import { watchSession } from './watch-session.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-kept-'));
});
afterEach(() => rm(folder, { recursive: true }));

const WAIT = { timeout: 15_000, interval: 25 };

/** Watches until both volumes have been told, does something, and ends. */
async function watched(work: (open: SimulatedServices) => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  const open = await openSimulatedServices(await scenarioNamed('winfsp-container-support'), { journalFolder: folder });
  const told: string[] = [];
  open.services.start(name => told.push(name));
  try {
    await open.call('inspection.take', {});
    await expect.poll(async () => (await open.call('journal.moment', {})).volumes.length, WAIT).toBe(2);
    await work(open);
  } finally {
    await open.dispose();
  }
}

const counts = async (kind: string): Promise<number> => {
  const journal = new Journal(new ManualClock(), { folder });
  const { entries } = await journal.read({ after: 0, limit: 10_000, filter: { kinds: [kind] } });
  await journal.close();
  return entries.length;
};

describe('a journal that is kept', () => {
  it('tells once what is still there when Siloscope comes back, and late what went meanwhile', async () => {
    await watched();
    const first = { appeared: await counts('volume.appeared'), arrived: await counts('silo.arrived') };
    expect(first).toEqual({ appeared: 2, arrived: 2 });
    await watched();
    expect({ appeared: await counts('volume.appeared'), arrived: await counts('silo.arrived') }).toEqual(first);

    const journal = new Journal(new ManualClock(), { folder });
    journal.note({
      source: 'inspection',
      what: 'volume.appeared',
      subject: '\\Device\\Volume{gone}',
      data: { kind: 'disk', namespace: 'host', mountPoints: ['X:'] },
    });
    await journal.close();
    await watched(async open => {
      const read = () => open.call('journal.read', { filter: { kinds: ['volume.gone'] } });
      await expect
        .poll(async () => (await read()).entries, WAIT)
        .toMatchObject([{ subject: '\\Device\\Volume{gone}', data: { unwatched: true } }]);
    });
  });

  it('knows the matrix of a moment, with the evidence of then', async () => {
    await watched(open => open.call('inspection.take', { probe: true, canary: true }));
    const journal = new Journal(new ManualClock(), { folder });
    const { volumes } = await journal.moment({});
    const network = volumes.find(({ kind }) => kind === 'network');
    expect(network).toMatchObject({ verdict: 'leaked', uncPrefix: '\\memfs\\share', mountPoints: ['Y:'] });
    expect(network?.tested?.groups.map(({ visible, rank }) => [visible, rank])).toContainEqual(['yes', 'canary']);
    await journal.close();
  });
});

describe("the host's facts", () => {
  it('are told where they are otherwise, and are those of then at a moment', async () => {
    const journal = new Journal(new ManualClock(), { folder });
    const windows = { build: 17_763, revision: 1, displayVersion: '1809', edition: 'Windows Server 2019' } as const;
    const before = { windows: { ...windows, productType: 'server', architecture: 'x64' }, winfsp: { version: '1.12' } };
    journal.note({ source: 'host', what: 'host.seen', subject: 'local', data: before });
    await journal.close();
    const seen = async (open: SimulatedServices): Promise<void> =>
      expect.poll(async () => (await open.call('journal.moment', {})).host?.engine, WAIT).toBeDefined();
    await watched(seen);
    const told = new Journal(new ManualClock(), { folder });
    const { entries } = await told.read({ after: 0, limit: 10_000, filter: { kinds: ['host.seen'] } });
    await watched(seen);
    expect((await told.read({ after: 0, limit: 10_000, filter: { kinds: ['host.seen'] } })).entries).toEqual(entries);
    expect((await told.moment({ sequence: 1 })).host).toEqual(before);
    expect((await told.moment({})).host).toMatchObject({
      windows: { build: 20_348 },
      winfsp: { service: expect.stringMatching(/^WinFsp/), version: expect.stringMatching(/^2\./) },
      engine: { osType: 'windows', version: expect.any(String) },
    });
    expect(JSON.stringify(await told.moment({}))).not.toMatch(/machineName/);
    await told.close();
  });
});

describe('who watched', () => {
  it('is told after a while, and at the end; one that was cut off is told by the next', async () => {
    const clock = new ManualClock();
    const journal = new Journal(clock, { folder });
    journal.note({ source: 'host', what: 'watch.started', subject: 'process 999999 on 00000000' });
    const brief = watchSession(journal, clock, () => true);
    brief.dispose();
    const lines = async () =>
      (await journal.read({ after: 1, limit: 10 })).entries.map(({ what, subject }) => [what, subject.split(' ')[1]]);
    expect(await lines()).toEqual([]);
    const { watched: byTheOther } = await journal.moment({});
    expect(byTheOther).toBe(true);

    const own = watchSession(journal, clock, () => false);
    clock.advance(3_000);
    await expect.poll(lines, WAIT).toEqual([['watch.started', String(process.pid)]]);
    own.dispose();
    expect(await lines()).toEqual([
      ['watch.started', String(process.pid)],
      ['watch.ended', String(process.pid)],
    ]);
    await journal.close();
  });
});
