import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOr, TestKernel } from './testing/boot.ts';

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
