import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';

/** Server Core with every file system that has a profile, in the registry of the default scenario. */
const TOOLBOX = 'registry.example.com/platform/filesystems:ltsc2025';
const OTHERS = BUILT_IN_PROFILES.filter(({ needs }) => needs !== undefined);

let host: SimulatedServices;
beforeEach(async () => {
  host = await openSimulatedServices(await scenarioNamed('default'));
});
afterEach(() => host.dispose());

describe('every profile that comes along', () => {
  it.each(BUILT_IN_PROFILES)(
    '$name brings the volume that it promises',
    async ({ name, kind, defaults }) => {
      const { plan, volumes, listing } = await host.call('filesystem.launch', { profile: name, image: TOOLBOX });
      expect(volumes.map(volume => [volume.kind, volume.mountPoints, volume.uncPrefix])).toEqual([
        [kind, [defaults.mountPoint], kind === 'network' ? defaults.uncPrefix : undefined],
      ]);
      expect(listing.path).toBe(`${defaults.mountPoint}\\`);
      expect(plan.kind).toBe(kind);
    },
    60_000,
  );

  it.each(OTHERS)(
    '$name says so when its program is not in the image, and which recipe puts it there',
    async ({ name }) => {
      expect(await host.fault('filesystem.launch', { profile: name })).toMatchObject({
        code: 'engine-refused',
        decoded: {
          cause: 'The program to run is not in the image.',
          fix: expect.stringContaining(`siloscope images build ${name}`),
        },
      });
      expect((await host.call('filesystem.list', { all: true })).fileSystems).toEqual([]);
    },
  );

  it.each([
    ['siloscope/rclone:ltsc2025', 'image-not-built'],
    // Its name says whose registry is asked.
    ['registry.example.com/siloscope/rclone:ltsc2025', 'pull-failed'],
  ])('has nobody asked for what its own recipe makes: %s ends with %s', async (image, code) => {
    const fault = await host.fault('filesystem.launch', { profile: 'rclone-network', image });
    expect(fault).toMatchObject({ code, image });
    if (code === 'image-not-built') {
      expect(fault).toMatchObject({ profile: 'rclone-network' });
      // One that a person fetches on purpose is theirs to trust.
      expect(await host.fault('filesystem.launch', { profile: 'rclone-network', image, pull: 'always' })).toMatchObject(
        {
          code: 'pull-failed',
        },
      );
      expect(await host.fault('launch.plan', { command: ['C:\\rclone\\rclone.exe'], image })).toMatchObject({ code });
    }
  });

  it('hands its variables to container and plan; those that were asked for come on top', async () => {
    const path = { Path: 'C:\\own' };
    const plan = await host.call('launch.plan', { profile: 'rclone-disk', image: TOOLBOX });
    expect(plan.environment?.['PATH']).toMatch(/^C:\\Program Files \(x86\)\\WinFsp\\bin;C:\\Windows\\system32;/);
    expect(plan.dockerRun).toContain('-e "PATH=C:\\Program Files (x86)\\WinFsp\\bin;');
    const own = await host.call('launch.plan', { profile: 'rclone-disk', image: TOOLBOX, environment: path });
    expect(own.dockerRun).toContain('-e Path=C:\\own');
    expect(own.dockerRun).not.toContain('PATH=');
  });
});

describe('the prediction of a launch', () => {
  it('knows who has the first part of its name already: then nobody can say whose the name will be', async () => {
    await host.call('filesystem.launch', { profile: 'memfs-network', name: 'first' });
    const same = await host.call('launch.plan', { profile: 'memfs-network', uncPrefix: '\\memfs\\other' });
    expect(same.predicted.map(({ namespace, because, through }) => [namespace, because, through])).toEqual([
      ['host', 'class-claimed-by-another', []],
      [expect.stringMatching(/^silo:/), 'class-claimed-by-another', []],
    ]);
    const free = await host.call('launch.plan', { profile: 'memfs-network' });
    expect(free.predicted[0]).toMatchObject({
      because: 'shared-mup',
      through: [{ kind: 'unc', path: '\\\\memfs-2\\share', evidence: { rank: 'rule', ground: 'documented' } }],
    });
  });
});
