import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askOr, containerId, nowhere, readOr, refusal, TestKernel, Transcript } from './testing/boot.ts';

let kernel: TestKernel;
beforeEach(() => {
  kernel = new TestKernel();
});
afterEach(() => kernel.dispose());

const namesAndTypes = (entries: readonly { readonly name: string; readonly type: string }[]): Record<string, string> =>
  Object.fromEntries(entries.map(({ name, type }) => [name, type]));

describe('a process-isolated container', () => {
  it('is a server silo with an id of the process-id table, a multiple of four', async () => {
    const { system } = await kernel.container('a');
    const pids = kernel.machine.processes().map(({ processId }) => processId);
    expect(system.siloId).toBeGreaterThan(0);
    expect((system.siloId ?? 1) % 4).toBe(0);
    expect(pids).not.toContain(system.siloId);
    expect(new Set(pids).size).toBe(pids.length);
    expect(pids.every(id => id % 4 === 0)).toBe(true);
  });

  it('has a container GUID in lower case without braces', async () => {
    const { system } = await kernel.container('a');
    expect(system.containerGuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  });

  it('has a job in the root of the host, named after the Docker id', async () => {
    await kernel.container('a');
    expect(namesAndTypes(kernel.user.listDirectoryObject('\\'))).toMatchObject({
      [`Container_${containerId('a')}`]: 'Job',
    });
  });

  it('has the devices that P0 listed, links where he saw links', async () => {
    const { win32 } = await kernel.container('a');
    const devices = namesAndTypes(win32.listDirectoryObject('\\Device'));
    for (const name of ['Ip', 'Ip6', 'Tcp', 'Tcp6', 'Udp6', 'ahcache', 'WMIDataDevice', 'LanmanDatagramReceiver']) {
      expect(devices).toMatchObject({ [name]: 'SymbolicLink' });
    }
    for (const name of ['LanmanRedirector', 'MailslotRedirector', 'DxgKrnl', 'ConDrv', 'Null', 'KsecDD', 'DeviceApi']) {
      expect(devices).toMatchObject({ [name]: 'SymbolicLink' });
    }
    expect(devices).toMatchObject({
      NamedPipe: 'Device',
      MountPointManager: 'Device',
      Http: 'Directory',
      Mup: 'SymbolicLink',
    });
    expect(Object.keys(devices).filter(name => /^VhdHardDisk\{[-0-9a-f]{36}\}$/.test(name))).toHaveLength(1);
    expect(win32.readSymbolicLink('\\Device\\Mup')).toBe('\\Device\\Mup');
  });

  it('has roots of its own for KernelObjects, ObjectTypes and Sessions, and links to FileSystem and Driver', async () => {
    const { win32 } = await kernel.container('a');
    expect(namesAndTypes(win32.listDirectoryObject('\\'))).toMatchObject({
      Device: 'Directory',
      'GLOBAL??': 'Directory',
      GLOBALROOT: 'SymbolicLink',
      DosDevices: 'SymbolicLink',
      KernelObjects: 'Directory',
      ObjectTypes: 'Directory',
      Sessions: 'Directory',
      FileSystem: 'SymbolicLink',
      Driver: 'SymbolicLink',
      REGISTRY: 'SymbolicLink',
      SystemRoot: 'SymbolicLink',
    });
    expect(win32.listDirectoryObject('\\FileSystem')).toContainEqual({ name: 'WinFsp+2.1', type: 'Driver' });
  });

  it('shows the host administrator the same tree under \\Silos', async () => {
    const { system, win32 } = await kernel.container('a');
    const fromInside = win32.listDirectoryObject('\\Device');
    expect(kernel.admin.listDirectoryObject(`\\Silos\\${system.siloId}\\Device`)).toEqual(fromInside);
    expect(kernel.admin.listDirectoryObject(`\\GLOBAL??\\Silos\\${system.siloId}\\Device`)).toEqual(fromInside);
    expect(askOr(() => kernel.user.listDirectoryObject('\\Silos'))).toBe('STATUS_ACCESS_DENIED');
  });

  it('runs the core processes of Windows before its own', async () => {
    const { system } = await kernel.container('a');
    expect(system.processes().map(({ imageName }) => imageName)).toEqual([
      'smss.exe',
      'csrss.exe',
      'wininit.exe',
      'services.exe',
      'lsass.exe',
      'CExecSvc.exe',
      'serve.exe',
    ]);
    const ids = new Set(kernel.machine.processes().map(({ processId }) => processId));
    expect(system.processes().every(({ processId }) => ids.has(processId))).toBe(true);
  });

  it('has the registry mark of a container, which the host lacks, and no WinFsp key', async () => {
    const { win32 } = await kernel.container('a');
    const control = 'HKLM\\SYSTEM\\CurrentControlSet\\Control';
    const marks = (values: readonly { readonly name: string }[] = []): boolean =>
      values.some(({ name }) => name === 'ContainerType');
    expect(marks(win32.registryKey(control)?.values)).toBe(true);
    expect(marks(kernel.user.registryKey(control)?.values)).toBe(false);
    expect(win32.registryKey('HKLM\\SOFTWARE\\WOW6432Node\\WinFsp')).toBeUndefined();
    expect(kernel.user.registryKey('hkey_local_machine\\software\\wow6432node\\winfsp\\')?.values).toEqual([
      { name: 'InstallDir', type: 'REG_SZ', data: 'C:\\Program Files (x86)\\WinFsp\\' },
      { name: 'SxsDir', type: 'REG_SZ', data: 'C:\\Program Files (x86)\\WinFsp\\SxS\\sxs.2.1\\' },
    ]);
  });

  it('has no WinFsp service and cannot start one', async () => {
    const { win32 } = await kernel.container('a');
    expect(win32.services().map(({ name }) => name)).not.toContain('WinFsp+2.1');
    await expect(win32.startService('WinFsp+2.1')).rejects.toMatchObject({ win32: 1_060 });
    expect(win32.winfsp.drivers()).toEqual([]);
    await expect(win32.winfsp.unload('WinFsp+2.1')).rejects.toMatchObject({ win32: 1_314 });
  });

  it('keeps its files from other containers and from the host drive', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    await a.win32.write('C:\\secret.txt', new TextEncoder().encode('mine'), 'replace');
    expect(await readOr(a.win32, 'C:\\secret.txt')).toBe('mine');
    expect(await readOr(b.win32, 'C:\\secret.txt')).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
    expect(await readOr(kernel.admin, 'C:\\secret.txt')).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
  });

  it('has named pipes of its own, and those of the host that it was given', async () => {
    const image = kernel.machine.createStore({ label: '', totalBytes: 1_000 });
    const system = await kernel.machine.createComputeSystem({
      name: containerId('p'),
      hostname: 'p',
      disk: kernel.machine.createContainerDisk(image, { sizeBytes: 1_000 }),
      binds: [],
      pipes: [{ source: '\\\\.\\pipe\\docker_engine', target: '\\\\.\\pipe\\docker_inside' }],
      environment: {},
      hyperv: false,
    });
    const inside = kernel.machine.win32(kernel.machine.subjectIn(system.siloId ?? 0));
    expect((await inside.list('\\\\.\\pipe\\')).map(({ name }) => name)).toContain('docker_inside');
    expect((await inside.stat('\\\\.\\pipe\\Docker_Inside')).name).toBe('docker_inside');
    expect(await kernel.user.stat('\\\\.\\pipe\\docker_inside').catch(refusal)).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
  });

  it('leads nobody inside to \\Silos or to another container', async () => {
    const [a, b] = [await kernel.container('a'), await kernel.container('b')];
    await b.win32.write('C:\\f.txt', new TextEncoder().encode('b'), 'replace');
    const device = kernel.admin
      .listDirectoryObject(`\\Silos\\${b.system.siloId}\\Device`)
      .find(({ name }) => name.startsWith('VhdHardDisk'))?.name;
    for (const path of [
      `\\\\?\\GLOBALROOT\\Silos\\${b.system.siloId}\\Device\\${device}\\f.txt`,
      `\\\\?\\GLOBALROOT\\Device\\${device}\\f.txt`,
    ]) {
      expect(await readOr(a.win32, path)).toBe('STATUS_OBJECT_PATH_NOT_FOUND');
    }
    expect(await readOr(kernel.admin, `\\\\?\\GLOBALROOT\\Device\\${device}\\f.txt`)).toBe('b');
  });
});

