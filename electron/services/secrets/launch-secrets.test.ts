import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { memoryFiles } from '../settings/files.ts';
import { Preferences } from '../settings/preferences.ts';
import { askEngineOf } from '../testing/ask-engine.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';
import { lockedSealer, testSealer } from './testing/test-sealer.ts';

const TOOLBOX = 'registry.example.com/platform/filesystems:ltsc2025';
const VALUE = 'tr0ub4dor-and-3-secret';

let host: SimulatedServices;
let kept: Map<string, string>;
let preferences: Preferences;
beforeEach(async () => {
  kept = new Map();
  preferences = new Preferences(systemClock, memoryFiles(kept), [testSealer]);
  host = await openSimulatedServices(await scenarioNamed('default'), { preferences });
});
afterEach(() => host.dispose());

const inspected = async (name: string): Promise<string> =>
  JSON.stringify(await askEngineOf(host.host, docker => docker.getContainer(name).inspect()));

/** A file of a container, in its archive. */
const fileOf = (name: string, path: string): Promise<string> =>
  askEngineOf(host.host, async docker => text(await docker.getContainer(name).getArchive({ path })));

const own = (secrets: Profile['secrets'], command: string[] = ['{winfsp}\\bin\\memfs-x64.exe', '-m', '{mountPoint}']) =>
  host.call('profile.save', {
    profile: {
      name: 'own',
      title: 'Own',
      description: '',
      command,
      kind: 'disk',
      defaults: { mountPoint: 'X:' },
      ...(secrets === undefined ? {} : { secrets }),
    },
  });

describe('a secret that is a file in the container', () => {
  it('is read by the program, stands in no inspect, and is emptied when the container is kept', async () => {
    await host.call('secret.set', { name: 'rclone-config-password', value: VALUE });
    const { plan } = await host.call('filesystem.launch', { profile: 'rclone-disk', name: 'one', image: TOOLBOX });
    const file = 'C:\\ProgramData\\Siloscope\\secrets\\rclone-config-password';
    expect(plan.command.slice(-2)).toEqual(['--password-command', `cmd.exe /d /c type ${file}`]);
    expect(plan.secrets).toContainEqual(expect.objectContaining({ name: 'rclone-config-password', state: 'kept' }));
    expect(await fileOf('one', file)).toContain(VALUE);
    expect(await inspected('one')).not.toContain(VALUE);
    await host.call('filesystem.stop', { name: 'one', keep: true });
    expect(await fileOf('one', file)).not.toContain(VALUE);
  });

  it('stops a launch whose program needs it and finds nothing in it', async () => {
    await own([
      {
        name: 'tool-config',
        title: 'Configuration',
        deliver: { by: 'file', path: 'C:\\tool\\config.txt' },
      },
    ]);
    expect(await host.fault('filesystem.launch', { profile: 'own' })).toEqual({
      code: 'secrets-missing',
      profile: 'own',
      secrets: [{ name: 'tool-config', title: 'Configuration', locked: false }],
    });
    const { fileSystems } = await host.call('filesystem.list', { all: true });
    expect(fileSystems).toEqual([]);
  });
});

describe('a secret that is a line of the input', () => {
  it('reaches the program, and the container takes input from nobody else', async () => {
    const secrets = { 'ssh-password': VALUE };
    await host.call('filesystem.launch', { profile: 'sshfs-win-disk', name: 'two', image: TOOLBOX, secrets });
    const text = await inspected('two');
    expect(text).not.toContain(VALUE);
    expect(JSON.parse(text)).toMatchObject({ Config: { OpenStdin: true, StdinOnce: true, Tty: false } });
  });

  it('is missed by the program when it is empty: the launch says so and leaves nothing', async () => {
    expect(
      await host.fault('filesystem.launch', {
        profile: 'sshfs-win-disk',
        image: TOOLBOX,
        secrets: { 'ssh-password': '' },
      }),
    ).toEqual({ code: 'invalid-input', issues: [{ path: 'secrets.ssh-password', message: 'it is empty' }] });
  });
});

