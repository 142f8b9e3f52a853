import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { memoryFiles } from '../settings/files.ts';
import { Preferences } from '../settings/preferences.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

const WAIT = { timeout: 10_000, interval: 20 };

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

describe('a guard whose policy a newer version wrote', () => {
  it('stops nobody, refuses what it was to judge, and says why', async () => {
    const kept = new Map([
      ['settings.json', JSON.stringify({ guard: { mode: 'stop', includeRunning: true } })],
      ['policy.json', JSON.stringify({ name: 'p', rules: [{ allow: true, via: 'smb' }], writtenBy: '9.0.0' })],
    ]);
    const preferences = new Preferences(systemClock, memoryFiles(kept), [], '0.1.0');
    open = await openSimulatedServices(
      {
        winfsp: { fsd: 'running' },
        images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
        containers: [
          {
            name: 'loud',
            image: SERVERCORE,
            state: 'running',
            fileSystems: [{ commandLine: '"{winfsp}\\bin\\memfs-x64.exe" -i -m Y: -u \\loud\\share' }],
          },
        ],
      },
      { preferences },
    );
    const { call, services } = open;
    services.start(() => undefined);
    await expect
      .poll(async () => (await call('guard.read', {})).guards[0]?.trouble, WAIT)
      .toMatchObject({ what: 'failed', reason: 'kept-file-not-read' });
    expect(await open.fault('filesystem.launch', { profile: 'memfs-disk' })).toMatchObject({
      code: 'kept-file-not-read',
      writtenBy: '9.0.0',
    });
    expect((await call('launch.plan', { profile: 'memfs-disk' })).warnings).toContainEqual(
      'The guard would refuse this launch. policy.json was written by a newer Siloscope, 9.0.0.',
    );
    const { fileSystems } = await call('filesystem.list', {});
    expect(fileSystems.map(({ container, state }) => [container.name, state])).toEqual([['loud', 'running']]);
    // Switched off, it is in nobody's way.
    await call('settings.write', { guard: { mode: 'off', includeRunning: false } });
    await expect.poll(async () => (await call('guard.read', {})).guards, WAIT).toEqual([]);
    expect((await call('filesystem.launch', { profile: 'memfs-disk' })).volumes).toHaveLength(1);
  });
});
