import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { diskFiles } from '../../services/settings/files.ts';
import { Preferences } from '../../services/settings/preferences.ts';
import { type WatchedSettings, watchSettings } from './watch-settings.ts';

const WAIT = { timeout: 5_000, interval: 20 };

let folder: string;
let here: Preferences;
let elsewhere: Preferences;
let watching: WatchedSettings;
let told: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-settings-'));
  const files = diskFiles(folder, systemClock);
  here = new Preferences(systemClock, files);
  elsewhere = new Preferences(systemClock, diskFiles(folder, systemClock));
  told = [];
  here.onChanged(what => told.push(what));
  watching = watchSettings(folder, systemClock, files, here);
  await watching.ready;
});
afterEach(async () => {
  watching.dispose();
  await rm(folder, { recursive: true, force: true });
});

describe('settings that several processes share', () => {
  it('are told of once when another one changes them', async () => {
    await elsewhere.write({ appearance: { theme: 'dark' } });
    await expect.poll(() => told, WAIT).toEqual(['settings']);
    expect((await here.settings()).appearance.theme).toBe('dark');
  });

  it('are told of by kind, an edit by hand as well', async () => {
    const { policy } = await here.policy();
    await writeFile(join(folder, 'policy.json'), JSON.stringify(policy));
    await expect.poll(() => told, WAIT).toEqual(['policy']);
  });

  it('are told of once when they are changed here, and again when they are changed elsewhere', async () => {
    await here.write({ appearance: { theme: 'dark' } });
    await elsewhere.savePolicy((await here.policy()).policy);
    await expect.poll(() => told, WAIT).toEqual(['settings', 'policy']);
    await elsewhere.write({ appearance: { theme: 'light' } });
    await expect.poll(() => told, WAIT).toEqual(['settings', 'policy', 'settings']);
  });
});