describe('a secret that is a variable or an argument', () => {
  it('is told of in the plan, and masked in it and in the list', async () => {
    const secrets = { 'hubfs-token': VALUE };
    const { plan } = await host.call('filesystem.launch', {
      profile: 'hubfs-disk',
      name: 'three',
      image: TOOLBOX,
      secrets,
    });
    expect(plan.command).toContain('token=********');
    expect(plan.warnings).toContain(
      'The secret hubfs-token goes onto the command line: docker inspect and lists of processes will show it.',
    );
    expect(await inspected('three')).toContain(`token=${VALUE}`);
    const { fileSystems } = await host.call('filesystem.list', {});
    expect(fileSystems[0]?.commandLine).toContain('-auth none -auth ******** github.com');
    expect(JSON.stringify(fileSystems)).not.toContain(VALUE);
    const variable = await host.call('launch.plan', {
      profile: 'juicefs-disk',
      image: TOOLBOX,
      secrets: { 'juicefs-rsa-passphrase': VALUE },
    });
    expect(variable.environment?.['JFS_RSA_PASSPHRASE']).toBe('********');
    expect(variable.dockerRun).toContain('JFS_RSA_PASSPHRASE=********');
    expect(variable.dockerRun).not.toContain('dev.siloscope.secret');
  });

  it('is not run as a mask, when a copied line is', async () => {
    const command = ['C:\\hubfs\\hubfs.exe', '-auth', 'token=********', 'github.com', 'Z:'];
    expect(await host.fault('launch.plan', { command })).toMatchObject({
      code: 'invalid-input',
      issues: [{ path: 'command.2', message: expect.stringContaining('masked') }],
    });
  });
});

describe('secrets that are kept', () => {
  it('are listed by name with who takes them, and go again', async () => {
    expect(await host.call('secret.set', { name: 'hubfs-token', value: VALUE })).toMatchObject({
      state: 'kept',
      sealedBy: 'dpapi',
      usedBy: ['hubfs-disk', 'hubfs-network'],
    });
    expect([...kept.values()].join('')).not.toContain(VALUE);
    const listed = await host.call('secret.list', {});
    expect(listed.place).toEqual({ kind: 'dpapi' });
    expect(listed.secrets.filter(({ state }) => state === 'kept').map(({ name }) => name)).toEqual(['hubfs-token']);
    await host.call('secret.forget', { name: 'hubfs-token' });
    expect(await host.fault('secret.forget', { name: 'hubfs-token' })).toMatchObject({ code: 'not-found' });
  });

  it('are locked where another sealed them: an optional one is left out, and said so', async () => {
    await preferences.secrets.set('hubfs-token', VALUE);
    const elsewhere = new Preferences(systemClock, memoryFiles(kept), [lockedSealer]);
    const other = await openSimulatedServices(await scenarioNamed('default'), { preferences: elsewhere });
    expect((await other.call('secret.list', {})).secrets).toContainEqual(
      expect.objectContaining({ name: 'hubfs-token', state: 'locked' }),
    );
    const plan = await other.call('launch.plan', { profile: 'hubfs-disk', image: TOOLBOX });
    expect(plan.warnings).toContain('The secret hubfs-token is kept, but cannot be opened here.');
    await expect(elsewhere.secrets.open('hubfs-token')).rejects.toMatchObject({ fault: { code: 'secret-locked' } });
    await other.dispose();
  });

  it('are held in memory where nothing seals, and refused to whom that does not do', async () => {
    const files = new Map<string, string>();
    const plain = new Preferences(systemClock, memoryFiles(files), [lockedSealer]);
    expect(await plain.secrets.place()).toEqual({ kind: 'session', because: 'basic-text' });
    await plain.secrets.set('a', VALUE);
    expect(await plain.secrets.open('a')).toBe(VALUE);
    expect(files.size).toBe(0);
    await expect(plain.secrets.set('b', VALUE, true)).rejects.toMatchObject({
      fault: { code: 'secret-store-unavailable', because: 'basic-text' },
    });
  });
});
