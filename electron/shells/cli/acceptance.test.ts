import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '../../../shared/contract/contract.ts';
import { Inspection } from '../../../shared/domain/inspection.ts';
import { run } from './run.ts';
import { type CapturedIo, captureIo } from './testing/captured-io.ts';
import { REAL_DOORS, ran, ranJson, type Simulation, simulation } from './testing/real-doors.ts';

const PAGE = ['--scenario', 'winfsp-container-support'];

describe('inspect, on the two examples of WinFsp’s page', () => {
  it('leaves the cells out when asked to be brief', async () => {
    const { exitCode, json } = await ranJson('inspect', ...PAGE, '--brief');
    const Told = z.object({ volumes: z.array(z.looseObject({ kind: z.string(), verdict: z.string() })) });
    const told = Told.parse(json).volumes.map(volume => [volume.kind, volume.verdict, 'visibility' in volume]);
    expect({ exitCode, told: told.sort((a, b) => String(a[0]).localeCompare(String(b[0]))) }).toEqual({
      exitCode: 0,
      told: [
        ['disk', 'private', false],
        ['network', 'leaked', false],
      ],
    });
  });

  it('proves the disk private and the network volume leaked', async () => {
    const { exitCode, err, json } = await ranJson('inspect', ...PAGE, '--probe', '--canary');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    const inspection = Inspection.parse(json);
    expect(inspection).toEqual(json);
    const disk = inspection.volumes.find(volume => volume.mountPoints.includes('Z:'));
    const network = inspection.volumes.find(volume => volume.mountPoints.includes('Y:'));
    const seen = (volume: typeof disk) =>
      Object.fromEntries(
        (volume?.visibility ?? []).map(cell => [
          cell.namespace === volume?.home ? 'home' : cell.namespace === 'host' ? 'host' : 'other silo',
          `${cell.visible} by ${cell.evidence.rank}`,
        ]),
      );
    expect({ verdict: disk?.verdict, kind: disk?.kind }).toEqual({ verdict: 'private', kind: 'disk' });
    expect(disk?.visibility.filter(cell => cell.namespace !== disk.home).map(cell => cell.visible)).toEqual([
      'no',
      'no',
    ]);
    expect({ verdict: network?.verdict, kind: network?.kind, prefix: network?.uncPrefix }).toEqual({
      verdict: 'leaked',
      kind: 'network',
      prefix: '\\memfs\\share',
    });
    expect(seen(network)).toMatchObject({ host: 'yes by canary' });
    const host = network?.visibility.find(cell => cell.namespace === 'host');
    expect(host?.through.map(way => way.path).join()).toContain('memfs\\share');
    const owner = inspection.namespaces.find(namespace => namespace.id === network?.home);
    expect(owner?.container?.name).toBe('memfs-network');
    expect(network?.provider).toContain(`{${owner?.containerGuid}}`);
    expect(inspection.findings.map(finding => finding.code)).toContain('unc-leak');
  });

  it('violates the policy "no leaks", with 6', async () => {
    const { exitCode, json } = await ranJson('inspect', ...PAGE, '--policy', 'no-leaks');
    expect({ exitCode, json }).toEqual({
      exitCode: 6,
      json: expect.objectContaining({
        policy: {
          name: 'no-leaks',
          violations: expect.arrayContaining([expect.objectContaining({ uncPrefix: '\\memfs\\share' })]),
          accepted: [],
          incomplete: [],
        },
      }),
    });
  });

  it.each([
    ['ends with 4', [], 4],
    ['ends with 0 where the gaps are allowed', ['--allow-gaps'], 0],
  ] as const)('%s when the engine could not be asked, and says what is missing', async (_, options, expected) => {
    const argv = ['--scenario', 'engine-denied', '--policy', 'no-leaks', ...options];
    const { exitCode, json } = await ranJson('inspect', ...argv);
    expect({ exitCode, json }).toEqual({
      exitCode: expected,
      json: expect.objectContaining({
        policy: { name: 'no-leaks', violations: [], accepted: [], incomplete: ['containers (host)'] },
      }),
    });
    const { out } = await ran(['inspect', ...argv], { columns: 100, env: { NO_COLOR: '1' } });
    expect(out).toContain('could not be asked, volumes may be missing: containers (host)');
    expect(out).not.toContain('[ok] nothing violates it');
    expect(out.includes('exit code 4')).toBe(expected === 4);
  });

  it('misses nothing for a user without an administrator, who is only told with less evidence', async () => {
    const { json } = await ranJson('inspect', '--scenario', 'not-elevated', '--policy', 'no-leaks');
    const Told = z.object({ gaps: z.array(z.unknown()), policy: z.object({ incomplete: z.array(z.string()) }) });
    const { gaps, policy } = Told.parse(json);
    expect([gaps.length > 0, policy.incomplete]).toEqual([true, []]);
  });

  it('refuses --allow-gaps without a policy', async () => {
    const { exitCode, err } = await ran(['inspect', ...PAGE, '--allow-gaps'], { columns: 200 });
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining('--allow-gaps: needs --policy') });
  });

  it('reads at a glance', async () => {
    const { exitCode, out } = await ran(['inspect', ...PAGE, '--probe', '--canary'], {
      columns: 100,
      env: { NO_COLOR: '1' },
    });
    expect(exitCode).toBe(0);
    expect(out).toMatch(/\[!\] LEAKED {3}proven by canary {2}\\\\memfs\\share/);
    expect(out).toMatch(/\[\+\] private {2}as far as tested {2}Z:/);
    expect(out).toMatch(/YES canary/);
  });
});