describe('a bind mount', () => {
  it('shows a directory of the host at its target, to write where it may be written', async () => {
    await kernel.admin.createDirectory('C:\\data');
    await kernel.admin.write('C:\\data\\in.txt', new TextEncoder().encode('host'), 'replace');
    const { win32 } = await kernel.container('a', {
      binds: [
        { target: 'C:\\Mounted\\Rw', readOnly: false, source: { hostPath: 'C:\\data' } },
        { target: 'c:/mounted/ro', readOnly: true, source: { hostPath: 'C:\\data' } },
        { target: 'D:', readOnly: false, source: { hostPath: 'C:\\data' } },
        { target: 'e:\\some\\where\\', readOnly: true, source: { hostPath: 'C:\\data' } },
      ],
    });
    await win32.write('C:\\mounted\\rw\\out.txt', new TextEncoder().encode('container'), 'replace');
    expect(await readOr(kernel.admin, 'C:\\data\\out.txt')).toBe('container');
    expect(await readOr(win32, 'C:\\Mounted\\ro\\in.txt')).toBe('host');
    expect(await readOr(win32, 'D:\\in.txt')).toBe('host');
    expect(await readOr(win32, 'E:\\some\\where\\in.txt')).toBe('host');
    expect((await win32.list('C:\\Mounted')).map(({ name }) => name)).toEqual(['ro', 'Rw']);
    const write = win32.write('C:\\mounted\\ro\\in.txt', new Uint8Array(1), 'replace').catch(refusal);
    expect(await write).toBe('STATUS_ACCESS_DENIED');
  });

  it('cannot come from a WinFsp volume of the host, and not from what is missing', async () => {
    const host = await kernel.hostServer(kernel.machine.subjects.system);
    await kernel.mount(host, { says: 'x', at: 'Y:' });
    const bound = (hostPath: string): Promise<string> =>
      kernel
        .container('a', { binds: [{ target: 'C:\\m', readOnly: false, source: { hostPath } }] })
        .then(() => 'bound', refusal);
    expect(await bound('Y:\\')).toBe('STATUS_INVALID_DEVICE_REQUEST');
    expect(await bound('C:\\nothing')).toBe('STATUS_OBJECT_NAME_NOT_FOUND');
    expect(kernel.machine.computeSystems()).toEqual([]);
  });
});

