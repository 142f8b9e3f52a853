import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diskFiles } from '../../electron/services/settings/files.ts';
import { Preferences } from '../../electron/services/settings/preferences.ts';
import { renameOver } from '../../electron/services/settings/replace-file.ts';
import { ManualClock, systemClock } from '../../shared/base/clock.ts';
import { faultOf } from '../../shared/contract/fault.ts';

const holder = fileURLToPath(new URL('./hold-file.ts', import.meta.url));

let folder: string;
let holding: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-open-'));
});
afterEach(async () => {
  holding?.kill('SIGKILL');
  holding = undefined;
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

const until = async (there: () => boolean): Promise<void> => {
  await expect.poll(there, { interval: 20 }).toBe(true);
};

/** Another process has the file open. `letGo` resolves once it has not. */
async function held(file: string): Promise<{ readonly letGo: () => Promise<void> }> {
  const mark = join(folder, 'held');
  const release = join(folder, 'release');
  const child = spawn(process.execPath, [holder, file, mark, release], { stdio: 'ignore' });
  holding = child;
  const ended = new Promise<void>(resolve => void child.once('exit', () => resolve()));
  await until(() => existsSync(mark));
  return {
    letGo: () => {
      writeFileSync(release, '');
      return ended;
    },
  };
}

describe('a kept file that another program has open', () => {
  it('cannot be renamed over, as Windows says it, and is once the other lets go', async () => {
    const file = join(folder, 'settings.json');
    const beside = join(folder, 'beside');
    await writeFile(file, 'old');
    await writeFile(beside, 'new');
    const { letGo } = await held(file);
    const refused: unknown[] = [];
    const clock = new ManualClock();
    await renameOver(beside, file, clock, async (from, to) => {
      try {
        await rename(from, to);
      } catch (error) {
        refused.push(error instanceof Error && 'code' in error ? error.code : error);
        await letGo();
        // The pause of the ladder, which nobody has to wait for here.
        queueMicrotask(() => queueMicrotask(() => clock.advance(10)));
        throw error;
      }
    });
    expect(refused).toEqual([expect.stringMatching(/^(EPERM|EACCES|EBUSY)$/)]);
    expect(await readFile(file, 'utf8')).toBe('new');
  });

  it('is a fault while it stays open, as it was, with nothing beside it; and is saved afterwards', async () => {
    const preferences = new Preferences(systemClock, diskFiles(folder, systemClock));
    await preferences.write({ startHidden: true });
    const { letGo } = await held(join(folder, 'settings.json'));
    const fault = await preferences.write({ startHidden: false }).then(() => undefined, faultOf);
    expect(fault).toMatchObject({
      code: 'access-denied',
      what: expect.stringContaining('settings.json'),
      perhapsOpen: true,
    });
    expect((await preferences.settings()).startHidden).toBe(true);
    expect((await readdir(folder)).filter(name => name.includes('.new-'))).toEqual([]);
    await letGo();
    await preferences.write({ startHidden: false });
    expect((await preferences.settings()).startHidden).toBe(false);
    expect(await preferences.notices()).toEqual([]);
  });
});
