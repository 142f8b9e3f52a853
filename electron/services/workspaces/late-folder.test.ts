import { expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../shared/base/clock.ts';
import { Scenario } from '../../hosts/simulated/scenario/schema.ts';
import { createSimulatedHost } from '../../hosts/simulated/simulated-host.ts';
import { createServices } from '../services.ts';
import { type Files, memoryFiles } from '../settings/files.ts';
import { Preferences } from '../settings/preferences.ts';
import { GOOD_HOST } from '../testing/simulated-services.ts';

const WORKSPACE = { name: 'everyday', items: [{ name: 'scratch', launch: { profile: 'memfs-disk' } }] };

it('a workspace is kept as soon as the folder that tells of it is there, though it comes after Siloscope', async () => {
  const clock = new ManualClock(systemClock.now());
  const host = await createSimulatedHost({ scenario: Scenario.parse(GOOD_HOST), clock });
  const disk = memoryFiles(
    new Map([
      ['workspaces.json', JSON.stringify({ workspaces: [WORKSPACE], kept: { [`${host.id}:test`]: [WORKSPACE.name] } })],
    ]),
  );
  let isThere = false;
  const files: Files = {
    ...disk,
    read: name => (isThere ? disk.read(name) : Promise.reject(new Error('EIO: i/o error'))),
  };
  const preferences = new Preferences(clock, files);
  const services = createServices(host, { clock, preferences, simulated: { scenario: 'test' }, keepsWorkspaces: true });
  services.start(() => undefined);
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const isRunning = async (): Promise<boolean> => {
    clock.advance(500);
    const { workspaces } = await services.handlers['workspace.list']({ look: false }, context);
    return workspaces[0]?.items[0]?.state === 'running';
  };
  await expect(isRunning()).rejects.toThrow();
  isThere = true;
  await expect.poll(isRunning, { timeout: 15_000, interval: 5 }).toBe(true);
  await services.dispose();
  await host.dispose();
});