describe('a container that ends', () => {
  it('takes its processes, its namespace, its job and its disk along', async () => {
    const { system, win32, server } = await kernel.container('a');
    const before = kernel.admin.listDirectoryObject('\\Device').length;
    await system.terminate();
    await system.ended;
    expect(server.exitCode).toBe(1_067);
    expect(kernel.machine.computeSystems()).toEqual([]);
    expect(system.processes()).toEqual([]);
    expect(kernel.admin.listDirectoryObject('\\Silos')).toEqual([]);
    expect(kernel.admin.listDirectoryObject('\\').filter(({ type }) => type === 'Job')).toEqual([]);
    expect(kernel.admin.listDirectoryObject('\\Device').length).toBe(before - 1);
    expect(await readOr(win32, 'C:\\f')).toBe('STATUS_PROCESS_IS_TERMINATING');
  });

  it('lets its ids be used again, after a while', async () => {
    const seen = new Set<number | undefined>();
    let reused = false;
    for (let round = 0; round < 40 && !reused; round += 1) {
      const { system } = await kernel.container('a');
      reused = seen.has(system.siloId);
      seen.add(system.siloId);
      await system.terminate();
    }
    expect(reused).toBe(true);
  });

  it('asks its processes first when it is shut down', async () => {
    const { system, server } = await kernel.container('a');
    const polite = await system.spawn({ commandLine: 'polite', user: '', stdout: nowhere, stderr: nowhere });
    await new Promise(resolve => setImmediate(resolve));
    await system.shutdown();
    expect([polite.exitCode, server.exitCode]).toEqual([42, 0xc000013a]);
  });

  it('is terminated when a process does not heed the shutdown', async () => {
    const stubborn = new TestKernel({}, { stubborn: c => new Promise(() => void c.onControl(() => undefined)) });
    const { system } = await stubborn.container('a');
    const process = await system.spawn({ commandLine: 'stubborn', user: '', stdout: nowhere, stderr: nowhere });
    await new Promise(resolve => setImmediate(resolve));
    const shutdown = system.shutdown();
    stubborn.clock.advance(4_999);
    expect(process.exitCode).toBeUndefined();
    stubborn.clock.advance(1);
    await shutdown;
    expect(process.exitCode).toBe(1_067);
    await stubborn.dispose();
  });

  it('ends when one of its critical processes does', async () => {
    const { system } = await kernel.container('a');
    system
      .processes()
      .find(({ imageName }) => imageName === 'csrss.exe')
      ?.terminate(1);
    await system.ended;
    expect(kernel.machine.computeSystems()).toEqual([]);
  });
});

