import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askOr, nowhere, readOr, refusal, TestKernel } from './testing/boot.ts';

let kernel: TestKernel;
beforeEach(() => {
  kernel = new TestKernel();
});
afterEach(() => kernel.dispose());

const winfspEntries = (entries: readonly { readonly name: string; readonly type: string }[]): string[] =>
  entries.filter(({ name }) => name.startsWith('WinFsp')).map(({ name, type }) => `${type} ${name}`);

describe('the loaded FSD', () => {
  it('has its control devices, their side-by-side links and a MUP provider on the host', () => {
    expect(winfspEntries(kernel.user.listDirectoryObject('\\Device'))).toEqual([
      'Device WinFsp.Disk+2.1',
      'SymbolicLink WinFsp.Disk',
      'Device WinFsp.Net+2.1',
      'SymbolicLink WinFsp.Net',
      'SymbolicLink WinFsp.Mup+2.1',
    ]);
    expect(kernel.user.readSymbolicLink('\\Device\\WinFsp.Net')).toBe('\\Device\\WinFsp.Net+2.1');
    expect(kernel.user.readSymbolicLink('\\Device\\WinFsp.Mup+2.1')).toBe('\\Device\\Mup\\;WinFsp.Mup+2.1');
  });

  it('has the same in a silo, the provider named after the container GUID', async () => {
    const { system, win32 } = await kernel.container('a');
    const provider = `WinFsp.Mup+2.1{${system.containerGuid}}`;
    expect(winfspEntries(win32.listDirectoryObject('\\Device'))).toEqual([
      'Device WinFsp.Disk+2.1',
      'SymbolicLink WinFsp.Disk',
      'Device WinFsp.Net+2.1',
      'SymbolicLink WinFsp.Net',
      `SymbolicLink ${provider}`,
    ]);
    expect(kernel.machine.mup().providers).toEqual([
      'LanmanRedirector',
      'WebDavRedirector',
      'WinFsp.Mup+2.1',
      provider,
    ]);
  });

  it('has no suffix and no links before side-by-side installation', async () => {
    const old = new TestKernel({ winfsp: { instance: '', version: '1.12' } });
    expect(winfspEntries(old.user.listDirectoryObject('\\Device'))).toEqual([
      'Device WinFsp.Disk',
      'Device WinFsp.Net',
      'SymbolicLink WinFsp.Mup',
    ]);
    expect(old.user.service('winfsp')?.state).toBe('running');
    await old.dispose();
  });

  it('picks up silos that were there before it was started', async () => {
    const late = new TestKernel({ winfsp: { fsd: 'stopped' } });
    const { win32 } = await late.container('a');
    expect([late.user.winfsp.present(), win32.winfsp.present()]).toEqual([false, false]);
    await late.user.startService('WinFsp+2.1');
    expect([late.user.winfsp.present(), win32.winfsp.present()]).toEqual([true, true]);
    await late.dispose();
  });

  it('monitors no silos before build 17763', async () => {
    const old = new TestKernel({ windows: { build: 17_134 } });
    const { win32 } = await old.container('a');
    expect([old.user.winfsp.present(), win32.winfsp.present()]).toEqual([true, false]);
    await old.dispose();
  });
});