describe('JSON answers', () => {
  it.each([
    ['profiles', ['profiles'], 'profile.list'],
    ['images', ['images'], 'image.list'],
    ['doctor', ['doctor'], 'readiness.check'],
    ['list', ['list', ...PAGE], 'filesystem.list'],
    ['a plan', ['launch', 'memfs-network', '--dry-run'], 'launch.plan'],
    ['a launch', ['launch', 'memfs-disk'], 'filesystem.launch'],
    ['stop', ['stop', 'memfs-network', ...PAGE], 'filesystem.stop'],
    ['namespace', ['namespace', '\\Device', '--in', 'memfs-network', ...PAGE], 'namespace.list'],
    ['journal', ['journal', ...PAGE], 'journal.read'],
    ['fsd start', ['fsd', 'start'], 'fsd.start'],
    ['a pull', ['images', '--pull', 'mcr.microsoft.com/windows/servercore:ltsc2025'], 'image.pull'],
  ] as const)('fit the contract: %s', async (_, argv, name) => {
    const { exitCode, err, json } = await ranJson(...argv);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(contract[name].output.parse(json)).toEqual(json);
  });
});

describe('bad input, on a host', () => {
  const PREFIX_192 = `\\${'a'.repeat(95)}\\${'b'.repeat(95)}`;
  const SERVERCORE = 'mcr.microsoft.com/windows/servercore';

  let folder: string;
  let linuxMode: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'siloscope-'));
    linuxMode = join(folder, 'linux-mode.json');
    await writeFile(linuxMode, JSON.stringify({ name: 'linux-mode', engine: { mode: 'linux' } }));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['an unknown profile', 'default', ['launch', 'nope'], 2, 'not-found'],
    ['a taken drive letter', 'default', ['launch', 'memfs-disk', '--mount-point', 'C:'], 5, 'mount-point-in-use'],
    ['a prefix of one part', 'default', ['launch', 'memfs-network', '--unc-prefix', '\\x'], 2, 'invalid-input'],
    [
      'a prefix with two backslashes',
      'default',
      ['launch', 'memfs-network', '--unc-prefix', '\\\\a\\b'],
      2,
      'invalid-input',
    ],
    [
      'a prefix of 192 characters',
      'default',
      ['launch', 'memfs-network', '--unc-prefix', PREFIX_192],
      2,
      'invalid-input',
    ],
    [
      'a Nano Server image',
      'default',
      ['launch', 'memfs-disk', '--image', 'mcr.microsoft.com/windows/nanoserver:ltsc2025'],
      3,
      'base-image-incompatible',
    ],
    [
      'an image newer than the host',
      'server-2019',
      ['launch', 'memfs-disk', '--image', `${SERVERCORE}:ltsc2022`],
      3,
      'base-image-incompatible',
    ],
    ['hyperv isolation', 'default', ['launch', 'memfs-disk', '--isolation', 'hyperv'], 3, 'isolation-unsupported'],
    ['an FSD whose file is gone', 'fsd-missing', ['launch', 'memfs-disk'], 3, 'fsd-start-failed'],
    [
      'a stopped FSD that must not be started',
      'default',
      ['launch', 'memfs-disk', '--no-start-fsd'],
      3,
      'fsd-not-running',
    ],
    ['no WinFsp', 'nothing-works', ['launch', 'memfs-disk'], 3, 'winfsp-not-installed'],
    ['an engine in Linux mode', 'linux-mode', ['launch', 'memfs-disk'], 3, 'engine-wrong-mode'],
    ['a full disk', 'disk-full', ['launch', 'memfs-disk'], 3, 'disk-full'],
    [
      'a pull that breaks at layer 3',
      'pull-breaks',
      ['launch', 'memfs-disk', '--image', `${SERVERCORE}:ltsc2022`],
      5,
      'pull-failed',
    ],
    ['a pipe that refuses', 'engine-denied', ['list'], 4, 'access-denied'],
    ['a container that is not there', 'default', ['stop', 'nobody'], 2, 'not-found'],
    ['a namespace that is not there', 'default', ['namespace', '\\Nowhere'], 2, 'not-found'],
  ] as const)('ends with a decoded fault and leaves nothing behind: %s', async (_, scenario, argv, exitCode, code) => {
    const source = scenario === 'linux-mode' ? linuxMode : scenario;
    const sim = await simulation(source);
    const told = await sim.ranJson(...argv);
    const after = await sim.ranJson('list', '--all');
    await sim.end();
    expect(told).toEqual({
      exitCode,
      err: '',
      json: {
        fault: expect.objectContaining({ code }),
        words: expect.objectContaining({
          title: expect.stringMatching(/\w/),
          next: expect.stringMatching(/\w/),
        }),
      },
    });
    if (after.exitCode === 0) expect(after.json).toMatchObject({ fileSystems: [] });
  });

  it.each([
    ['a scenario that is not there', ['doctor', '--scenario', 'nope'], 2, 'not-found'],
    ['a scenario that is no JSON', ['doctor', '--scenario', 'package.json'], 2, 'malformed-scenario'],
    ['this machine, which is no Windows', ['doctor', '--host', 'local'], 4, 'host-unreachable'],
    ['a host over SSH', ['doctor', '--host', 'ssh://me@box'], 4, 'host-unreachable'],
    ['a connect address where nobody listens', ['doctor', '--connect', 'ws://127.0.0.1:1/#x'], 4, 'host-unreachable'],
  ] as const)('is told: %s', async (_, argv, exitCode, code) => {
    expect(await ranJson(...argv)).toMatchObject({ exitCode, json: { fault: { code } } });
  });
});

