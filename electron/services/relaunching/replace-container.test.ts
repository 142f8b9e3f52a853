import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../../shared/base/clock.ts';
import { FaultError, faultOf } from '../../../shared/contract/fault.ts';
import { LaunchInput } from '../../../shared/domain/launch.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import type { BrokenRelaunch, RelaunchWay } from '../../../shared/domain/relaunch.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { inspectContainer, listContainers } from '../engine/containers.ts';
import { createEngineConnection, type EngineConnection } from '../engine/engine-connection.ts';
import { planLaunch } from '../launching/plan-launch.ts';
import { preflight } from '../launching/preflight.ts';
import type { Surroundings } from '../surroundings.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';
import { Relaunches } from './relaunches.ts';

let open: SimulatedServices;
let real: EngineConnection;
afterEach(async () => {
  expect(open.host.networkLog()).toEqual([]);
  real.dispose();
  await open.dispose();
});

const MEMFS = 'C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe';
const HOST: ScenarioInput = {
  winfsp: { fsd: 'running' },
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
  containers: [
    { name: 'one', image: SERVERCORE, fileSystems: [{ commandLine: `"${MEMFS}" -i -F NTFS -m Y: -u \\memfs\\share` }] },
  ],
};

/** An order to the engine that goes wrong, by its name and how often it was given before. */
interface Wrong {
  readonly order: string;
  readonly nth?: number;
  /** `refused`: not done, once. `unheard`: done, and the answer is lost. `dead`: not done, and nothing is done any more. */
  readonly how: 'refused' | 'unheard' | 'dead';
}

const GONE = new FaultError({ code: 'engine-unreachable', endpoint: 'the pipe', cause: 'cut off', raw: '' });

function faulty(connection: EngineConnection, { order: wrong, nth = 1, how }: Wrong): EngineConnection {
  let count = 0;
  let isDead = false;
  return {
    ...connection,
    ask: (operation, act, options) => (isDead ? Promise.reject(GONE) : connection.ask(operation, act, options)),
    async order(operation, act, options) {
      if (isDead) throw GONE;
      if (operation !== wrong || ++count !== nth) return connection.order(operation, act, options);
      isDead = how === 'dead';
      if (how === 'unheard') await connection.order(operation, act, options);
      throw how === 'refused'
        ? new FaultError({ code: 'engine-refused', operation, statusCode: 500, raw: 'not today' })
        : GONE;
    },
  };
}

async function begin(autoRemove = false): Promise<Surroundings> {
  open = await openSimulatedServices(autoRemove ? { ...HOST, containers: [] } : HOST);
  real = createEngineConnection(open.host, systemClock, 'the pipe');
  if (autoRemove) {
    await real.order('create', async docker => {
      const made = await docker.createContainer({
        name: 'one',
        Image: SERVERCORE,
        Cmd: [MEMFS, '-i', '-F', 'NTFS', '-m', 'Y:', '-u', '\\memfs\\share'],
        HostConfig: {
          Isolation: 'process',
          AutoRemove: true,
          Binds: ['C:\\Program Files (x86)\\WinFsp:C:\\Program Files (x86)\\WinFsp:ro'],
        },
      });
      await made.start();
    });
    await expect.poll(async () => (await open.call('inspection.take', {})).volumes.length).toBe(1);
  }
  return { host: open.host, clock: systemClock, connection: real };
}

const AS_DISK = [MEMFS, '-i', '-F', 'NTFS', '-m', 'Y:'];

/** Relaunches `one` as a disk, over a connection on which something goes wrong. */
async function relaunch(around: Surroundings, wrong?: Wrong, command: readonly string[] = AS_DISK) {
  const notes: string[] = [];
  const connection = wrong === undefined ? around.connection : faulty(around.connection, wrong);
  const over = { ...around, connection };
  const relaunches = new Relaunches(over, () => true);
  const input = LaunchInput.parse({ name: 'one', image: SERVERCORE, command, pull: 'never', waitMs: 2_000 });
  const { ref } = await inspectContainer(around.connection, 'one');
  const { AutoRemove } = await around.connection.ask('inspect', async docker => {
    const { HostConfig } = await docker.getContainer(ref.id).inspect();
    return HostConfig;
  });
  const before = {
    id: ref.id,
    name: 'one',
    running: true,
    autoRemove: AutoRemove === true,
    hasVolume: true,
    secretFiles: [],
  };
  const ready = await preflight(around, input, [], undefined, { container: 'one' });
  const plan = planLaunch(input, ready);
  const ended = await relaunches
    .replace({ before, input, ready, plan, profiles: [] }, note => notes.push(note))
    .then(
      ({ container }) => container.name,
      (error: unknown) => faultOf(error).code,
    );
  return { ended, notes, before: ref.id };
}

