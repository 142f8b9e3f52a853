import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { testSealer } from '../secrets/testing/test-sealer.ts';
import { memoryFiles } from '../settings/files.ts';
import { Preferences } from '../settings/preferences.ts';
import { askEngineOf } from '../testing/ask-engine.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';
import { carriedSecrets } from './carried-secrets.ts';

const TOOLBOX = 'registry.example.com/platform/filesystems:ltsc2025';
const [OLD, NEW] = ['the-0ld-secret', 'the-n3w-secret'];
const MEMFS = ['{winfsp}\\bin\\memfs-x64.exe', '-i', '-F', 'NTFS', '-m', '{mountPoint}', '-u', '{uncPrefix}'];

let host: SimulatedServices;
beforeEach(async () => {
  const preferences = new Preferences(systemClock, memoryFiles(new Map()), [testSealer]);
  host = await openSimulatedServices(await scenarioNamed('default'), { preferences });
});
afterEach(async () => {
  expect(host.host.networkLog()).toEqual([]);
  await host.dispose();
});

const inspected = (name: string) => askEngineOf(host.host, docker => docker.getContainer(name).inspect());
const fileOf = (name: string, path: string): Promise<string> =>
  askEngineOf(host.host, async docker => text(await docker.getContainer(name).getArchive({ path })));

async function save(deliver: NonNullable<Profile['secrets']>[number]['deliver'], more: Partial<Profile> = {}) {
  const profile: Profile = {
    name: 'own',
    title: 'Own',
    description: '',
    command: MEMFS,
    kind: 'network',
    defaults: { mountPoint: 'Y:', uncPrefix: '\\own\\share' },
    secrets: [{ name: 'own-key', title: 'Key', deliver, optional: true }],
    ...more,
  };
  await host.call('profile.save', { profile });
}

async function leakOf(name: string) {
  const { findings } = await host.call('inspection.take', {});
  const finding = findings.find(({ id }) => id?.startsWith(`unc-leak:${name}/`));
  const fix = finding?.fixes?.find(({ kind }) => kind === 'relaunch-as-disk');
  if (finding?.id === undefined || fix === undefined) throw new Error('no relaunch is offered');
  return {
    finding: finding.id,
    fix: fix.kind,
    accept: fix.relaunches.flatMap(({ device }) => device ?? []),
  };
}