describe('a Hyper-V isolated container', () => {
  it('has no silo, no job and no process on the host but vmwp.exe', async () => {
    const before = kernel.machine.processes().length;
    const { system } = await kernel.container('a', { hyperv: true });
    expect(system.siloId).toBeUndefined();
    expect(kernel.machine.processes().map(({ imageName }) => imageName)).toContain('vmwp.exe');
    expect(kernel.machine.processes()).toHaveLength(before + 1);
    expect(kernel.admin.listDirectoryObject('\\Silos')).toEqual([]);
    expect(kernel.admin.listDirectoryObject('\\').filter(({ type }) => type === 'Job')).toEqual([]);
    expect(system.processes().at(-1)).toMatchObject({ imageName: 'serve.exe' });
    await system.terminate();
    expect(kernel.machine.processes()).toHaveLength(before);
  });

  it('has no WinFsp and reaches no WinFsp volume by UNC', async () => {
    await kernel.mount(await kernel.container('a'), { says: 'leak', prefix: '\\memfs\\share' });
    const { win32, server } = await kernel.container('b', { hyperv: true });
    expect(win32.winfsp.present()).toBe(false);
    await expect(kernel.mount({ win32, server }, { says: 'x' })).rejects.toMatchObject({ status: 0xc0000034 });
    expect(await readOr(kernel.user, '\\\\memfs\\share\\f.txt')).toBe('leak');
    expect(await readOr(win32, '\\\\memfs\\share\\f.txt')).toBe('STATUS_BAD_NETWORK_PATH');
  });

  it('runs programs and sees its binds', async () => {
    await kernel.admin.createDirectory('C:\\data');
    await kernel.admin.write('C:\\data\\in.txt', new TextEncoder().encode('host'), 'replace');
    const binds = [{ target: 'C:\\m', readOnly: true, source: { hostPath: 'C:\\data' } }];
    const { system, win32 } = await kernel.container('a', { hyperv: true, binds });
    const stdout = new Transcript();
    const process = await system.spawn({ commandLine: 'args x', user: '', stdout, stderr: nowhere });
    expect([await process.ended, stdout.text]).toEqual([0, 'args\nx\n']);
    expect(await readOr(win32, 'C:\\m\\in.txt')).toBe('host');
  });
});
