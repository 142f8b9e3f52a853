import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askOr, readOr, TestKernel } from './testing/boot.ts';

let kernel: TestKernel;
beforeEach(() => {
  kernel = new TestKernel();
});
afterEach(() => kernel.dispose());

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