describe('the service of the FSD', () => {
  it('is started by anyone, and stopped through the SCM by nobody', async () => {
    const stopped = new TestKernel({ winfsp: { fsd: 'stopped' } });
    expect(stopped.user.service('WINFSP+2.1')).toEqual({
      name: 'WinFsp+2.1',
      displayName: 'WinFsp+2.1',
      type: 'file-system-driver',
      state: 'stopped',
      acceptsStop: false,
      win32ExitCode: 1_077,
      processId: 0,
    });
    await expect(stopped.user.startService('winfsp')).rejects.toMatchObject({ win32: 1_060 });
    await stopped.user.startService('winfsp+2.1');
    expect(stopped.user.service('WinFsp+2.1')).toMatchObject({ state: 'running', win32ExitCode: 0 });
    await expect(stopped.user.startService('WinFsp+2.1')).rejects.toMatchObject({ win32: 1_056 });
    for (const win32 of [stopped.user, stopped.admin]) {
      await expect(win32.stopService('WinFsp+2.1')).rejects.toMatchObject({ win32: 5 });
    }
    await stopped.dispose();
  });

  it.each([
    ['its file is missing', { winfsp: { fsd: 'missing-file' as const } }, 2],
    [
      'a fault says so',
      { winfsp: { fsd: 'stopped' as const }, faults: [{ kind: 'fsd-start-fails' as const, win32: 577 }] },
      577,
    ],
  ])('does not start when %s', async (_, scenario, win32) => {
    const broken = new TestKernel(scenario);
    await expect(broken.user.startService('WinFsp+2.1')).rejects.toMatchObject({ win32 });
    expect(broken.user.service('WinFsp+2.1')).toMatchObject({ state: 'stopped', win32ExitCode: win32 });
    await expect(broken.user.winfsp.load('WinFsp+2.1')).rejects.toMatchObject({ win32 });
    await broken.dispose();
  });

  it('does not exist where WinFsp is not installed', async () => {
    const none = new TestKernel({ winfsp: { installed: false } });
    expect(none.user.service('WinFsp+2.1')).toBeUndefined();
    expect(none.user.winfsp.drivers()).toEqual([]);
    expect(none.user.registryKey('HKLM\\SOFTWARE\\WOW6432Node\\WinFsp')).toBeUndefined();
    await none.dispose();
  });

  it('is listed with its version, its file and whether it is loaded', () => {
    const imagePath = '\\??\\C:\\Program Files (x86)\\WinFsp\\SxS\\sxs.2.1\\bin\\winfsp-x64.sys';
    expect(kernel.user.winfsp.drivers()).toEqual([
      { name: 'WinFsp+2.1', version: '2.1.25156', loaded: true, imagePath },
    ]);
    expect(kernel.user.registryKey('HKLM\\SYSTEM\\CurrentControlSet\\Services\\WinFsp+2.1')?.values).toContainEqual({
      name: 'ImagePath',
      type: 'REG_EXPAND_SZ',
      data: imagePath,
    });
  });
});

describe('unloading the FSD', () => {
  it('needs SeLoadDriverPrivilege', async () => {
    await expect(kernel.user.winfsp.unload('WinFsp+2.1')).rejects.toMatchObject({ win32: 1_314 });
    await expect(kernel.admin.winfsp.unload('WinFsp+9')).rejects.toMatchObject({ status: 0xc0000034 });
  });

  it('drops every volume in every silo, which their servers are told', async () => {
    const { machine } = kernel;
    const a = await kernel.container('a');
    const volumes = [
      await kernel.mount(a, { says: 'a', prefix: '\\memfs\\a', at: 'Y:' }),
      await kernel.mount(a, { says: 'a', at: 'Z:' }),
      await kernel.mount(await kernel.hostServer(), { says: 'host', at: 'X:' }),
    ];
    await kernel.admin.winfsp.unload('winfsp+2.1');
    for (const { ended } of volumes) await ended;
    expect(winfspEntries(kernel.user.listDirectoryObject('\\Device'))).toEqual([]);
    expect(winfspEntries(a.win32.listDirectoryObject('\\Device'))).toEqual([]);
    expect(machine.mup()).toEqual({ providers: ['LanmanRedirector', 'WebDavRedirector'], prefixCache: [] });
    expect(a.server.exitCode).toBeUndefined();
    // The letters stay as ghosts until their owners end.
    expect(await readOr(kernel.user, 'X:\\f.txt')).toBe('STATUS_OBJECT_PATH_NOT_FOUND');
    expect(kernel.user.queryDosDevice('X:')).toHaveLength(1);
    await expect(kernel.admin.winfsp.unload('WinFsp+2.1')).rejects.toMatchObject({ status: 0xc0000034 });
  });
});

