import { afterEach, describe, expect, it } from 'vitest';
import type { Profile, StopRung } from '../../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';

const TOOLBOX = 'registry.example.com/platform/filesystems:ltsc2025';

let host: SimulatedServices;
afterEach(() => host.dispose());

/** A profile whose program is asked in that way what it has not written. */
async function profileWith(command: readonly string[] | undefined, mode = 'writes'): Promise<Profile> {
  const rclone = BUILT_IN_PROFILES.find(({ name }) => name === 'rclone-disk');
  if (rclone === undefined) throw new Error('no profile rclone-disk');
  const wait: StopRung[] =
    command === undefined ? [] : [{ kind: 'wait', command: [...command], counts: ['left'], what: 'upload' }];
  const cached = [...rclone.command, '--vfs-cache-mode', mode];
  return { ...rclone, name: 'my-cloud', command: cached, stop: wait };
}

/** Launches, and gives it up once its volume was seen. Answers what was told of the container. */
async function giveUpLate(profile: Profile): Promise<string[]> {
  host = await openSimulatedServices(await scenarioNamed('default'));
  await host.call('profile.save', { profile });
  const given = new AbortController();
  const notes: string[] = [];
  const launched = host.call(
    'filesystem.launch',
    { profile: profile.name, image: TOOLBOX, name: 'cloud' },
    {
      signal: given.signal,
      onProgress: ({ step, state, note }) => {
        if (step === 'listing') given.abort();
        if (step === 'container' && state !== 'started' && state !== 'done') notes.push(`${state}: ${note}`);
      },
    },
  );
  await expect(launched).rejects.toMatchObject({ fault: { code: 'cancelled' } });
  return notes;
}

describe('a launch that fails when its volume is there already', () => {
  it.each<[string, readonly string[] | undefined, string, readonly string[], string?]>([
    [
      'leaves it, stopped, where it cannot be asked what it has taken',
      ['cmd.exe', '/c', 'exit', '1'],
      'undone: cloud stopped and kept: it may hold what was not written',
      ['exited'],
    ],
    [
      'takes it back where its program says that all is written',
      ['cmd.exe', '/c', 'echo', '{}'],
      'undone: cloud removed',
      [],
    ],
    ['takes it back where its program writes at once', undefined, 'undone: cloud removed', [], 'off'],
    [
      'leaves it, stopped, where it has a cache of writes for which nothing waits',
      undefined,
      'undone: cloud stopped and kept: it may hold what was not written',
      ['exited'],
    ],
    [
      'takes it back where it has no cache of writes, whatever it can be asked',
      ['cmd.exe', '/c', 'exit', '1'],
      'undone: cloud removed',
      [],
      'off',
    ],
  ])('%s', async (_, command, told, states, mode) => {
    expect(await giveUpLate(await profileWith(command, mode))).toEqual([told]);
    const { fileSystems } = await host.call('filesystem.list', { all: true });
    expect(fileSystems.filter(({ container }) => container.name === 'cloud').map(({ state }) => state)).toEqual(states);
  });
});
