import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askOr, nowhere, readOr, refusal, TestKernel } from './testing/boot.ts';

let kernel: TestKernel;
beforeEach(() => {
  kernel = new TestKernel();
});
afterEach(() => kernel.dispose());

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
    const left = other.user.listDirectoryObject('\\Device').filter(({ name }) => name.startsWith('WinFsp'));
    expect(left).toHaveLength(5);
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