describe('a disk volume', () => {
  it('is a device of its own silo only', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    const { device, name } = await kernel.mount(a, { says: 'disk' });
    expect(device).toMatch(/^\\Device\\Volume\{[-0-9a-f]{36}\}$/);
    expect(name).toBe(device);
    const entry = { name: device.slice('\\Device\\'.length), type: 'Device' };
    expect(a.win32.listDirectoryObject('\\Device')).toContainEqual(entry);
    expect(kernel.user.listDirectoryObject('\\Device')).not.toContainEqual(entry);
    expect(await readOr(a.win32, `\\\\?\\GLOBALROOT${device}\\f.txt`)).toBe('disk');
    for (const outside of [b.win32, kernel.user, kernel.admin]) {
      expect(await readOr(outside, `\\\\?\\GLOBALROOT${device}\\f.txt`)).toBe('STATUS_OBJECT_PATH_NOT_FOUND');
    }
  });

  it('is reached from the host only by the full name in the tree of its silo', async () => {
    const { system, win32, server } = await kernel.container('a');
    const { device } = await kernel.mount({ win32, server }, { says: 'disk' });
    expect(await readOr(kernel.admin, `\\\\?\\GLOBALROOT\\Silos\\${system.siloId}${device}\\f.txt`)).toBe('disk');
    expect(await readOr(kernel.admin, `\\\\.\\Silos\\${system.siloId}${device}\\f.txt`)).toBe('disk');
  });

  it('is recognised as WinFsp, and C: is not', async () => {
    const a = await kernel.container('a');
    await kernel.mount(a, { says: 'disk', at: 'Z:' });
    expect([await a.win32.isWinFsp('Z:\\f.txt'), await a.win32.isWinFsp('Z:\\')]).toEqual([true, true]);
    expect(await a.win32.isWinFsp('C:\\Windows')).toBe(false);
    expect(await a.win32.isWinFsp('Z:\\nothing').catch(refusal)).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
  });

  it('is mounted on a directory as a junction that ends with its server', async () => {
    const host = await kernel.hostServer();
    const { name } = await kernel.mount(host, { says: 'disk' });
    const mount = (directory: string, target = name): Promise<string | undefined> =>
      Promise.resolve(host.win32.createJunction?.(directory, target, host.server.processId)).then(
        () => 'mounted',
        refusal,
      );
    expect(await mount('C:\\Users\\mnt')).toBe('mounted');
    expect(await mount('C:\\Users\\mnt')).toBe('STATUS_OBJECT_NAME_COLLISION');
    expect(await mount('C:\\nothing\\mnt')).toBe('STATUS_OBJECT_PATH_NOT_FOUND');
    expect(await readOr(kernel.admin, 'c:\\users\\MNT\\f.txt')).toBe('disk');
    expect((await kernel.user.list('C:\\Users')).map(entry => entry.name)).toContain('mnt');
    const network = await kernel.mount(host, { says: 'net', prefix: '\\memfs\\share' });
    expect(await mount('C:\\Users\\net', network.name)).toBe('STATUS_NETWORK_ACCESS_DENIED');
    host.server.terminate(0);
    await Promise.resolve();
    expect(await readOr(kernel.user, 'C:\\Users\\mnt\\f.txt')).toBe('STATUS_OBJECT_PATH_NOT_FOUND');
  });

  it('is followed through junctions on other junctions, but not round and round', async () => {
    const host = await kernel.hostServer();
    const { name } = await kernel.mount(host, { says: 'disk' });
    await host.win32.createJunction?.('C:\\Users\\mnt', name);
    await host.win32.createJunction?.('C:\\Users\\again', '\\Device\\HarddiskVolume3');
    expect(await readOr(host.win32, 'C:\\Users\\again\\Users\\again\\Users\\mnt\\f.txt')).toBe('disk');
    const round = `C:${'\\Users\\again'.repeat(70)}\\x`;
    expect(await readOr(host.win32, round)).toBe('STATUS_INVALID_PARAMETER');
  });

  it('is unmounted from a directory by removing the directory', async () => {
    const host = await kernel.hostServer();
    const { name } = await kernel.mount(host, { says: 'disk' });
    await host.win32.createJunction?.('C:\\Users\\mnt', name);
    await host.win32.removeDirectory('C:\\Users\\mnt');
    expect(await kernel.user.stat('C:\\Users\\mnt').catch(refusal)).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
    expect(await readOr(host.win32, `\\\\?\\GLOBALROOT${name}\\f.txt`)).toBe('disk');
  });
});

