import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle, TestMachine, WINFSP } from '../testing/boot.ts';

const MEMFS = `"${WINFSP}\\bin\\memfs-x64.exe"`;
const FSPTOOL = `"${WINFSP}\\bin\\fsptool-x64.exe"`;
const GUID = /\{[0-9a-f-]{36}\}/g;

let world: TestMachine;
beforeEach(() => {
  world = new TestMachine({ behaviour: { unknownServerMs: 0 } });
});
afterEach(() => world.dispose());

describe('memfs as a network file system in a silo', () => {
  it('says so, is listed with its prefix, and is read from another silo', async () => {
    const a = await world.silo('a');
    const b = await world.silo('b');
    const memfs = await a.start(`${MEMFS} -i -F NTFS -m Y: -u \\memfs\\share`);
    await settle();
    expect(memfs.err.text()).toBe(
      'memfs -t -1 -n 1024 -s 16777216 -u \\memfs\\share -m Y:\nThe service memfs has been started.\n',
    );
    expect(await a.run('cmd /c "echo hello> Y:\\f.txt"')).toEqual({ code: 0, out: '', err: '' });
    expect(await b.run('cmd /c type \\\\memfs\\share\\f.txt')).toEqual({ code: 0, out: 'hello\r\n', err: '' });
    expect(await b.run('cmd /c dir Y:\\')).toEqual({
      code: 1,
      out: '',
      err: 'The system cannot find the path specified.\r\n',
    });
    const { out } = await a.run(`${FSPTOOL} lsvol`);
    expect(out.replace(GUID, '{guid}')).toBe('Y:  \\Device\\Volume{guid}\\memfs\\share\n');
    expect(await world.host().run(`${FSPTOOL} lsvol`)).toEqual({ code: 0, out: '', err: '' });
    memfs.process.control('ctrl-break');
    const ended = await memfs.ended();
    expect([ended.code, ended.err.split('\n').at(-2)]).toEqual([0, 'The service memfs has been stopped.']);
    expect(await a.run(`${FSPTOOL} lsvol`)).toEqual({ code: 0, out: '', err: '' });
    expect((await a.run('cmd /c dir Y:\\')).code).toBe(1);
  });
});

describe('a memfs that cannot start', () => {
  const failed = (step: string, status: string) =>
    `${step}\nThe service memfs has failed to start (Status=${status}).\n`;

  it.each([
    ['its prefix taken in this silo', '-m X: -u \\memfs\\share', 80, failed('cannot create MEMFS', '80070050')],
    ['a malformed prefix', '-u \\x', 87, failed('cannot create MEMFS', 'c000000d')],
    ['two leading backslashes', '-u \\\\a\\b', 87, failed('cannot create MEMFS', 'c000000d')],
    ['its drive letter taken', '-m Y:', 183, failed('cannot mount MEMFS', 'c0000035')],
    ['a network volume on a directory', '-m C:\\mnt -u \\other\\share', 65, failed('cannot mount MEMFS', 'c00000ca')],
    [
      'a network volume by the mount manager',
      '-m \\\\.\\W: -u \\other\\share',
      87,
      failed('cannot mount MEMFS', 'c000000d'),
    ],
    ['a prefix of 192 characters', `-u \\a\\${'b'.repeat(189)}`, 0xc000_0417, ''],
  ])('for %s ends with its code', async (_why, args, code, err) => {
    const a = await world.silo('a');
    const first = await a.start(`${MEMFS} -m Y: -u \\memfs\\share`);
    await settle();
    expect(await a.run(`${MEMFS} ${args}`)).toEqual({ code, out: '', err });
    first.process.terminate(1);
  });

  it('without arguments shows its usage', async () => {
    const { code, err } = await (await world.silo('a')).run(MEMFS);
    expect([code, err.split('\n')[0], err.split('\n').at(-2)]).toEqual([
      31,
      'usage: memfs OPTIONS',
      'The service memfs has failed to start (Status=c0000001).',
    ]);
  });

  it('without the FSD, in a container, finds no device', async () => {
    const stopped = new TestMachine({ winfsp: { fsd: 'stopped' } });
    const a = await stopped.silo('a');
    expect(await a.run(`${MEMFS} -m X:`)).toEqual({ code: 2, out: '', err: failed('cannot create MEMFS', 'c000000e') });
    expect(await a.run(`${FSPTOOL} lsvol`)).toEqual({ code: 2, out: '', err: '' });
    await stopped.dispose();
  });

  it('in Nano Server lacks a DLL', async () => {
    expect(await (await world.silo('n', 'nanoserver')).run(`${MEMFS} -m X:`)).toEqual({
      code: 0xc000_0135,
      out: '',
      err: '',
    });
  });
});

