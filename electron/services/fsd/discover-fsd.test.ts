import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Host } from '../../hosts/host.ts';
import { discoverFsd } from './discover-fsd.ts';

const KEY = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\WinFsp';
const FOLDER = 'C:\\Program Files (x86)\\WinFsp';

const service = (name: string, state: string): string =>
  `\r\nSERVICE_NAME: ${name}\r\nDISPLAY_NAME: ${name}\r\n        TYPE               : 2  FILE_SYSTEM_DRIVER\r\n        STATE              : ${state}\r\n        WIN32_EXIT_CODE    : 0  (0x0)\r\n`;
const value = (name: string, data: string): string => `\r\n${KEY}\r\n    ${name}    REG_SZ    ${data}\r\n\r\n`;

/** A host that knows these command lines; any other is not there. */
function host(answers: Readonly<Record<string, string>>): Pick<Host, 'run'> & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    run: async argv => {
      const line = argv.join(' ');
      asked.push(line);
      const found = Object.entries(answers).find(([part]) => line.includes(part));
      if (found === undefined) throw new FaultError({ code: 'not-found', what: 'program', name: argv[0] ?? '' });
      return { argv, exitCode: 0, stdout: found[1], stderr: '', elapsedMs: 1 };
    },
  };
}

const installed = { '/v InstallDir': value('InstallDir', `${FOLDER}\\`) };

describe('the driver where fsptool says nothing', () => {
  it.each([
    [
      'is that of the instance that the registry names',
      { '/v SxsDir': value('SxsDir', `${FOLDER}\\SxS\\sxs.20250518T120000Z\\`) },
      { service: 'WinFsp+20250518T120000Z', state: 'running', alsoRunning: ['WinFsp'] },
    ],
    ['is the one that runs, when the registry names none', {}, { service: 'WinFsp', state: 'running' }],
  ])('%s', async (_what, more, expected) => {
    const under = host({
      ...installed,
      ...more,
      'query type= filesys': [
        service('WinFsp+20250518T120000Z', '1  STOPPED'),
        service('NTFS', '4  RUNNING'),
        service('WinFsp', '4  RUNNING'),
        service('WinFspOther', '4  RUNNING'),
      ].join(''),
      'sc.exe query WinFsp': service('any', '4  RUNNING'),
    });
    expect(await discoverFsd(under)).toEqual({ ...expected, installDirectory: FOLDER });
  });

  it('is not looked for where WinFsp is not installed', async () => {
    const under = host({ 'sc.exe query WinFsp': '' });
    expect(await discoverFsd(under)).toEqual({ state: 'not-installed' });
    expect(under.asked.filter(line => line.includes('filesys'))).toEqual([]);
  });
});