describe('a relaunch of a container that was given secrets', () => {
  it('delivers what is kept anew, each in the way of its profile, and shows none', async () => {
    await save({ by: 'file' });
    await host.call('secret.set', { name: 'own-key', value: OLD });
    await host.call('filesystem.launch', { profile: 'own', name: 'one', image: TOOLBOX, environment: { TEAM: 'x' } });
    await host.call('secret.set', { name: 'own-key', value: NEW });
    const before = await inspected('one');
    expect(await host.call('finding.fix', await leakOf('one'))).toMatchObject({ gone: true, launched: ['one'] });
    const after = await inspected('one');
    expect(after.Id).not.toBe(before.Id);
    expect(after.Config.Labels).toMatchObject({ 'dev.siloscope.profile': 'own', 'dev.siloscope.secrets': 'own-key' });
    expect(after.Config.Env).toContain('TEAM=x');
    expect(after.Args).not.toContain('-u');
    expect(await fileOf('one', 'C:\\ProgramData\\Siloscope\\secrets\\own-key')).toContain(NEW);
    expect(JSON.stringify(after)).not.toMatch(new RegExp(`${OLD}|${NEW}`));
  });

  it('takes a variable from what is kept, not from the old container', async () => {
    await save({ by: 'environment', variable: 'OWN_KEY' });
    await host.call('filesystem.launch', { profile: 'own', name: 'one', image: TOOLBOX, secrets: { 'own-key': OLD } });
    await host.call('secret.set', { name: 'own-key', value: NEW });
    await host.call('finding.fix', await leakOf('one'));
    const { Env } = (await inspected('one')).Config;
    expect(Env.filter(one => one.startsWith('OWN_KEY='))).toEqual([`OWN_KEY=${NEW}`]);
  });

  it('asks for what is not kept while everything runs, and goes on with what is given for it alone', async () => {
    await save({ by: 'file' });
    await host.call('filesystem.launch', { profile: 'own', name: 'one', image: TOOLBOX, secrets: { 'own-key': OLD } });
    const before = await inspected('one');
    const leak = await leakOf('one');
    expect(await host.fault('finding.fix', leak)).toMatchObject({
      code: 'secrets-missing',
      profile: 'own',
      secrets: [{ name: 'own-key', title: 'Key', locked: false }],
    });
    expect(await host.fault('finding.fix', { ...leak, secrets: { 'own-key': NEW, other: 'x' } })).toMatchObject({
      code: 'invalid-input',
      issues: [{ path: 'secrets.other' }],
    });
    expect(await inspected('one')).toMatchObject({ Id: before.Id, State: { Running: true } });
    expect(await host.call('finding.fix', { ...leak, secrets: { 'own-key': NEW } })).toMatchObject({ gone: true });
    expect(await fileOf('one', 'C:\\ProgramData\\Siloscope\\secrets\\own-key')).toContain(NEW);
  });

  it('whose program reads one from its input gives it that again', async () => {
    await save({ by: 'stdin' });
    await host.call('secret.set', { name: 'own-key', value: OLD });
    await host.call('filesystem.launch', { profile: 'own', name: 'one', image: TOOLBOX });
    await host.call('finding.fix', await leakOf('one'));
    expect((await inspected('one')).Config).toMatchObject({ OpenStdin: true, StdinOnce: true });
  });

  it('is refused in words where its profile is not known here, and nothing is stopped', async () => {
    await save({ by: 'file' });
    await host.call('filesystem.launch', { profile: 'own', name: 'one', image: TOOLBOX, secrets: { 'own-key': OLD } });
    const leak = await leakOf('one');
    await host.call('profile.remove', { name: 'own' });
    expect(await host.fault('finding.fix', leak)).toMatchObject({
      code: 'invalid-input',
      issues: [{ path: 'fix', message: expect.stringContaining('the profile own, which is not known here') }],
    });
    await save({ by: 'environment', variable: 'OWN_KEY' });
    expect(await host.fault('finding.fix', leak)).toMatchObject({
      issues: [{ message: expect.stringContaining('in another way by now') }],
    });
    expect((await inspected('one')).State.Running).toBe(true);
  });
});

describe('carried secrets', () => {
  const hubfs = BUILT_IN_PROFILES.find(({ secrets = [] }) => secrets.some(({ deliver }) => deliver.by === 'argument'));
  const argv = ['C:\\hubfs\\hubfs.exe', '-o', 'x', '-auth', 'token=abc', 'github.com', 'Z:'];
  const labels = {
    'dev.siloscope.profile': hubfs?.name ?? '',
    'dev.siloscope.secrets': 'hubfs-token',
    'dev.siloscope.secret-arguments': '7:4',
    'dev.siloscope.mount-point': 'Z:',
  };

  it('put a placeholder where the value of an argument stands', () => {
    const carried = carriedSecrets({ name: 'one', argv, labels }, BUILT_IN_PROFILES);
    expect(carried?.argv).toEqual(argv.with(4, 'token={secret:hubfs-token}'));
    expect(carried?.profileWith(['hubfs.exe'])).toMatchObject({
      command: ['hubfs.exe'],
      secrets: [{ name: 'hubfs-token', optional: false }],
      defaults: { mountPoint: 'Z:' },
    });
  });

  it.each<[string, Partial<typeof labels>]>([
    ['another count of arguments', { 'dev.siloscope.secret-arguments': '6:4' }],
    ['a secret that the profile has not', { 'dev.siloscope.secrets': 'hubfs-token,other' }],
  ])('are refused with %s', (_, more) => {
    const given = { name: 'one', argv, labels: { ...labels, ...more } };
    expect(() => carriedSecrets(given, BUILT_IN_PROFILES)).toThrow(
      expect.objectContaining({ fault: expect.anything() }),
    );
  });

  it('are none where none were given', () => {
    expect(carriedSecrets({ name: 'one', argv, labels: {} }, [])).toBeUndefined();
  });
});