describe('a network volume', () => {
  it('is a symbolic link to the provider of its silo', async () => {
    const { system, win32, server } = await kernel.container('a');
    const { device, name } = await kernel.mount({ win32, server }, { says: 'net', prefix: '\\memfs\\share\\' });
    expect(name).toBe(`${device}\\memfs\\share`);
    expect(win32.readSymbolicLink(device)).toBe(`\\Device\\WinFsp.Mup+2.1{${system.containerGuid}}`);
    expect(win32.listDirectoryObject('\\Device')).toContainEqual({ name: device.slice(8), type: 'SymbolicLink' });
  });

  it('cannot be reached by its device name from the host, where the link goes astray', async () => {
    const { system, win32, server } = await kernel.container('a');
    const { name } = await kernel.mount({ win32, server }, { says: 'net', prefix: '\\memfs\\share' });
    expect(await readOr(win32, `\\\\?\\GLOBALROOT${name}\\f.txt`)).toBe('net');
    expect(await readOr(kernel.admin, `\\\\?\\GLOBALROOT\\Silos\\${system.siloId}${name}\\f.txt`)).toBe(
      'STATUS_OBJECT_PATH_NOT_FOUND',
    );
  });

  it('can be, where MUP puts the provider link into the host', async () => {
    const other = new TestKernel({ behaviour: { providerLinkIsInSilo: false } });
    const { system, win32, server } = await other.container('a');
    const { name } = await other.mount({ win32, server }, { says: 'net', prefix: '\\memfs\\share', at: 'Y:' });
    const provider = `WinFsp.Mup+2.1{${system.containerGuid}}`;
    expect(other.user.listDirectoryObject('\\Device')).toContainEqual({ name: provider, type: 'SymbolicLink' });
    for (const path of [`Device\\${provider}\\memfs\\share\\f.txt`, `Silos\\${system.siloId}${name}\\f.txt`]) {
      expect(await readOr(other.admin, `\\\\?\\GLOBALROOT\\${path}`)).toBe('net');
    }
    expect(await readOr(win32, 'Y:\\f.txt')).toBe('net');
    await system.terminate();
    expect(winfspEntries(other.user.listDirectoryObject('\\Device'))).toHaveLength(5);
    await other.dispose();
  });

  it.each([
    ['\\x', 'STATUS_INVALID_PARAMETER'],
    ['\\x\\', 'STATUS_INVALID_PARAMETER'],
    ['\\\\a\\b', 'STATUS_INVALID_PARAMETER'],
    ['a\\b', 'STATUS_INVALID_PARAMETER'],
    ['', 'STATUS_INVALID_PARAMETER'],
    [`\\a\\${'b'.repeat(189)}`, 'STATUS_INVALID_PARAMETER'],
    [`\\a\\${'b'.repeat(188)}`, 'mounted'],
    ['\\a\\b', 'mounted'],
    ['\\a\\b\\c\\\\', 'mounted'],
    ['\\A\\B', 'mounted'],
  ])('with the prefix %s: %s', async (prefix, outcome) => {
    const host = await kernel.hostServer();
    expect(await kernel.mount(host, { says: 'x', prefix }).then(() => 'mounted', refusal)).toBe(outcome);
  });

  it('collides with the same prefix in its own silo, in any case, and with none elsewhere', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    const first = await kernel.mount(a, { says: 'a', prefix: '\\memfs\\share' });
    expect(await kernel.mount(a, { says: 'a', prefix: '\\MEMFS\\Share' }).catch(refusal)).toBe(
      'STATUS_OBJECT_NAME_COLLISION',
    );
    expect((await kernel.mount(b, { says: 'b', prefix: '\\memfs\\share' })).name).toContain('\\memfs\\share');
    first.close();
    expect((await kernel.mount(a, { says: 'a', prefix: '\\MEMFS\\Share' })).name).toContain('\\MEMFS\\Share');
  });
});

describe('the list of volumes', () => {
  it('is that of the own silo only, prefixes appended', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    const net = await kernel.mount(a, { says: 'a', prefix: '\\memfs\\share' });
    const disk = await kernel.mount(a, { says: 'a' });
    expect(a.win32.winfsp.listVolumes()).toEqual([net.name, disk.name]);
    expect(b.win32.winfsp.listVolumes()).toEqual([]);
    expect(kernel.admin.winfsp.listVolumes()).toEqual([]);
  });
});

describe('a volume', () => {
  it('ends with the process that serves it, and so does its drive letter', async () => {
    const { win32, server } = await kernel.container('a');
    const { ended, device } = await kernel.mount({ win32, server }, { says: 'x', at: 'Y:' });
    server.terminate(1);
    await ended;
    expect(win32.winfsp.listVolumes()).toEqual([]);
    expect(askOr(() => win32.queryDosDevice('Y:'))).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
    expect(askOr(() => win32.readSymbolicLink(device))).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
  });

  it('cannot be made for a process that has ended', async () => {
    const { win32, server } = await kernel.container('a');
    server.terminate(1);
    expect(await kernel.mount({ win32, server }, { says: 'x' }).catch(refusal)).toBe('STATUS_PROCESS_IS_TERMINATING');
  });

  it('cannot be made where the control device is missing', async () => {
    const stopped = new TestKernel({ winfsp: { fsd: 'stopped' } });
    const container = await stopped.container('a');
    expect(await stopped.mount(container, { says: 'x' }).catch(refusal)).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
    await stopped.dispose();
  });

  it('that hangs accepts operations and answers none, until it ends', async () => {
    const hanging = new TestKernel({ faults: [{ kind: 'file-system-hangs', commandLine: 'forever stuck' }] });
    const { user } = hanging.machine.subjects;
    const server = await hanging.machine.spawn(user, {
      commandLine: 'forever stuck',
      stdout: nowhere,
      stderr: nowhere,
    });
    await hanging.mount({ win32: hanging.user, server }, { says: 'x', at: 'Y:' });
    let answer = 'none';
    const read = readOr(hanging.user, 'Y:\\f.txt').then(text => {
      answer = text;
    });
    await new Promise(resolve => setImmediate(resolve));
    expect(answer).toBe('none');
    server.terminate(0);
    await read;
    expect(answer).toBe('STATUS_CANCELLED');
    await hanging.dispose();
  });
});

