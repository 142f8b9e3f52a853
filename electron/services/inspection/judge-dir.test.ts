import { describe, expect, it } from 'vitest';
import { parseFreeBytes } from '../readiness/parse-free-bytes.ts';
import { judgeDir, judgeType } from './judge-dir.ts';
import { parseNetUse } from './parse-net-use.ts';

const HEADER = ' Volume in drive Y is MEMFS\r\n Volume Serial Number is 2112-E231\r\n\r\n Directory of Y:\\\r\n\r\n';

describe('a listing by dir', () => {
  it.each([
    [{ exitCode: 0, stdout: `${HEADER}               1 File(s)`, stderr: '' }, 'answered'],
    [{ exitCode: 1, stdout: HEADER, stderr: 'File Not Found\r\n' }, 'answered'],
    [{ exitCode: 1, stdout: '', stderr: 'The system cannot find the path specified.\r\n' }, 'not-found'],
    [{ exitCode: 1, stdout: '', stderr: 'The network path was not found.\r\n' }, 'not-found'],
    [{ exitCode: 1, stdout: '', stderr: 'The network name cannot be found.\r\n' }, 'not-found'],
    [{ exitCode: 1, stdout: '', stderr: 'Access is denied.\r\n' }, 'denied'],
    [{ exitCode: 1, stdout: '', stderr: 'Das System kann den angegebenen Pfad nicht finden.\r\n' }, 'failed'],
    [
      { exitCode: 1, stdout: '', stderr: 'The filename, directory name, or volume label syntax is incorrect.\r\n' },
      'failed',
    ],
    [{ exitCode: 1, stdout: '', stderr: '' }, 'failed'],
  ] as const)('%j is %s', (answer, expected) => {
    expect(judgeDir(answer)).toBe(expected);
  });

  it.each([
    [{ exitCode: 0, stdout: 'token', stderr: '' }, 'answered'],
    [{ exitCode: 1, stdout: '', stderr: 'The system cannot find the file specified.\r\n' }, 'not-found'],
    [{ exitCode: 1, stdout: '', stderr: 'Access is denied.\r\n' }, 'denied'],
  ] as const)('of a file, %j is %s', (answer, expected) => {
    expect(judgeType(answer)).toBe(expected);
  });
});

describe('the free bytes that dir ends with', () => {
  it.each([
    [
      '               2 File(s)          1,024 bytes\r\n               4 Dir(s)  214,748,364,800 bytes free\r\n',
      214_748_364_800,
    ],
    ['               4 Verzeichnis(se), 214.748.364.800 Bytes frei\r\n', 214_748_364_800],
    ['               4 R\u00e9p(s)  214\u202f748\u202f364\u202f800 octets libres\r\n', 214_748_364_800],
    ['               4 Dir(s)  512 bytes free\r\n', 512],
    ['', undefined],
    ['nothing\r\n', undefined],
  ])('of %j are %s', (text, expected) => {
    expect(parseFreeBytes(text)).toBe(expected);
  });
});

describe('the connections of net use', () => {
  it('are known by their remote name, with the letter before it', () => {
    const text = [
      'New connections will be remembered.',
      '',
      '',
      'Status       Local     Remote                    Network',
      '',
      '-------------------------------------------------------------------------------',
      'OK           S:        \\\\fileserver\\data         Microsoft Windows Network',
      'OK                     \\\\other\\IPC$              Microsoft Windows Network',
      '             Y:        \\\\memfs\\share             WinFsp.Np',
      'The command completed successfully.',
      '',
    ].join('\r\n');
    expect(parseNetUse(text)).toEqual([
      { remote: '\\\\fileserver\\data', local: 'S:' },
      { remote: '\\\\other\\IPC$' },
      { remote: '\\\\memfs\\share', local: 'Y:' },
    ]);
  });
});
