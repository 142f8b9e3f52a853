import { afterEach, describe, expect, it } from 'vitest';
import {
  openSimulatedServices,
  SERVERCORE,
  type SimulatedServices,
  scenarioNamed,
} from '../testing/simulated-services.ts';

let open: SimulatedServices;
afterEach(() => open.dispose());

async function on(scenario: string) {
  open = await openSimulatedServices(await scenarioNamed(scenario));
  const inspection = await open.call('inspection.take', {});
  const labels = new Map(inspection.namespaces.map(({ id, label }) => [id, label]));
  const volume = (mountPoint: string): string =>
    inspection.volumes.find(({ mountPoints }) => mountPoints.includes(mountPoint))?.device ?? '';
  const id = (label: string): string => [...labels].find(([, known]) => known === label)?.[0] ?? label;
  const cells = (told: readonly { namespace: string; visible: string; evidence: { rank: string } }[]) =>
    Object.fromEntries(
      told.map(({ namespace, visible, evidence }) => [labels.get(namespace), `${visible} ${evidence.rank}`]),
    );
  return { volume, id, cells, call: open.call };
}

describe('one volume, looked at', () => {
  it.each([false, true])('from everywhere, canary %s', async canary => {
    const { volume, cells, call } = await on('winfsp-container-support');
    const rank = canary ? 'canary' : 'probe';
    const leaky = await call('volume.look', { device: volume('Y:'), canary, plainUnc: false });
    expect(cells(leaky.cells)).toMatchObject({ host: `yes ${rank}`, 'memfs-disk': `yes ${rank}` });
    expect(leaky.chain.find(({ code }) => code === 'canary-read-back')?.holds).toBe(canary ? 'yes' : 'not-tested');
    const private_ = await call('volume.look', { device: volume('Z:'), canary, plainUnc: false });
    expect(cells(private_.cells)).toMatchObject({ host: 'no probe', 'memfs-network': 'no probe' });
    expect([leaky.gaps, private_.gaps]).toEqual([[], []]);
  });

  it('from one namespace, which alone is told of', async () => {
    const { volume, id, cells, call } = await on('winfsp-container-support');
    const namespace = id('memfs-disk');
    const look = await call('volume.look', { device: volume('Y:'), namespace, canary: true, plainUnc: false });
    expect(cells(look.cells)).toEqual({ 'memfs-disk': 'yes canary' });
    expect(open.host.networkLog()).toEqual([]);
  });

  it('with its services watching, asks no other silo', async () => {
    const { volume, cells, call } = await on('winfsp-container-support');
    open.services.start(() => undefined);
    await expect.poll(async () => (await call('journal.read', {})).entries.length).toBeGreaterThan(3);
    const look = await call('volume.look', { device: volume('Y:'), namespace: 'host', canary: false, plainUnc: true });
    expect(cells(look.cells)).toEqual({ host: 'yes probe' });
  });

  it('that hangs is said to, and does not hang its reader', async () => {
    const { volume, id, cells, call } = await on('hanging-file-system');
    const look = await call('volume.look', { device: volume('X:'), canary: true, plainUnc: false });
    expect(cells(look.cells)['host']).toBe('unknown probe');
    expect(look.gaps.map(({ namespace, reason }) => [namespace, reason])).toContainEqual([
      look.cells.find(({ because }) => because === 'its-own-namespace')?.namespace ?? id('host'),
      'it does not answer at home',
    ]);
  });

  it('that is read-only is probed, and the missing token is said', async () => {
    const hubfs = '"C:\\hubfs\\hubfs.exe" -readonly -o VolumePrefix=\\hubfs\\share github.com H:';
    open = await openSimulatedServices({
      winfsp: { fsd: 'running' },
      images: [
        {
          reference: SERVERCORE,
          base: 'servercore',
          osVersion: '10.0.26100.4652',
          files: { 'C:\\hubfs\\hubfs.exe': 'program:hubfs' },
        },
      ],
      containers: [
        {
          name: 'hub',
          image: SERVERCORE,
          environment: { PATH: 'C:\\Program Files (x86)\\WinFsp\\bin;C:\\Windows\\System32' },
          fileSystems: [{ commandLine: hubfs }],
        },
      ],
    });
    const { call } = open;
    const [volume] = (await call('inspection.take', {})).volumes;
    const look = await call('volume.look', { device: volume?.device ?? '', canary: true, plainUnc: false });
    expect(look.cells.find(({ namespace }) => namespace === 'host')).toMatchObject({
      visible: 'yes',
      evidence: { rank: 'probe' },
    });
    expect(look.chain.find(({ code }) => code === 'canary-read-back')?.holds).toBe('not-tested');
    expect(look.gaps).toEqual([
      {
        namespace: volume?.home,
        what: 'canary in \\hubfs\\share',
        reason: expect.stringContaining('could not be written'),
      },
    ]);
  });

  it.each([
    ['Y:', 'mup-is-shared', 'yes namespace', []],
    ['Y:', 'provider-carries-guid', 'yes namespace', []],
    ['Y:', 'listed-in-silo-only', 'yes inventory', []],
    ['Y:', 'opened-through-provider', 'yes probe', ['host']],
    ['Y:', 'canary-read-back', 'yes canary', ['host']],
    ['Z:', 'device-is-private', 'yes namespace', []],
    ['Z:', 'listed-in-silo-only', 'yes inventory', []],
    ['Z:', 'in-no-other-namespace', 'yes namespace', []],
    ['Z:', 'closed-from-outside', 'yes probe', ['host']],
  ] as const)('%s: one step of its chain alone, %s', async (mountPoint, step, expected, from) => {
    const { volume, cells, call } = await on('winfsp-container-support');
    const { chain, ...look } = await call('volume.look', { device: volume(mountPoint), step });
    expect(chain.map(({ code, holds, evidence }) => [code, `${holds} ${evidence.rank}`])).toEqual([[step, expected]]);
    expect(Object.keys(cells(look.cells))).toEqual(from);
    expect([chain[0]?.evidence.at, chain[0]?.evidence.detail]).toEqual([expect.any(String), expect.any(String)]);
    expect(open.host.networkLog()).toEqual([]);
  });

  it('refuses a step of the other kind of chain', async () => {
    const { volume } = await on('winfsp-container-support');
    expect(await open.fault('volume.look', { device: volume('Z:'), step: 'mup-is-shared' })).toMatchObject({
      code: 'not-found',
      what: 'step of a disk volume',
    });
  });

  it.each([
    [{ device: '\\Device\\Volume{00000000-0000-0000-0000-000000000000}' }, 'volume'],
    [{ device: 'Y:', namespace: 'silo:1' }, 'namespace'],
  ])('is refused when there is no such thing: %o', async (asked, what) => {
    await on('winfsp-container-support');
    expect(await open.fault('volume.look', { ...asked, canary: false, plainUnc: false })).toMatchObject({
      code: 'not-found',
      what,
    });
  });
});
