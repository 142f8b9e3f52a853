import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { containerId, readOr, TestKernel } from './testing/boot.ts';

let kernel: TestKernel;
beforeEach(() => {
  kernel = new TestKernel();
});
afterEach(() => kernel.dispose());

const values = (
  key: { readonly values: readonly { readonly name: string; readonly data: unknown }[] } | undefined,
): object => Object.fromEntries((key?.values ?? []).map(({ name, data }) => [name, data]));

describe('a simulated Windows machine', () => {
  it('says what it is, in its version and in its registry', () => {
    const { name, version, processors, memoryBytes } = kernel.machine;
    expect({ name, processors, memoryBytes, ...version }).toMatchObject({
      name: 'WORKSTATION',
      processors: 8,
      memoryBytes: 34_359_738_368,
      build: 26_100,
      revision: 4_652,
      productType: 'client',
    });
    expect(values(kernel.user.registryKey('HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'))).toMatchObject({
      CurrentBuildNumber: '26100',
      UBR: 4_652,
      DisplayVersion: '24H2',
      ProductName: 'Windows 10 Pro',
      EditionID: 'Professional',
      InstallationType: 'Client',
      BuildLabEx: version.buildLabEx,
    });
  });

  it('lists subkeys and knows missing keys', () => {
    const services = kernel.user.registryKey('HKLM\\SYSTEM\\CurrentControlSet\\Services');
    expect(services?.subkeys).toEqual(
      expect.arrayContaining(['WinFsp+2.1', 'Mup', 'docker', 'vmcompute', 'WinFsp.Np']),
    );
    expect(kernel.user.registryKey('HKLM\\SOFTWARE\\Nobody')).toBeUndefined();
  });

  it('puts WinFsp first in ProviderOrder, under a name without the side-by-side suffix', () => {
    const control = 'HKLM\\SYSTEM\\CurrentControlSet';
    expect(values(kernel.user.registryKey(`${control}\\Control\\NetworkProvider\\Order`))).toEqual({
      ProviderOrder: 'WinFsp.Np,LanmanWorkstation,webclient',
    });
    expect(values(kernel.user.registryKey(`${control}\\Services\\WinFsp.Np\\NetworkProvider`))).toMatchObject({
      DeviceName: '\\Device\\WinFsp.Mup',
    });
  });

  it('runs the services of a container host', () => {
    const running = kernel.user.services().filter(({ state }) => state === 'running');
    const names = running.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['docker', 'hns', 'LanmanWorkstation', 'Mup', 'vmcompute', 'WinFsp+2.1']),
    );
    const ids = new Set(kernel.machine.processes().map(({ processId }) => processId));
    const inProcesses = running.filter(({ type }) => type.endsWith('-process'));
    expect(inProcesses.filter(({ processId }) => !ids.has(processId))).toEqual([]);
  });

  it('lets an administrator stop and start a service, and nobody else', async () => {
    await expect(kernel.user.stopService('docker')).rejects.toMatchObject({ win32: 5 });
    await expect(kernel.user.startService('WebClient')).rejects.toMatchObject({ win32: 5 });
    await kernel.admin.stopService('Docker');
    expect(kernel.user.service('docker')).toMatchObject({ state: 'stopped', processId: 0, acceptsStop: false });
    await expect(kernel.admin.stopService('docker')).rejects.toMatchObject({ win32: 1_062 });
    await expect(kernel.admin.stopService('RpcSs')).rejects.toMatchObject({ win32: 1_052 });
    await kernel.admin.startService('docker');
    expect(kernel.user.service('docker')?.state).toBe('running');
  });

  it('has a C: drive with the room that the scenario gives it', async () => {
    const { fileSystemName, freeBytes } = await kernel.user.information('C:\\');
    expect(fileSystemName).toBe('NTFS');
    expect(freeBytes).toBeLessThanOrEqual(214_748_364_800);
    expect(freeBytes).toBeGreaterThan(214_748_000_000);
    expect((await kernel.user.list('C:\\Users')).map(({ name }) => name)).toEqual(['Public', 'user']);
  });

  it('writes to NUL and reads nothing from it', async () => {
    await kernel.user.write('NUL', new Uint8Array(3), 'replace');
    expect(await kernel.user.read('C:\\Windows\\nul')).toHaveLength(0);
  });

  it('has no room for a container’s disk when the scenario says so', async () => {
    const full = new TestKernel({ faults: [{ kind: 'disk-full' }] });
    await expect(full.container('a')).rejects.toMatchObject({ win32: 112 });
    await full.dispose();
  });

  it('carries hundreds of silos, each with a leaking volume', async () => {
    const containers = [];
    for (let index = 0; index < 300; index += 1) {
      const container = await kernel.container(`c${index}`);
      await kernel.mount(container, { says: `says ${index}`, prefix: `\\class${index}\\share`, at: 'Y:' });
      containers.push(container);
    }
    const seen = await Promise.all(
      containers.map((_, index) => readOr(kernel.user, `\\\\class${index}\\share\\f.txt`)),
    );
    expect(seen).toEqual(containers.map((_, index) => `says ${index}`));
    const jobs = kernel.user.listDirectoryObject('\\').filter(({ type }) => type === 'Job');
    expect(jobs).toHaveLength(300);
    expect(jobs).toContainEqual({ name: `Container_${containerId('c299')}`, type: 'Job' });
  });

  it('ends with everything it runs', async () => {
    const { server } = await kernel.container('a');
    await kernel.dispose();
    expect([server.exitCode, kernel.machine.processes(), kernel.machine.computeSystems()]).toEqual([1_067, [], []]);
  });
});