describe('a drive letter', () => {
  it('belongs to the logon session that defined it', async () => {
    const host = await kernel.hostServer();
    await kernel.mount(host, { says: 'mine', at: 'Y:' });
    expect(await readOr(kernel.user, 'y:\\F.TXT')).toBe('mine');
    expect(await readOr(kernel.admin, 'Y:\\f.txt')).toBe('STATUS_OBJECT_PATH_NOT_FOUND');
    expect(kernel.admin.listDirectoryObject('\\Sessions\\0\\DosDevices\\00000000-0002210f')).toEqual([
      { name: 'Y:', type: 'SymbolicLink' },
    ]);
  });

  it('of LocalSystem is everyone’s, and hidden by a session’s own', async () => {
    const system = await kernel.hostServer(kernel.machine.subjects.system);
    await kernel.mount(system, { says: 'global', at: 'Y:' });
    expect([await readOr(kernel.user, 'Y:\\f.txt'), await readOr(kernel.admin, 'Y:\\f.txt')]).toEqual([
      'global',
      'global',
    ]);
    await kernel.mount(await kernel.hostServer(), { says: 'mine', at: 'Y:' });
    expect([await readOr(kernel.user, 'Y:\\f.txt'), await readOr(kernel.admin, 'Y:\\f.txt')]).toEqual([
      'mine',
      'global',
    ]);
  });

  it('is shared by all users of a container but not by its neighbours', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    await kernel.mount(a, { says: 'a', at: 'Y:' });
    const containerUser = kernel.machine.win32(kernel.machine.subjectIn(a.system.siloId ?? 0, 'ContainerUser'));
    expect(await readOr(containerUser, 'Y:\\f.txt')).toBe('a');
    expect(await readOr(b.win32, 'Y:\\f.txt')).toBe('STATUS_OBJECT_PATH_NOT_FOUND');
  });

  it('can be defined over itself, and taken away again', () => {
    const { user } = kernel;
    user.defineDosDevice('Q:', '\\Device\\First');
    user.defineDosDevice('Q:', '\\Device\\Second');
    expect(user.queryDosDevice('q:')).toEqual(['\\Device\\Second', '\\Device\\First']);
    user.removeDosDevice('Q:');
    expect(user.queryDosDevice('Q:')).toEqual(['\\Device\\First']);
    user.removeDosDevice('Q:');
    expect(askOr(() => user.removeDosDevice('Q:'))).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
    expect(user.queryDosDevice()).not.toContain('Q:');
  });

  it('is made global by name only by an administrator', () => {
    expect(askOr(() => kernel.user.defineDosDevice('\\\\.\\Q:', '\\Device\\Null'))).toBe('STATUS_ACCESS_DENIED');
    kernel.admin.defineDosDevice('\\\\.\\Q:', '\\Device\\Null');
    expect(kernel.user.queryDosDevice('Q:')).toEqual(['\\Device\\Null']);
    expect(askOr(() => kernel.user.defineDosDevice('Q:\\', '\\Device\\Null'))).toBe('STATUS_INVALID_PARAMETER');
  });

  it('that a scenario calls a ghost leads nowhere', async () => {
    const haunted = new TestKernel({ ghosts: [{ mountPoint: 'z:', target: '\\Device\\Volume{gone}' }] });
    expect(haunted.admin.queryDosDevice('Z:')).toEqual(['\\Device\\Volume{gone}']);
    expect(await readOr(haunted.admin, 'Z:\\f')).toBe('STATUS_OBJECT_PATH_NOT_FOUND');
    expect(askOr(() => haunted.user.queryDosDevice('Z:'))).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
    await haunted.dispose();
  });
});
