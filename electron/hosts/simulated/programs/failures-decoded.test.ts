import { afterEach, describe, expect, it } from 'vitest';
import { decode, decodeExitCode } from '../../../../shared/domain/error-decoder.ts';
import { settle, TestMachine, WINFSP } from './testing/boot.ts';
import { TOOLS, WITH_WINFSP } from './testing/tools.ts';

const MEMFS = `"${WINFSP}\\bin\\memfs-x64.exe"`;

const NO_FSD = /FSD\) does not answer/;
const TAKEN = /drive letter or mount point is taken/;
const NO_DLL = /did not find the WinFsp DLL/;
const USAGE = /does not understand its command line/;
const NO_PARENT = /in which it should be mounted does not exist/;

let world: TestMachine | undefined;
afterEach(async () => {
  await world?.dispose();
  world = undefined;
});

/** The explanation that a launch would give: of what was printed, else of the exit code. */
function explained(ran: { readonly code: number; readonly out: string; readonly err: string }): string {
  return (
    (decode(`${ran.out}${ran.err}`) ?? decodeExitCode(ran.code))?.cause ?? `nothing known of ${JSON.stringify(ran)}`
  );
}

describe('a file system that fails in a silo is explained', () => {
  it.each<[string, string, RegExp]>([
    ['its prefix taken', `${MEMFS} -m X: -u \\memfs\\share`, /UNC prefix that another volume/],
    ['a malformed prefix', `${MEMFS} -u \\x`, /UNC prefix without two parts/],
    ['its letter taken', `${MEMFS} -m Y:`, TAKEN],
    ['a network volume on a directory', `${MEMFS} -m C:\\mnt -u \\o\\s`, /cannot be mounted on a directory/],
    [
      'a network volume by the mount manager',
      `${MEMFS} -m \\\\.\\W: -u \\o\\s`,
      /network volume for the mount manager/,
    ],
    ['a directory that exists', `${MEMFS} -m C:\\Windows`, TAKEN],
    ['a directory without a parent', `${MEMFS} -m C:\\no\\such`, /directory on the way does not exist/],
    ['a prefix of 192 characters', `${MEMFS} -u \\a\\${'b'.repeat(189)}`, /192 characters or more/],
    ['a switch that memfs has not', `${MEMFS} --disk`, USAGE],
    ['a log file that cannot be opened', `${MEMFS} -D C:\\no\\log.txt -m X:`, /log file that memfs was given/],
    ['rclone on a taken letter', 'C:\\Tools\\rclone.exe mount :memory: Y:', TAKEN],
    ['rclone on a directory that exists', 'C:\\Tools\\rclone.exe mount :memory: C:\\Windows', /exists already/],
    ['rclone without a parent directory', 'C:\\Tools\\rclone.exe mount :memory: C:\\no\\such', NO_PARENT],
    ['rclone with an unknown remote', 'C:\\Tools\\rclone.exe mount sales X:', /configuration has no remote/],
    [
      'rclone with a prefix that is taken',
      'C:\\Tools\\rclone.exe mount :memory: X: --volname \\\\memfs\\share',
      /UNC prefix that/,
    ],
    ['rclone without arguments to mount', 'C:\\Tools\\rclone.exe mount', USAGE],
    ['rclone with an unknown command', 'C:\\Tools\\rclone.exe munt x: X:', USAGE],
    ['juicefs on a taken letter', 'C:\\Tools\\juicefs.exe mount sqlite3://m.db Y:', TAKEN],
    ['juicefs on a directory', 'C:\\Tools\\juicefs.exe mount sqlite3://m.db C:\\jfs', /unless told otherwise/],
    [
      'juicefs without a parent directory',
      'C:\\Tools\\juicefs.exe mount --as-local-volume sqlite3://m.db C:\\no\\such',
      NO_PARENT,
    ],
    [
      'juicefs on an existing directory',
      'C:\\Tools\\juicefs.exe mount --as-local-volume sqlite3://m.db C:\\Windows',
      /exists already/,
    ],
    ['juicefs in the background', 'C:\\Tools\\juicefs.exe mount -d sqlite3://m.db X:', /becomes a Windows service/],
    ['juicefs without a mount point', 'C:\\Tools\\juicefs.exe mount sqlite3://m.db', USAGE],
    ['juicefs with an unknown verb', 'C:\\Tools\\juicefs.exe munt', USAGE],
    ['sshfs-win on a taken letter', 'C:\\Ssh\\sshfs-win.exe svc \\sshfs\\u@h Y:', TAKEN],
    ['sshfs-win without arguments', 'C:\\Ssh\\sshfs-win.exe', USAGE],
    ['hubfs on a taken letter', 'C:\\Tools\\hubfs.exe Y:', TAKEN],
    [
      'hubfs with a malformed prefix',
      'C:\\Tools\\hubfs.exe -o VolumePrefix=\\x github.com X:',
      /UNC prefix without two parts/,
    ],
    ['hubfs with an unknown provider', 'C:\\Tools\\hubfs.exe example.com X:', /github\.com and gitlab\.com only/],
    ['hubfs without arguments', 'C:\\Tools\\hubfs.exe', USAGE],
    ["WinFsp's launcher, which is not there", `"${WINFSP}\\bin\\launchctl-x64.exe" list`, /launcher does not run/],
    ['the launcher from a command line', `"${WINFSP}\\bin\\launcher-x64.exe"`, /started from a command line/],
  ])('for %s', async (_, line, cause) => {
    world = new TestMachine({ behaviour: { unknownServerMs: 0 } });
    const a = await world.silo('a', 'servercore', TOOLS);
    await a.start(`${MEMFS} -m Y: -u \\memfs\\share`);
    await settle();
    expect(explained(await a.run(line, WITH_WINFSP))).toMatch(cause);
  });

  it.each([
    `${MEMFS} -m X:`,
    'C:\\Tools\\rclone.exe mount :memory: X:',
    'C:\\Tools\\juicefs.exe mount sqlite3://m.db X:',
    'C:\\Ssh\\sshfs-win.exe svc \\sshfs\\u@h X:',
    'C:\\Tools\\hubfs.exe X:',
  ])('where the FSD does not run: %s', async line => {
    world = new TestMachine({ winfsp: { fsd: 'stopped' } });
    const a = await world.silo('a', 'servercore', TOOLS);
    expect(explained(await a.run(line, WITH_WINFSP))).toMatch(NO_FSD);
  });

  it.each([
    'C:\\Tools\\rclone.exe mount :memory: X:',
    'C:\\Tools\\juicefs.exe mount sqlite3://m.db X:',
    'C:\\Bare\\sshfs-win.exe svc \\sshfs\\u@h X:',
    'C:\\Tools\\hubfs.exe X:',
  ])('where nobody told it the place of WinFsp: %s', async line => {
    world = new TestMachine();
    const a = await world.silo('a', 'servercore', TOOLS);
    expect(explained(await a.run(line))).toMatch(NO_DLL);
  });

  it('on Nano Server, where the DLL cannot be loaded', async () => {
    world = new TestMachine();
    const a = await world.silo('a', 'nanoserver');
    expect(explained(await a.run(`${MEMFS} -m X:`))).toMatch(/typical of Nano Server/);
  });
});

describe('a Windows tool that fails is explained', () => {
  it.each<[string, string, RegExp]>([
    ['the old name of the FSD', 'sc.exe start winfsp', /no service of that name/],
    ['a second start of the FSD', 'sc.exe start WinFsp+2.1', /runs already/],
    ['a stop of the FSD', 'sc.exe stop WinFsp+2.1', /accepts no stop|may not do that/],
    ['a connection to nobody', 'net.exe use X: \\\\nobody\\share', /Nobody serves/],
    ['HCS, asked by a user', 'hcsdiag.exe list -raw', /may not do that/],
    ['a letter that is no connection', 'net.exe use X: /delete', /no such network connection/],
  ])('%s', async (_, line, cause) => {
    world = new TestMachine({ behaviour: { unknownServerMs: 0 } });
    expect(explained(await world.host().run(line))).toMatch(cause);
  });
});