const there = async (): Promise<string[]> =>
  (await listContainers(real, { all: true })).map(({ ref, state }) => `${ref.name} ${state}`).sort();
const volumes = async (): Promise<string[]> =>
  (await open.call('inspection.take', {})).volumes.map(({ kind, mountPoints }) => `${kind} ${mountPoints.join()}`);
const idOf = async (name: string): Promise<string> => (await inspectContainer(real, name)).ref.id;

describe('a relaunch', () => {
  it('keeps what ran until the new one has its volume, then removes it; nothing else is left', async () => {
    const around = await begin();
    const { ended, notes, before } = await relaunch(around);
    expect(ended).toBe('one');
    expect(await there()).toEqual(['one running']);
    expect(await idOf('one')).not.toBe(before);
    expect(await volumes()).toEqual(['disk Y:']);
    expect(notes).toContain(`one is kept, stopped, as one.before-${before.slice(0, 12)} until the new one runs`);
    expect(await new Relaunches(around, () => true).broken()).toEqual([]);
  });

  it.each<[wrong: Wrong, code: string]>([
    [{ order: 'create container', how: 'refused' }, 'engine-refused'],
    [{ order: 'create container', how: 'unheard' }, 'engine-unreachable'],
    [{ order: 'stop container', how: 'refused' }, 'engine-refused'],
    [{ order: 'stop container', how: 'unheard' }, 'engine-unreachable'],
    [{ order: 'rename container', how: 'refused' }, 'engine-refused'],
    [{ order: 'rename container', how: 'unheard' }, 'engine-unreachable'],
    [{ order: 'rename container', nth: 2, how: 'refused' }, 'engine-refused'],
    [{ order: 'rename container', nth: 2, how: 'unheard' }, 'engine-unreachable'],
    [{ order: 'start container', how: 'refused' }, 'engine-refused'],
    [{ order: 'start container', how: 'unheard' }, 'engine-unreachable'],
  ])('of which %o goes wrong brings the same container back, under its name, with its volume', async (wrong, code) => {
    const { ended, notes, before } = await relaunch(await begin(), wrong);
    expect(ended).toBe(code);
    expect(notes.at(-1)).toBe('one runs as before');
    expect(await there()).toEqual(['one running']);
    expect(await idOf('one')).toBe(before);
    expect(await volumes()).toEqual(['network Y:']);
  });

  it.each([
    ['whose program ends at once', [MEMFS, '--no-such-switch'], 'file-system-ended'],
    ['whose volume does not come', ['ping.exe', '-t', 'localhost'], 'volume-did-not-appear'],
  ])('%s brings the same container back', async (_, command, code) => {
    const { ended, notes, before } = await relaunch(await begin(), undefined, command);
    expect(ended).toBe(code);
    expect(notes.at(-1)).toBe('one runs as before');
    expect(await there()).toEqual(['one running']);
    expect(await idOf('one')).toBe(before);
  });

  it('whose bringing back fails at first tries again', async () => {
    const around = await begin();
    const failing = faulty(around.connection, { order: 'start container', nth: 2, how: 'refused' });
    const { ended, notes } = await relaunch(
      { ...around, connection: failing },
      { order: 'start container', how: 'refused' },
    );
    expect(ended).toBe('engine-refused');
    expect(notes.at(-1)).toBe('one runs as before');
    expect(await there()).toEqual(['one running']);
  });

  it('that cannot remove what it kept says so, and is done', async () => {
    const { ended, notes, before } = await relaunch(await begin(), { order: 'remove container', how: 'refused' });
    const kept = `one.before-${before.slice(0, 12)}`;
    expect(ended).toBe('one');
    expect(notes.at(-1)).toBe(`${kept} could not be removed: docker rm -f ${kept}`);
    expect(await there()).toEqual(['one running', `${kept} exited`].sort());
  });
});

/** Nobody waits for an engine that does not come back. */
const QUICK: Clock = { ...systemClock, after: (ms, act) => systemClock.after(ms / 50, act) };

/** A later start, whose predecessor's process is gone. */
const later = (around: Surroundings): Relaunches => new Relaunches(around, () => false);

