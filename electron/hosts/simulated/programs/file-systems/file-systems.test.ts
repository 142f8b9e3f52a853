import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Place, settle, TestMachine, WINFSP } from '../testing/boot.ts';
import { TOOLS, WITH_WINFSP } from '../testing/tools.ts';

const FSPTOOL = `"${WINFSP}\\bin\\fsptool-x64.exe"`;

let world: TestMachine;
let a: Place;
beforeEach(async () => {
  world = new TestMachine({ behaviour: { unknownServerMs: 0 } });
  a = await world.silo('a', 'servercore', TOOLS);
});
afterEach(() => world.dispose());

const volumes = async (): Promise<string> =>
  (await a.run(`${FSPTOOL} lsvol`)).out.replace(/\\Device\\Volume\{[0-9a-f-]{36}\}/g, '<volume>');

describe('a stand-in file system in a silo', () => {
  it.each([
    ['rclone mount sales:2026 X:', 'X:  <volume>\n', 'The service rclone has been started.\n'],
    [
      'rclone mount sales:2026 X: --network-mode',
      'X:  <volume>\\server\\sales 2026\n',
      'The service rclone has been started.\n',
    ],
    [
      'rclone mount :memory: X: --volname \\\\files\\x',
      'X:  <volume>\\files\\x\n',
      'The service rclone has been started.\n',
    ],
    [
      'rclone mount r: X: --fuse-flag --VolumePrefix=\\own\\name',
      'X:  <volume>\\own\\name\n',
      'The service rclone has been started.\n',
    ],
    [
      'juicefs mount redis://10.0.0.6:6379/3 J:',
      'J:  <volume>\\juicefs-vol3\\vol3\n',
      'The service juicefs has been started.\n',
    ],
    ['juicefs mount sqlite3://my.db J: --as-local-volume', 'J:  <volume>\n', 'The service juicefs has been started.\n'],
    [
      'sshfs-win svc \\sshfs.k\\bob@build01 S:',
      'S:  <volume>\\sshfs.k\\bob@build01\n',
      'The service sshfs-win has been started.\n',
    ],
    ['sshfs-win cmd carol@build02:/srv S:', 'S:  <volume>\n', 'The service sshfs-win has been started.\n'],
    [
      'hubfs -o VolumePrefix=\\hubfs\\github.com github.com H:',
      'H:  <volume>\\hubfs\\github.com\n',
      'The service hubfs has been started.\n',
    ],
    ['hubfs H:', 'H:  <volume>\n', 'The service hubfs has been started.\n'],
  ])('%s', async (line, listed, started) => {
    const running = await a.start(
      `${line.startsWith('sshfs') ? 'C:\\Ssh' : 'C:\\Tools'}\\${line.replace(' ', '.exe ')}`,
      WITH_WINFSP,
    );
    await settle();
    expect(await volumes()).toBe(listed);
    expect(running.err.text().endsWith(started)).toBe(true);
    running.process.control('ctrl-c');
    const { code, err } = await running.ended();
    // rclone takes an interrupt for an error, the others do not.
    expect(code).toBe(line.startsWith('rclone') ? 1 : 0);
    expect(err).toContain('has been stopped.\n');
    expect(await volumes()).toBe('');
  });

  it.each([
    ['rclone.exe mount r: X:', 1, 'cgofuse: cannot find winfsp\nHint: Install WinFsp from https://winfsp.dev/rel/\n'],
    ['juicefs.exe mount redis://h/1 J:', 2, 'panic: cgofuse: cannot find winfsp\n\ngoroutine 1 [running]:\n'],
    ['hubfs.exe H:', 2, 'panic: cgofuse: cannot find winfsp\n\ngoroutine 1 [running]:\n'],
  ])('%s does not find WinFsp, whose registry entries no container has', async (line, code, end) => {
    const ran = await a.run(`C:\\Tools\\${line}`);
    expect([ran.code, ran.err.slice(-end.length)]).toEqual([code, end]);
  });
});

describe('sshfs-win, which gives sshfs a path of its own', () => {
  it.each([
    ['cmd carol@build02: S:', { environment: {} }],
    ['cmd carol@build02: S:', WITH_WINFSP],
    ['svc \\sshfs\\u@h S:', WITH_WINFSP],
  ])('%s does not find the DLL on any path of the container (%j)', async (line, how) => {
    const ran = await a.run(`C:\\Bare\\sshfs-win.exe ${line}`, how);
    expect([ran.code, ran.err]).toEqual([1, 'cygfuse: initialization failed: winfsp-x64.dll not found\n']);
  });
});

describe('a second mount on a taken letter', () => {
  it.each([
    [
      'rclone.exe mount r: X:',
      1,
      '2026/11/22 01:48:00 CRITICAL: Fatal error: failed to mount FUSE fs: mountpoint path already exists: X:\n',
    ],
    ['hubfs.exe X:', 1, 'Cannot create WinFsp-FUSE file system: mount point in use.\n'],
  ])('%s', async (line, code, err) => {
    const first = await a.start('C:\\Tools\\rclone.exe mount r: X:', WITH_WINFSP);
    await settle();
    const ran = await a.run(`C:\\Tools\\${line}`, WITH_WINFSP);
    expect([ran.code, ran.err]).toEqual([code, err]);
    first.process.terminate(1);
  });

  it('and a second volume of one prefix say what WinFsp says', async () => {
    await a.start('C:\\Ssh\\sshfs-win.exe svc \\sshfs\\u@h S:', WITH_WINFSP);
    await settle();
    expect(await a.run('C:\\Ssh\\sshfs-win.exe svc \\sshfs\\u@h T:', WITH_WINFSP)).toEqual({
      code: 1,
      out: '',
      err: 'Cannot create WinFsp-FUSE file system.\nThe service sshfs-win has failed to start (Status=80070050).\n',
    });
  });

  it('without the FSD say that it was not found', async () => {
    await world.host('elevated').run(`${FSPTOOL} unload`);
    const ran = await a.run('C:\\Tools\\hubfs.exe H:', WITH_WINFSP);
    expect([ran.code, ran.err]).toEqual([1, 'Cannot create WinFsp-FUSE file system: FSD not found.\n']);
  });
});

describe('unmounting by request', () => {
  it('works for rclone through its remote control', async () => {
    const running = await a.start('C:\\Tools\\rclone.exe mount r: X: --rc', WITH_WINFSP);
    await settle();
    expect(await a.run('C:\\Tools\\rclone.exe rc core/quit')).toEqual({ code: 0, out: '{}\n', err: '' });
    expect((await running.ended()).code).toBe(0);
    expect((await a.run('C:\\Tools\\rclone.exe rc core/quit')).code).toBe(1);
  });

  it('works for juicefs through umount', async () => {
    const running = await a.start('C:\\Tools\\juicefs.exe mount redis://h/1 J:', WITH_WINFSP);
    await settle();
    expect((await a.run('C:\\Tools\\juicefs.exe umount J:')).code).toBe(0);
    const { code, err } = await running.ended();
    expect([code, /The juicefs mount process exit successfully, mountpoint: "J:"/.test(err)]).toEqual([0, true]);
  });
});

describe('a remote that nobody configured', () => {
  it('is refused by rclone', async () => {
    expect((await a.run('C:\\Tools\\rclone.exe mount nobody X:', WITH_WINFSP)).err).toBe(
      `2026/11/22 01:48:00 CRITICAL: Fatal error: failed to create file system for "nobody": didn't find section in config file ("nobody")\n`,
    );
  });
});
