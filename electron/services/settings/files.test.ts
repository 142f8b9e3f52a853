import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { FaultError } from '../../../shared/contract/fault.ts';
import { diskFiles } from './files.ts';
import { Preferences } from './preferences.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'siloscope-home-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const faultOf = (done: Promise<unknown>): Promise<unknown> =>
  done.then(
    () => 'done',
    (caught: unknown) => (caught instanceof FaultError ? caught.fault : caught),
  );

describe('a home of what is kept', () => {
  it.each([
    ['a file', ['passwd']],
    ['a folder in a file', ['passwd', 'deep']],
  ])('that is %s is told as that, to who reads and to who writes, and nothing is made', async (_, parts) => {
    writeFileSync(join(root, 'passwd'), 'root:x:0:0');
    const home = join(root, ...parts);
    const preferences = new Preferences(systemClock, diskFiles(home, systemClock));
    const fault = { code: 'place-unusable', path: home, at: join(root, 'passwd'), because: 'not-a-folder' };
    // Windows says of a file below a file that it is not there.
    if (process.platform !== 'win32') expect(await faultOf(preferences.settings())).toMatchObject(fault);
    expect(await faultOf(preferences.write({ appearance: { theme: 'dark' } }))).toMatchObject(fault);
    expect(readdirSync(root)).toEqual(['passwd']);
  });

  it.skipIf(process.platform === 'win32')(
    'below a link that leads in a circle is told as that, by who reads, too',
    async () => {
      const circle = join(root, 'circle');
      symlinkSync(circle, circle);
      const preferences = new Preferences(systemClock, diskFiles(join(circle, 'deep'), systemClock));
      const fault = { code: 'place-unusable', path: join(circle, 'deep'), at: circle, because: 'link-circle' };
      expect(await faultOf(preferences.settings())).toMatchObject(fault);
      expect(await faultOf(preferences.write({ startHidden: true }))).toMatchObject(fault);
    },
  );

  it('is made with what stands above it at the first write', async () => {
    const home = join(root, 'a', 'b');
    const preferences = new Preferences(systemClock, diskFiles(home, systemClock));
    expect(await faultOf(preferences.settings())).toBe('done');
    expect(readdirSync(root)).toEqual([]);
    await preferences.write({ appearance: { theme: 'dark' } });
    expect(readdirSync(home)).toContain('settings.json');
  });
});
