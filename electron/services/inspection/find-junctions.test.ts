import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';
import { findJunctions, parseJunctions } from './find-junctions.ts';

let open: SimulatedServices | undefined;
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

const DEVICE = '\\Device\\Volume{50cfe046-8503-403b-b89c-eb20bd9edf23}';

describe('the answer of dir /al', () => {
  it.each<[string, string, object[]]>([
    [
      'a junction to a volume',
      `22/11/2026  08:00    <JUNCTION>     mnt [${DEVICE}\\]`,
      [{ directory: 'C:\\mnt', device: DEVICE }],
    ],
    [
      'one on a localised Windows',
      `22.11.2026  08:00    <VERBINDUNG>   my data [${DEVICE}\\]`,
      [{ directory: 'C:\\my data', device: DEVICE }],
    ],
    ['one that leads to a directory', '11/22/2026  08:00 AM    <JUNCTION>     Documents and Settings [C:\\Users]', []],
    [
      'one that the mount manager made',
      '11/22/2026  08:00 AM    <JUNCTION>     disk [\\??\\Volume{50cfe046-8503-403b-b89c-eb20bd9edf23}\\]',
      [],
    ],
    ['a directory of a deceiving name', `11/22/2026  08:00 AM    <DIR>          x [${DEVICE}`, []],
    ['nothing', 'File Not Found\r\n', []],
  ])('%s', (_, text, expected) => {
    expect(parseJunctions(`\r\n Directory of C:\\\r\n\r\n${text}\r\n`, 'C:\\')).toEqual(expected);
  });

  it('is read whatever it holds, and names nothing outside the directory', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), noise => {
        for (const { directory } of parseJunctions(`${noise}<JUNCTION> ${noise} [${DEVICE}\\]\r\n${noise}`, 'C:\\')) {
          expect(directory.startsWith('C:\\')).toBe(true);
          expect(directory.slice(3)).not.toContain('\\');
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('the search below a disk', () => {
  const HEADER = ' Volume in drive C has no label.\r\n\r\n Directory of C:\\\r\n\r\n';
  const AT = '22/11/2026  08:00    ';

  it.each<[string, string, number, string[]]>([
    ['a symbolic link to a server', `${AT}<SYMLINKD>     mnt [\\\\server\\share]`, 0, ['C:\\']],
    ['a mount of WinFsp', `${AT}<JUNCTION>     MNT [${DEVICE}\\]`, 0, ['C:\\']],
    ['a link of another kind, of which nothing is told', `${AT}<DIR>          mnt`, 0, ['C:\\']],
    ['a link whose target is written in another language', `${AT}<VERBINDUNG>   mnt [...]`, 0, ['C:\\']],
    ['no link, beside one', `${AT}<JUNCTION>     mnt2 [C:\\mnt]`, 0, ['C:\\', 'C:\\mnt']],
    ['no link, and there is none at all', '', 1, ['C:\\', 'C:\\mnt']],
  ])('goes into mnt only where it is no link: %s', async (_, line, exitCode, expected) => {
    const opened: string[] = [];
    const run = async (argv: readonly string[]) => {
      const directory = argv.at(-1) ?? '';
      opened.push(directory);
      const stdout = directory === 'C:\\' ? `${HEADER}${line}\r\n` : '';
      return { argv, exitCode, stdout, stderr: '', elapsedMs: 1 };
    };
    const { searched } = await findJunctions({ run }, ['C:']);
    expect(opened).toEqual(expected);
    expect(searched).toEqual(expected);
  });

  it('stays out of mnt where the disk itself shows nothing', async () => {
    const opened: string[] = [];
    const run = async (argv: readonly string[]) => {
      opened.push(argv.at(-1) ?? '');
      return { argv, exitCode: 1, stdout: '', stderr: 'The device is not ready.', elapsedMs: 1 };
    };
    expect(await findJunctions({ run }, ['D:'])).toEqual({ junctions: [], searched: [] });
    expect(opened).toEqual(['D:\\']);
  });
});

describe("a file system on the host's own directory", () => {
  const memfs = (mountPoint: string) => ({ commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m ${mountPoint}` });

  it('is found where people mount, and said to be somewhere where it is not found', async () => {
    open = await openSimulatedServices({
      winfsp: { fsd: 'running' },
      hostFileSystems: [memfs('C:\\data'), memfs('C:\\Users\\Public\\deep')],
    });
    const { volumes, gaps } = await open.call('inspection.take', {});
    expect(volumes.map(({ mountPoints }) => mountPoints.join()).sort()).toEqual(['', 'C:\\data']);
    expect(gaps.filter(({ what }) => what.startsWith('directory on which'))).toEqual([
      expect.objectContaining({
        namespace: 'host',
        reason: expect.stringContaining('only C:\\, C:\\mnt were looked into'),
      }),
    ]);
  });

  it('is looked for nowhere while every volume has its letter', async () => {
    open = await openSimulatedServices({ winfsp: { fsd: 'running' }, hostFileSystems: [memfs('X:')] });
    const { volumes, gaps } = await open.call('inspection.take', {});
    expect(volumes.map(({ mountPoints }) => mountPoints)).toEqual([['X:']]);
    expect(gaps.filter(({ what }) => what.startsWith('directory'))).toEqual([]);
  });
});

describe("a file system on a silo's own directory", () => {
  const DISK = '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m C:\\data';
  const gapsOf = async (command: string | undefined): Promise<[string[][], string[]]> => {
    open = await openSimulatedServices({
      winfsp: { fsd: 'running' },
      images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
      containers: [
        {
          name: 'box',
          image: SERVERCORE,
          fileSystems: [{ commandLine: DISK }],
          ...(command === undefined ? {} : { command }),
        },
      ],
    });
    const { volumes, gaps } = await open.call('inspection.take', {});
    const where = gaps.filter(({ what }) => what.startsWith('directory on which'));
    return [volumes.map(({ mountPoints }) => mountPoints), where.map(({ namespace }) => namespace.replace(/\d+/, 'n'))];
  };

  it('is known from the command line of its program', async () => {
    expect(await gapsOf(undefined)).toEqual([[['C:\\data']], []]);
  });

  it('is a gap where its program is not known', async () => {
    expect(await gapsOf('ping -t localhost')).toEqual([[[]], ['silo:n']]);
  });
});
