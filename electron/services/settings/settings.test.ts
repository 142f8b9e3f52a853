import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../shared/base/clock.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { GOOD_HOST, openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';
import { diskFiles, type Files, memoryFiles } from './files.ts';
import { Preferences } from './preferences.ts';

const OWN: Profile = {
  name: 'my-memfs',
  title: 'memfs of mine',
  description: 'A disk of 64 MiB.',
  command: ['{winfsp}\\bin\\memfs-x64.exe', '-i', '-m', '{mountPoint}', '-s', '67108864'],
  kind: 'disk',
  defaults: { mountPoint: 'M:' },
};

let open: SimulatedServices | undefined;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'siloscope-settings-'));
});
afterEach(async () => {
  await open?.dispose();
  open = undefined;
  await rm(folder, { recursive: true });
});

describe('settings', () => {
  it('have a default each, and only what is said changes', async () => {
    const files = diskFiles(join(folder, 'deep', 'er'), systemClock);
    const preferences = new Preferences(systemClock, files);
    expect(await preferences.settings()).toEqual({
      appearance: { theme: 'system' },
      startHidden: false,
      closeToTray: true,
      autostart: false,
      updates: 'stable',
      hosts: [],
      guard: { mode: 'off', includeRunning: false },
      hintsSeen: [],
    });
    await preferences.write({ appearance: { theme: 'dark' } });
    await preferences.write({ hosts: [{ id: 'ssh://me@build-7', title: 'Build 7' }] });
    const again = await new Preferences(systemClock, files).settings();
    expect([again.appearance.theme, again.hosts, again.closeToTray]).toEqual([
      'dark',
      [{ id: 'ssh://me@build-7', title: 'Build 7' }],
      true,
    ]);
  });

  it('are a file that people can read and edit, and nothing else is left beside it', async () => {
    await new Preferences(systemClock, diskFiles(folder, systemClock)).write({ autostart: true });
    expect(await readFile(join(folder, 'settings.json'), 'utf8')).toContain('\n  "autostart": true,\n');
    await writeFile(join(folder, 'settings.json'), '\uFEFF{ "startHidden": true }');
    expect(await new Preferences(systemClock, diskFiles(folder, systemClock)).settings()).toMatchObject({
      startHidden: true,
    });
    expect((await readdir(folder)).toSorted((one, other) => one.localeCompare(other))).toEqual([
      'lock',
      'settings.json',
      'settings.json.last',
    ]);
  });

  it('and profiles that two programs change at once are all kept', async () => {
    const open = () => new Preferences(systemClock, diskFiles(folder, systemClock));
    const [one, other] = [open(), open()];
    const wanted = Array.from({ length: 12 }, (_, turn) => `mine-${turn}`);
    await Promise.all(wanted.map((name, turn) => (turn % 2 === 0 ? one : other).saveProfile({ ...OWN, name })));
    const kept = (await open().profiles()).filter(({ origin }) => origin === 'user');
    expect(kept.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
  });

  it('that are spoilt are told as a notice', async () => {
    const preferences = new Preferences(new ManualClock(), memoryFiles(new Map([['settings.json', '{"hosts": 7']])));
    open = await openSimulatedServices(GOOD_HOST, { preferences });
    const { settings, notices } = await open.call('settings.read', {});
    expect(settings.closeToTray).toBe(true);
    expect(notices).toEqual([
      {
        kind: 'set-aside',
        file: 'settings.json',
        setAside: 'settings.json.broken-2026-01-01T00-00-00.000Z',
        recovered: 'defaults',
        reason: expect.stringMatching(/^line 1, column 12: expected /),
      },
    ]);
  });

  it('with a mistake in one are used but for that one, which stays in the file', async () => {
    const text = '{\n  "startHiden": true,\n  "hosts": 7,\n  "closeToTray": false\n}';
    const kept = new Map([['settings.json', text]]);
    const preferences = new Preferences(new ManualClock(), memoryFiles(kept));
    expect(await preferences.settings()).toMatchObject({ closeToTray: false, startHidden: false, hosts: [] });
    expect(await preferences.notices()).toEqual([
      {
        kind: 'not-taken',
        file: 'settings.json',
        parts: [
          {
            what: 'entry',
            path: 'hosts',
            line: 3,
            column: 12,
            message: 'hosts: expected an array',
          },
          {
            what: 'key',
            path: 'startHiden',
            line: 2,
            column: 17,
            message: 'unknown key; did you mean "startHidden"?',
          },
        ],
        count: 2,
      },
    ]);
    expect([...kept]).toEqual([['settings.json', text]]);
    await preferences.write({ autostart: true });
    expect(JSON.parse(kept.get('settings.json') ?? '')).toMatchObject({ startHiden: true, hosts: 7, autostart: true });
  });

  it('say where they are spoilt, and nothing of what stands there', async () => {
    const text = '{\n  "profiles": [ hunter2';
    const preferences = new Preferences(new ManualClock(), memoryFiles(new Map([['profiles.json', text]])));
    await preferences.profiles();
    expect(await preferences.notices()).toMatchObject([{ reason: 'line 2, column 17: expected a value' }]);
  });

  it.each([
    ['EACCES', { code: 'access-denied', kept: true }],
    ['EBUSY', { code: 'access-denied', perhapsOpen: true }],
    ['EISDIR', { code: 'place-unusable', because: 'a-folder' }],
    ['EROFS', { code: 'place-unusable', because: 'read-only' }],
    ['ENAMETOOLONG', { code: 'place-unusable', because: 'too-long' }],
    ['ELOOP', { code: 'place-unusable', because: 'link-circle' }],
    ['ENOENT', { code: 'place-unusable', because: 'not-there' }],
    ['ENOSPC', { code: 'disk-full', kept: true }],
  ])('on a disk that answers %s are a fault: %j', async (errno, expected) => {
    const full: Files = {
      ...memoryFiles(),
      replace: () => Promise.reject(Object.assign(new Error(errno), { code: errno })),
    };
    open = await openSimulatedServices(GOOD_HOST, { preferences: new Preferences(systemClock, full) });
    expect(await open.fault('settings.write', { startHidden: true })).toMatchObject(expected);
  });

  it('refuse what is no setting', async () => {
    open = await openSimulatedServices(GOOD_HOST);
    const { call } = open;
    await expect(call('settings.write', { hosts: [{ id: 'http://x' }] })).rejects.toThrow('expected local or ssh');
  });
});

describe("a user's own profile", () => {
  it('is listed after the built-in ones, launched, and removed again', async () => {
    open = await openSimulatedServices(GOOD_HOST);
    const { call } = open;
    expect(await call('profile.save', { profile: OWN })).toEqual({ ...OWN, origin: 'user' });
    await call('profile.save', { profile: { ...OWN, title: 'better' } });
    const { profiles } = await call('profile.list', {});
    expect(profiles.length).toBe(BUILT_IN_PROFILES.length + 1);
    expect(profiles.at(-1)).toEqual({ ...OWN, title: 'better', origin: 'user' });
    expect(profiles[0]?.origin).toBe('built-in');
    const launched = await call('filesystem.launch', { profile: 'my-memfs' });
    expect(launched.volumes[0]?.mountPoints).toEqual(['M:']);
    await call('profile.remove', { name: 'my-memfs' });
    expect(await open.fault('launch.plan', { profile: 'my-memfs' })).toMatchObject({ code: 'not-found' });
  });

  it('takes no built-in name, and no built-in one is removed', async () => {
    open = await openSimulatedServices(GOOD_HOST);
    expect(await open.fault('profile.save', { profile: { ...OWN, name: 'memfs-disk' } })).toMatchObject({
      code: 'invalid-input',
    });
    expect(await open.fault('profile.remove', { name: 'memfs-disk' })).toMatchObject({ code: 'not-found' });
  });

  it('keeps nobody from launching when its file cannot be read', async () => {
    const shut: Files = {
      ...memoryFiles(),
      read: () => Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' })),
    };
    open = await openSimulatedServices(GOOD_HOST, { preferences: new Preferences(systemClock, shut) });
    expect((await open.call('launch.plan', { profile: 'memfs-disk' })).kind).toBe('disk');
    expect(await open.fault('profile.list', {})).toMatchObject({ code: 'access-denied' });
  });
});

describe('the policy', () => {
  it.each([
    ['a misspelt key', '{ "name": "p", "rules": [{ "alow": true }] }'],
    ['no JSON', '{ "name": '],
  ])('with %s is the last good one, and a fault where there is none: never the built-in one', async (_, text) => {
    const good = '{ "name": "good", "rules": [] }';
    const kept = new Map([
      ['policy.json', text],
      ['policy.json.last', good],
    ]);
    const preferences = new Preferences(new ManualClock(), memoryFiles(kept));
    expect((await preferences.policy()).policy.name).toBe('good');
    expect([...kept.values()]).toEqual([good, good, text]);
    const alone = new Map([['policy.json', text]]);
    await expect(new Preferences(new ManualClock(), memoryFiles(alone)).policy()).rejects.toThrow('kept-file-not-read');
    expect([...alone]).toEqual([['policy.json', text]]);
  });

  it('is the built-in one until another is saved', async () => {
    open = await openSimulatedServices(GOOD_HOST);
    const { call } = open;
    expect(await call('policy.read', {})).toMatchObject({ origin: 'built-in', policy: { name: 'no-leaks' } });
    const policy = { name: 'mine', rules: [{ uncPrefix: '\\memfs\\*', seenFrom: 'host' as const, allow: true }] };
    await call('policy.save', { policy });
    expect(await call('policy.read', {})).toEqual({ origin: 'user', policy });
  });
});

describe('what is kept', () => {
  it('is told when it changes', async () => {
    open = await openSimulatedServices(GOOD_HOST);
    const told: string[] = [];
    open.services.start((name, payload) => {
      if (name === 'settings.changed') told.push(JSON.stringify(payload));
    });
    await open.call('settings.write', { startHidden: true });
    await open.call('profile.save', { profile: OWN });
    await open.call('policy.save', { policy: { name: 'none', rules: [] } });
    expect(told).toEqual(['{"what":"settings"}', '{"what":"profiles"}', '{"what":"policy"}']);
  });

  it('is for nobody else to read', async () => {
    await new Preferences(systemClock, diskFiles(folder, systemClock)).write({ autostart: true });
    const { mode } = await stat(join(folder, 'settings.json'));
    expect(process.platform === 'win32' || (mode & 0o077) === 0).toBe(true);
  });
});
