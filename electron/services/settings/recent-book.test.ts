import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MOST_RECENT, recentPlace, withRecentLaunch } from '../../../shared/domain/recent-launches.ts';
import { WORKSPACE_LABEL } from '../../../shared/domain/workspace.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';

let host: SimulatedServices;
beforeEach(async () => {
  host = await openSimulatedServices(await scenarioNamed('default'));
});
afterEach(() => host.dispose());

describe('recent launches', () => {
  it('are those that a person asked for, by a profile, and that worked', async () => {
    await host.call('filesystem.launch', { profile: 'memfs-network', name: 'first' });
    await host.call('filesystem.launch', { command: ['{winfsp}\\bin\\memfs-x64.exe', '-m', 'X:'], name: 'second' });
    await host.fault('filesystem.launch', { profile: 'rclone-disk' });
    await host.call('workspace.capture', { name: 'all' });
    const { launches } = await host.call('recent.list', {});
    expect(launches).toEqual([
      { at: expect.any(String), profile: 'memfs-network', mountPoint: 'Y:', uncPrefix: '\\memfs\\share' },
    ]);
  });

  it('are not what a workspace brings back', async () => {
    const item = { name: 'one', launch: { profile: 'memfs-disk' } };
    await host.call('workspace.save', { workspace: { name: 'everyday', items: [item] } });
    await host.call('workspace.start', { name: 'everyday' });
    const { fileSystems } = await host.call('filesystem.list', {});
    expect(fileSystems.map(({ container }) => container.labels[WORKSPACE_LABEL])).toEqual(['everyday']);
    expect((await host.call('recent.list', {})).launches).toEqual([]);
  });

  it('are few, newest first, and each place once', () => {
    const launch = fc.record({
      profile: fc.constantFrom('a', 'b', 'c', 'd'),
      mountPoint: fc.constantFrom('X:', 'y:', 'Z:'),
    });
    fc.assert(
      fc.property(fc.array(launch, { minLength: 1, maxLength: 40 }), launches => {
        const at = '2026-11-22T00:00:00.000Z';
        const kept = launches.reduce(
          (known, one) => withRecentLaunch(known, { ...one, at }),
          [] as ReturnType<typeof withRecentLaunch>,
        );
        expect(kept[0]).toMatchObject(launches.at(-1) ?? {});
        expect(kept.length).toBeLessThanOrEqual(MOST_RECENT);
        expect(new Set(kept.map(one => `${one.profile} ${one.mountPoint}`)).size).toBe(kept.length);
      }),
    );
  });

  it('say where, as far as it is known', () => {
    expect(recentPlace({ mountPoint: 'Y:', uncPrefix: '\\a\\b' })).toBe('Y:, \\\\a\\b');
    expect(recentPlace({})).toBe('');
  });
});
