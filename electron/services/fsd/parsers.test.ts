import { describe, expect, it } from 'vitest';
import { parseRegQuery, registryData } from '../../../shared/domain/parse-reg-query.ts';
import { chooseDriver } from './discover-fsd.ts';
import { parseLsdrv, parseLsvol, parseVer } from './parse-fsptool.ts';
import { parseScQuery } from './parse-sc-query.ts';

const VOLUME = '\\Device\\Volume{50cfe046-8503-403b-b89c-eb20bd9edf23}';
const OTHER = '\\Device\\Volume{048953b0-a1be-4268-90ff-9554c20ec15e}';

describe('the answer of sc query', () => {
  const running = [
    '',
    'SERVICE_NAME: WinFsp+2.1 ',
    '        TYPE               : 2  FILE_SYSTEM_DRIVER  ',
    '        STATE              : 4  RUNNING ',
    '                                (STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)',
    '        WIN32_EXIT_CODE    : 0  (0x0)',
    '        SERVICE_EXIT_CODE  : 0  (0x0)',
    '        CHECKPOINT         : 0x0',
    '        WAIT_HINT          : 0x0',
    '',
  ].join('\r\n');

  it.each<[string, string, object[]]>([
    ['a running driver', running, [{ name: 'WinFsp+2.1', type: 2, state: 4 }]],
    ['a stopped one', running.replace('4  RUNNING', '1  STOPPED'), [{ name: 'WinFsp+2.1', type: 2, state: 1 }]],
    [
      'several, with display names',
      `${running}\r\nSERVICE_NAME: Npfs\r\nDISPLAY_NAME: Npfs\r\n        TYPE               : 2  FILE_SYSTEM_DRIVER\r\n        STATE              : 4  RUNNING\r\n`,
      [
        { name: 'WinFsp+2.1', type: 2, state: 4 },
        { name: 'Npfs', type: 2, state: 4 },
      ],
    ],
    [
      'in another language',
      'SERVICE_NAME: WinFsp+2.1\r\n        TYP                : 2  FILE_SYSTEM_DRIVER\r\n        STATUS             : 2  START_PENDING\r\n',
      [{ name: 'WinFsp+2.1', type: 2, state: 2 }],
    ],
    ['with bare line feeds', running.replaceAll('\r\n', '\n'), [{ name: 'WinFsp+2.1', type: 2, state: 4 }]],
    ['cut short', running.slice(0, 60), []],
    ['nothing', '', []],
    [
      'a failure',
      '[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\r\n\r\nThe specified service does not exist as an installed service.\r\n',
      [],
    ],
  ])('%s', (_, text, expected) => {
    expect(parseScQuery(text)).toEqual(expected);
  });
});

describe('the answer of reg query', () => {
  const answer =
    '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\WinFsp\r\n    InstallDir    REG_SZ    C:\\Program Files (x86)\\WinFsp\\\r\n    Sxs Dir    REG_SZ    C:\\a\r\n    (Default)    REG_SZ    (value not set)\r\n    Empty    REG_SZ\r\n\r\n';

  it('has keys, names with blanks, types and data', () => {
    const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\WinFsp';
    expect(parseRegQuery(answer)).toEqual([
      { key, name: 'InstallDir', type: 'REG_SZ', data: 'C:\\Program Files (x86)\\WinFsp\\' },
      { key, name: 'Sxs Dir', type: 'REG_SZ', data: 'C:\\a' },
      { key, name: '(Default)', type: 'REG_SZ', data: '(value not set)' },
      { key, name: 'Empty', type: 'REG_SZ', data: '' },
    ]);
  });

  it('is asked for one value in any case', () => {
    expect(registryData(answer, 'installdir')).toBe('C:\\Program Files (x86)\\WinFsp\\');
    expect(
      registryData('ERROR: The system was unable to find the specified registry key or value.\r\n', 'InstallDir'),
    ).toBeUndefined();
  });
});

describe('the answer of fsptool lsvol', () => {
  it.each<[string, string, object[]]>([
    ['a disk volume with its letter', `Z:  ${VOLUME}\n`, [{ device: VOLUME, mountPoint: 'Z:' }]],
    [
      'a network volume with its prefix',
      `Y:  ${VOLUME}\\memfs\\share\n`,
      [{ device: VOLUME, mountPoint: 'Y:', uncPrefix: '\\memfs\\share' }],
    ],
    ['one without a letter', `    ${VOLUME}\\memfs\\share\r\n`, [{ device: VOLUME, uncPrefix: '\\memfs\\share' }]],
    [
      'two',
      `Z:  ${VOLUME}\nY:  ${OTHER}\\a b\\c\n`,
      [
        { device: VOLUME, mountPoint: 'Z:' },
        { device: OTHER, mountPoint: 'Y:', uncPrefix: '\\a b\\c' },
      ],
    ],
    [
      'one without a letter, as newer versions say it',
      `-   ${VOLUME}\\memfs\\share\n`,
      [{ device: VOLUME, uncPrefix: '\\memfs\\share' }],
    ],
    ['one twice', `Z:  ${VOLUME}\n    ${VOLUME}\n`, [{ device: VOLUME, mountPoint: 'Z:' }]],
    ['a name cut short', `Z:  ${VOLUME.slice(0, 30)}\n`, []],
    ['noise', 'usage: fsptool COMMAND ARGS\n', []],
  ])('%s', (_, text, expected) => {
    expect(parseLsvol(text)).toEqual(expected);
  });
});

describe('the drivers and versions that fsptool names', () => {
  it('are read with their state', () => {
    expect(parseLsdrv('R   WinFsp+2.1\n-   WinFsp\nnoise\n')).toEqual([
      { service: 'WinFsp+2.1', running: true },
      { service: 'WinFsp', running: false },
    ]);
    expect(parseVer('2.1 (SxS=20250518T1)\r\n')).toEqual({ version: '2.1', instance: '20250518T1' });
    expect(parseVer('1.12\n')).toEqual({ version: '1.12' });
    expect(parseVer('')).toBeUndefined();
  });

  it.each<[string, string[], string | undefined, string | undefined]>([
    ['its own instance', ['R WinFsp', '- WinFsp+2.1'], '2.1', 'WinFsp+2.1'],
    ['the one that runs', ['R WinFsp+2.0', '- WinFsp+2.1'], undefined, 'WinFsp+2.0'],
    ['the newest', ['- WinFsp+2.0', '- WinFsp+2.1'], undefined, 'WinFsp+2.1'],
    ['none', [], '2.1', undefined],
  ])('%s is chosen', (_, lines, instance, expected) => {
    const drivers = lines.map(line => ({ running: line.startsWith('R'), service: line.slice(2) }));
    expect(chooseDriver(drivers, instance)).toBe(expected);
  });
});
