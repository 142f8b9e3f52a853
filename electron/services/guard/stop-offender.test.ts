import { afterEach, expect, it } from 'vitest';
import type { GuardAct } from '../../../shared/domain/guard.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';

const TOOLBOX = 'registry.example.com/platform/filesystems:ltsc2025';
const WAIT = { timeout: 20_000, interval: 20 };

let host: SimulatedServices;
const watch = new AbortController();
afterEach(async () => {
  watch.abort();
  await host.dispose();
});

it('stops an offender of the user’s own profile only once it has written what it holds', async () => {
  const rclone = BUILT_IN_PROFILES.find(({ name }) => name === 'rclone-network');
  if (rclone === undefined) throw new Error('no profile rclone-network');
  const command = [...rclone.command, '--vfs-cache-mode', 'writes', '--vfs-write-back', '2s'];
  host = await openSimulatedServices(await scenarioNamed('default'));
  host.services.start(() => undefined);
  await host.call('profile.save', { profile: { ...rclone, name: 'my-cloud', command } });
  await host.call('filesystem.launch', { profile: 'my-cloud', image: TOOLBOX, name: 'cloud' });
  const written = await host.call('terminal.open', {
    id: '6f1d3c1e-8a55-4f0e-9f0d-2f1f0e6b7a12',
    container: 'cloud',
    command: ['cmd.exe', '/c', 'echo precious> Y:\\draft.txt'],
    rows: 24,
    columns: 80,
  });
  expect(written.exitCode).toBe(0);

  let acts: readonly GuardAct[] = [];
  const watching = host.call(
    'policy.watch',
    { mode: 'stop', policy: { name: 'strict', rules: [] }, includeRunning: true },
    {
      signal: watch.signal,
      onProgress: told => {
        acts = told.acts;
      },
    },
  );
  const stopped = (): GuardAct | undefined =>
    acts.find(({ what, subject }) => what === 'stopped' && subject === 'cloud');
  await expect.poll(stopped, WAIT).toBeDefined();
  expect(stopped()?.notes).toEqual(
    expect.arrayContaining(['waiting for 1 upload', 'every upload is done', 'rclone.exe asked to end']),
  );
  watch.abort();
  await watching;
});
