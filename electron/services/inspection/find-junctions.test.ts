import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';
import { parseJunctions } from './find-junctions.ts';

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