describe('memfs on the host', () => {
  it('starts the FSD that it needs', async () => {
    const stopped = new TestMachine({ winfsp: { fsd: 'stopped' } });
    const host = stopped.host();
    expect((await host.run(`${FSPTOOL} lsdrv`)).out).toBe('-   WinFsp+2.1\n');
    await host.start(`${MEMFS} -m *`);
    await settle();
    expect((await host.run(`${FSPTOOL} lsdrv`)).out).toBe('R   WinFsp+2.1\n');
    expect((await host.run(`${FSPTOOL} lsvol`)).out.replace(GUID, '{guid}')).toBe('Z:  \\Device\\Volume{guid}\n');
    await stopped.dispose();
  });

  it('mounts a disk volume on a directory', async () => {
    const host = world.host();
    const memfs = await host.start(`${MEMFS} -F NTFS -m C:\\mnt`);
    await settle();
    expect(await host.run('cmd /c "echo in> C:\\mnt\\f.txt& type C:\\mnt\\f.txt"')).toEqual({
      code: 0,
      out: 'in\r\n',
      err: '',
    });
    memfs.process.control('ctrl-c');
    await memfs.ended();
    expect((await host.run('cmd /c type C:\\mnt\\f.txt')).code).toBe(1);
  });

  it('is full when its nodes or a file are', async () => {
    const host = world.host();
    await host.start(`${MEMFS} -m T: -n 3 -s 512`);
    await settle();
    const { err } = await host.run('cmd /c "echo a> T:\\1& echo b> T:\\2& echo c> T:\\3"');
    expect(err).toBe('The directory or file cannot be created.\r\n');
    expect((await host.run(`cmd /c "for /l %i in (1,1,20) do @echo ${'x'.repeat(30)}>> T:\\1"`)).err).toContain(
      'There is not enough space on the disk.\r\n',
    );
  });

  it('ends when the FSD is unloaded under it, for administrators only', async () => {
    const a = await world.silo('a');
    const memfs = await a.start(`${MEMFS} -m Y:`);
    await settle();
    expect((await world.host().run(`${FSPTOOL} unload`)).code).toBe(1314);
    expect(await world.host('elevated').run(`${FSPTOOL} unload`)).toEqual({ code: 0, out: '', err: '' });
    const { code, err } = await memfs.ended();
    expect([code, err.split('\n').at(-2)]).toEqual([0, 'The service memfs has been stopped.']);
  });
});

describe('a killed memfs', () => {
  it('loses its volume and its letter, and says nothing more', async () => {
    const a = await world.silo('a');
    const memfs = await a.start(`${MEMFS} -m Y:`);
    await settle();
    memfs.process.terminate(1_067);
    await a.start(`${MEMFS} -m Y:`);
    await settle();
    const { code, err } = await memfs.ended();
    expect([code, err.split('\n').at(-2)]).toEqual([1_067, 'The service memfs has been started.']);
    expect((await a.run(`${FSPTOOL} lsvol`)).out.replace(GUID, '{guid}')).toBe('Y:  \\Device\\Volume{guid}\n');
  });

  it('may be killed from within by its process id', async () => {
    const a = await world.silo('a');
    const memfs = await a.start(`${MEMFS} -m Y:`);
    await settle();
    const { processId } = memfs.process;
    expect(await a.run(`taskkill /pid ${processId} /f`)).toEqual({
      code: 0,
      out: `SUCCESS: The process with PID ${processId} has been terminated.\r\n`,
      err: '',
    });
    expect((await memfs.ended()).code).toBe(1);
    expect(await a.run('taskkill /im memfs-x64.exe')).toEqual({
      code: 128,
      out: '',
      err: 'ERROR: The process "memfs-x64.exe" not found.\r\n',
    });
  });
});

describe('a memfs that is slow on purpose', () => {
  it('takes its time of the clock', async () => {
    const host = world.host();
    await host.start(`${MEMFS} -m S: -M 5000`);
    await settle();
    const before = world.clock.now();
    for (let file = 0; file < 5; file++) await host.run(`cmd /c "echo x> S:\\${file}"`);
    expect(world.clock.now()).toBeGreaterThan(before);
  });
});

describe('fsptool', () => {
  it('prints the version with the side-by-side id', async () => {
    expect(await world.host().run(`${FSPTOOL} ver`)).toEqual({ code: 0, out: '2.1 (SxS=2.1)\n', err: '' });
  });

  it('knows no driver in a container', async () => {
    expect(await (await world.silo('a')).run(`${FSPTOOL} lsdrv`)).toEqual({ code: 0, out: '', err: '' });
  });

  it('does not make up permissions', async () => {
    expect(await world.host().run(`${FSPTOOL} perm C:\\Users`)).toEqual({
      code: 50,
      out: '',
      err: 'fsptool: the simulated machine keeps no permissions\n',
    });
  });

  it('asks for a command', async () => {
    const { code, err } = await world.host().run(FSPTOOL);
    expect([code, err.split('\n')[0]]).toEqual([87, 'usage: fsptool COMMAND ARGS']);
  });

  it('says who a container administrator is', async () => {
    const { out } = await (await world.silo('a')).run(`${FSPTOOL} id`);
    expect(out.split('\n')[0]).toBe('User=S-1-5-93-2-1(User Manager\\ContainerAdministrator) (uid=380929)');
  });
});