describe('a simulated host that is kept', () => {
  let sim: Simulation;
  beforeAll(async () => {
    sim = await simulation('default');
  });
  afterAll(async () => {
    await sim.end();
  });

  it('carries a file system from launch to stop over several commands', async () => {
    expect(await sim.ranJson('launch', 'memfs-network', '--name', 'one')).toMatchObject({ exitCode: 0 });
    expect(await sim.ranJson('launch', 'memfs-network', '--name', 'one')).toMatchObject({
      exitCode: 5,
      json: { fault: { code: 'name-in-use' } },
    });
    expect(await sim.ranJson('inspect', '--probe', '--canary')).toMatchObject({
      exitCode: 0,
      json: { volumes: [{ verdict: 'leaked', uncPrefix: '\\memfs\\share' }] },
    });
    expect(await sim.ranJson('stop', 'one')).toMatchObject({
      exitCode: 0,
      json: { container: 'one', removed: true, gone: [{ uncPrefix: '\\memfs\\share' }] },
    });
    expect(await sim.ranJson('list', '--all')).toMatchObject({ exitCode: 0, json: { fileSystems: [] } });
  });
});

describe('unloading the FSD', () => {
  it('wants every volume named that will be lost, then drops them', async () => {
    const sim = await simulation('winfsp-container-support');
    const blind = await sim.ranJson('fsd', 'unload');
    expect(blind).toMatchObject({ exitCode: 2, json: { fault: { code: 'invalid-input' } } });
    const { volumes } = Inspection.parse((await sim.ranJson('inspect')).json);
    const devices = volumes.map(volume => volume.device);
    const told = await sim.ranJson('fsd', 'unload', ...devices.flatMap(device => ['--accept', device]));
    expect({ exitCode: told.exitCode, lost: devices.length }).toEqual({ exitCode: 0, lost: 2 });
    expect(
      contract['fsd.unload'].output
        .parse(told.json)
        .lost.map(({ device }) => device)
        .sort(),
    ).toEqual(devices.sort());
    expect(await sim.ranJson('fsd')).toMatchObject({ exitCode: 0, json: { state: 'stopped' } });
    await sim.end();
  });
});

describe('Ctrl-C during a launch', () => {
  it('undoes what was made, ends with 130 and leaves nothing behind', async () => {
    const sim = await simulation('default');
    const io: CapturedIo = captureIo({
      columns: 100,
      onErr: text => {
        if (text.includes('downloading')) io.interrupt();
      },
    });
    const image = 'mcr.microsoft.com/windows/server:ltsc2025';
    const exitCode = await run(['launch', 'memfs-disk', '--image', image, '--connect', sim.connect], io, REAL_DOORS);
    expect({ exitCode, out: io.out() }).toEqual({ exitCode: 130, out: '' });
    expect(io.err()).toContain('Cancelled.');
    expect(await sim.ranJson('list', '--all')).toMatchObject({ json: { fileSystems: [] } });
    await sim.end();
  });
});

describe('a Docker endpoint that is taken', () => {
  it('is told with 4', async () => {
    const sim = await simulation('default');
    const told = await ranJson('sim', '--listen', sim.docker);
    await sim.end();
    expect(told).toMatchObject({ exitCode: 4, err: '', json: { fault: { code: 'cannot-listen' } } });
  });
});
