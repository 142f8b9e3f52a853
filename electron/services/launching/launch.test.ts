import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import type { LaunchProgress } from '../../../shared/domain/launch.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { servicesOn } from '../testing/services-on.ts';
import { GOOD_HOST, SERVERCORE } from '../testing/simulated-services.ts';
import { leftBehind } from './testing/left-behind.ts';

const WINFSP = 'C:\\Program Files (x86)\\WinFsp';
const steps = (told: readonly LaunchProgress[]): string[] =>
  told.filter(one => one.pull === undefined).map(({ step, state }) => `${step} ${state}`);

describe('launching memfs as a network file system', () => {
  it('starts the FSD, makes a process-isolated container, awaits the volume and lists it', async () => {
    const host = await servicesOn(GOOD_HOST);
    const told: LaunchProgress[] = [];
    const launched = await host.call(
      'filesystem.launch',
      { profile: 'memfs-network' },
      { onProgress: one => told.push(one) },
    );
    expect(steps(told)).toEqual([
      'preflight started',
      'preflight done',
      'fsd started',
      'fsd done',
      'image started',
      'image skipped',
      'container started',
      'container done',
      'start started',
      'start done',
      'volume started',
      'volume done',
      'listing started',
      'listing done',
    ]);
    expect(launched.plan).toMatchObject({
      name: 'memfs-network',
      image: SERVERCORE,
      isolation: 'process',
      command: [`${WINFSP}\\bin\\memfs-x64.exe`, '-i', '-F', 'NTFS', '-m', 'Y:', '-u', '\\memfs\\share'],
      kind: 'network',
      binds: [`${WINFSP}:${WINFSP}:ro`],
      warnings: [],
    });
    expect(launched.container).toMatchObject({ name: 'memfs-network', isolation: 'process', managed: true });
    expect(launched.volumes).toMatchObject([{ kind: 'network', uncPrefix: '\\memfs\\share', mountPoints: ['Y:'] }]);
    expect(launched.listing.path).toBe('Y:\\');
    expect(launched.listing.output).toContain('Directory of Y:\\');
  });

  it('of a program that nobody knows promises neither a disk nor that nobody sees it', async () => {
    const host = await servicesOn(GOOD_HOST);
    const plan = await host.call('launch.plan', { command: ['C:\\tools\\myfs.exe', '-m', 'X:', '-u', '\\my\\data'] });
    expect(plan.kind).toBeUndefined();
    expect(plan.dockerRun).not.toContain('dev.siloscope.kind');
    expect(plan.predicted.map(({ namespace, visible, because }) => [namespace, visible, because])).toEqual([
      ['host', 'unknown', 'program-unknown'],
    ]);
    expect(plan.warnings).toEqual([
      expect.stringContaining('shows only once it is mounted'),
      expect.stringContaining('cannot be told'),
    ]);
  });

  it('names the silo as an inspection does', async () => {
    const host = await servicesOn(GOOD_HOST);
    const launched = await host.call('filesystem.launch', { profile: 'memfs-network' });
    const inspection = await host.call('inspection.take', {});
    expect(inspection.volumes.map(({ device, home, provider }) => ({ device, home, provider }))).toEqual(
      launched.volumes.map(({ device, home, provider }) => ({ device, home, provider })),
    );
  });

  it('gives way to a prefix that is taken when the prefix is only the default', async () => {
    const host = await servicesOn(GOOD_HOST);
    await host.call('filesystem.launch', { profile: 'memfs-network' });
    const second = await host.call('filesystem.launch', { profile: 'memfs-network' });
    expect(second.plan).toMatchObject({ name: 'memfs-network-2', uncPrefix: '\\memfs-2\\share' });
    expect(second.plan.warnings).toEqual([
      '\\memfs\\share would collide with \\memfs\\share of memfs-network; \\memfs-2\\share is used.',
    ]);
  });

  it('finds its command, its mount point and its image in the plan without making anything', async () => {
    const host = await servicesOn(GOOD_HOST);
    const plan = await host.call('launch.plan', { profile: 'memfs-disk', mountPoint: 'X:', name: 'mine' });
    expect(plan).toMatchObject({ name: 'mine', kind: 'disk', mountPoint: 'X:', image: SERVERCORE });
    expect(plan.dockerRun).toContain('docker run -d --isolation process --name mine');
    expect(plan.predicted).toMatchObject([
      { namespace: 'host', visible: 'no', because: 'disk-stays-in-its-namespace' },
    ]);
    expect(await host.call('filesystem.list', { all: true })).toMatchObject({ fileSystems: [] });
  });
});