describe('a relaunch that is cut off', () => {
  const AT: readonly (readonly [Wrong, readonly RelaunchWay[]])[] = [
    [{ order: 'stop container', how: 'dead' }, ['restore']],
    [{ order: 'rename container', how: 'dead' }, ['restore']],
    [{ order: 'rename container', nth: 2, how: 'dead' }, ['restore']],
    [{ order: 'start container', how: 'dead' }, ['restore']],
    [{ order: 'remove container', how: 'dead' }, ['restore', 'finish']],
  ];
  const CUT = AT.flatMap(([wrong, ways]) => ways.map(way => [wrong, ways, way] as const));

  it.each(CUT)(
    'at %o is known to the next start, which offers %j; %s does it',
    async (wrong, ways, way) => {
      const around = await begin();
      const { before } = await relaunch({ ...around, clock: QUICK }, wrong);
      const [found, ...more] = await later(around).broken();
      expect(more).toEqual([]);
      expect(found).toMatchObject({ name: 'one', before: { id: before }, ways });
      const asked = { name: 'one', way, mayStop: true };
      expect(await later(around).settle(asked, [], () => undefined)).toBe('one');
      expect(await there()).toEqual(['one running']);
      expect((await idOf('one')) === before).toBe(way === 'restore');
      expect(await volumes()).toEqual([way === 'restore' ? 'network Y:' : 'disk Y:']);
      expect(await later(around).broken()).toEqual([]);
    },
    30_000,
  );

  it('is not offered while its process lives, and not settled by stopping what runs unasked', async () => {
    const around = await begin();
    await relaunch(around, { order: 'remove container', how: 'dead' });
    const [found] = await later(around).broken();
    const asked = { name: 'one', way: 'restore', mayStop: false } as const;
    await expect(later(around).settle(asked, [], () => undefined)).rejects.toMatchObject({
      fault: { code: 'invalid-input', issues: [{ path: 'mayStop' }] },
    });
    expect(await later(around).broken()).toEqual([found] satisfies (BrokenRelaunch | undefined)[]);
  });
});

describe('a relaunch of what is removed at its end', () => {
  it('runs what comes first, stops what was last, and hands the name over', async () => {
    const { ended, notes, before } = await relaunch(await begin(true));
    expect(ended).toBe('one');
    expect(await there()).toEqual(['one running']);
    expect(await idOf('one')).not.toBe(before);
    expect(await volumes()).toEqual(['disk Y:']);
    expect(notes.join()).toContain('goes away when it is stopped (--rm)');
  });

  it.each<Wrong>([
    { order: 'create container', how: 'refused' },
    { order: 'start container', how: 'refused' },
    { order: 'stop container', how: 'refused' },
  ])('of which %o goes wrong leaves it running, untouched', async wrong => {
    const { ended, before } = await relaunch(await begin(true), wrong);
    expect(ended).toBe('engine-refused');
    expect(await there()).toEqual(['one running']);
    expect(await idOf('one')).toBe(before);
    expect(await volumes()).toEqual(['network Y:']);
  });

  it('that cannot hand the name over says so, and the next start offers it', async () => {
    const around = await begin(true);
    const { ended, notes } = await relaunch(around, { order: 'rename container', how: 'refused' });
    expect(ended).toMatch(/^one\.next-[0-9a-f]{8}$/);
    expect(notes.at(-1)).toContain(`docker rename ${ended} one`);
    expect(await later(around).broken()).toMatchObject([{ name: 'one', ways: ['finish'] }]);
    await later(around).settle({ name: 'one', way: 'finish', mayStop: false }, [], () => undefined);
    expect(await there()).toEqual(['one running']);
  });
});

describe('a relaunch of what was given a secret in a file', () => {
  const FILE = 'C:\\ProgramData\\Siloscope\\secrets\\own-key';
  const readFile = (name: string): Promise<string> =>
    real.ask('read a file', async docker => text(await docker.getContainer(name).getArchive({ path: FILE })));

  it('that goes wrong brings it back with that file as it was', async () => {
    open = await openSimulatedServices({ ...HOST, containers: [] });
    real = createEngineConnection(open.host, systemClock, 'the pipe');
    const profile: Profile = {
      name: 'own',
      title: 'Own',
      description: '',
      command: [MEMFS, '-i', '-F', 'NTFS', '-m', '{mountPoint}', '-u', '{uncPrefix}'],
      kind: 'network',
      defaults: { mountPoint: 'Y:', uncPrefix: '\\own\\share' },
      secrets: [{ name: 'own-key', title: 'Key', deliver: { by: 'file' } }],
    };
    await open.call('profile.save', { profile });
    const secrets = { 'own-key': 'a-secret-of-old' };
    await open.call('filesystem.launch', { profile: 'own', name: 'one', image: SERVERCORE, secrets });
    const around = { host: open.host, clock: systemClock, connection: real };
    const { ended, notes, before } = await relaunch(around, { order: 'start container', how: 'refused' });
    expect([ended, notes.at(-1)]).toEqual(['engine-refused', 'one runs as before']);
    expect(await idOf('one')).toBe(before);
    expect(await readFile('one')).toContain('a-secret-of-old');
  });
});