describe('an image that is not local', () => {
  const remote: ScenarioInput = {
    registry: [
      { reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652', layers: 3, sizeBytes: 30_000_000 },
    ],
  };

  it('is pulled with progress that never falls', async () => {
    const host = await servicesOn(remote);
    const fractions: number[] = [];
    await host.call(
      'filesystem.launch',
      { profile: 'memfs-disk' },
      { onProgress: ({ pull }) => pull && fractions.push(pull.fraction) },
    );
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.length).toBeGreaterThan(5);
  });

  it('is refused with --pull never', async () => {
    const host = await servicesOn(remote);
    expect(await host.fault('filesystem.launch', { profile: 'memfs-disk', pull: 'never' })).toEqual({
      code: 'not-found',
      what: 'image',
      name: SERVERCORE,
    });
  });
});

describe('a launch that is cancelled', () => {
  it.each(['preflight', 'fsd', 'container', 'start', 'volume', 'listing'])(
    'at step %s leaves nothing behind',
    async step => {
      const host = await servicesOn(GOOD_HOST);
      const abort = new AbortController();
      const told: LaunchProgress[] = [];
      const launched = host.call(
        'filesystem.launch',
        { profile: 'memfs-disk' },
        {
          signal: abort.signal,
          onProgress: one => {
            told.push(one);
            if (one.step === step && one.state === 'started') abort.abort();
          },
        },
      );
      await expect(launched).rejects.toMatchObject({ fault: { code: 'cancelled' } });
      await expect.poll(() => host.call('filesystem.list', { all: true })).toMatchObject({ fileSystems: [] });
    },
  );

  it('in the middle of a pull leaves nothing behind and pulls no further', async () => {
    const registry = [
      { reference: SERVERCORE, base: 'servercore' as const, osVersion: '10.0.26100.4652', sizeBytes: 3_000_000_000 },
    ];
    const host = await servicesOn({ registry, engine: { downloadBytesPerSecond: 500_000_000 } });
    const abort = new AbortController();
    const pulled = host.call(
      'filesystem.launch',
      { profile: 'memfs-disk' },
      { signal: abort.signal, onProgress: ({ pull }) => pull !== undefined && pull.fraction > 0.02 && abort.abort() },
    );
    await expect(pulled).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(await leftBehind(host)).toEqual([]);
  });
});

describe('a launch whose engine goes away in the middle', () => {
  it('ends with a fault that says so, and nothing of it comes back', async () => {
    // In real time: elsewhere the whole wait would be over before the engine goes.
    const host = await servicesOn(
      { ...GOOD_HOST, faults: [{ kind: 'exec-hangs', command: 'fsptool' }] },
      { clock: systemClock },
    );
    const launched = host.call('filesystem.launch', { profile: 'memfs-disk', waitMs: 60_000 });
    const fault = launched.then(
      () => undefined,
      (error: unknown) => faultOf(error),
    );
    await expect.poll(() => host.host.machine.computeSystems().length).toBe(1);
    await host.host.engine.restart(50);
    expect((await fault)?.code).toMatch(/^(engine-unreachable|engine-refused|not-found|timed-out|file-system-ended)$/);
    await expect.poll(() => host.host.machine.computeSystems().length).toBe(0);
  });
});
