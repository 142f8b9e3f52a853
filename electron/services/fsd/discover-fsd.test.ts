import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Host } from '../../hosts/host.ts';
import { discoverFsd, forgetFsd } from './discover-fsd.ts';

const KEY = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\WinFsp';
const FOLDER = 'C:\\Program Files (x86)\\WinFsp';

const service = (name: string, state: string): string =>
  `\r\nSERVICE_NAME: ${name}\r\nDISPLAY_NAME: ${name}\r\n        TYPE               : 2  FILE_SYSTEM_DRIVER\r\n        STATE              : ${state}\r\n        WIN32_EXIT_CODE    : 0  (0x0)\r\n`;
const value = (name: string, data: string): string => `\r\n${KEY}\r\n    ${name}    REG_SZ    ${data}\r\n\r\n`;

/** A host that knows these command lines, by what they print or the exit code they fail with; any other is not there. */
function host(answers: Readonly<Record<string, string | number>>): Pick<Host, 'run'> & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    run: async argv => {
      const line = argv.join(' ');
      asked.push(line);
      const found = Object.entries(answers).find(([part]) => line.includes(part));
      if (found === undefined) throw new FaultError({ code: 'not-found', what: 'program', name: argv[0] ?? '' });
      const [, said] = found;
      const [exitCode, stdout] = typeof said === 'number' ? [said, ''] : [0, said];
      return { argv, exitCode, stdout, stderr: '', elapsedMs: 1 };
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

describe('a service manager that tells this user nothing', () => {
  const denied = {
    ...installed,
    'sc.exe query': 5,
    'fsptool-x64.exe lsdrv': 5,
    'fsptool-x64.exe ver': '2.1 (SxS=2.1)\n',
  };

  it.each<[string, Readonly<Record<string, string | number>>, string]>([
    ['runs where fsptool lists its volumes', { lsvol: '' }, 'running'],
    ['is stopped where fsptool finds no device of it', { lsvol: 2 }, 'stopped'],
  ])('leaves the word to the driver, which %s', async (_what, more, state) => {
    expect(await discoverFsd(host({ ...more, ...denied }))).toEqual({
      state,
      service: 'WinFsp+2.1',
      version: '2.1',
      versionFrom: 'fsptool',
      installDirectory: FOLDER,
    });
  });

  it('is not taken for one that knows of no driver, where fsptool cannot be asked either', async () => {
    const asked = discoverFsd(host({ ...installed, 'sc.exe query': 5 }));
    await expect(asked).rejects.toMatchObject({ fault: { code: 'access-denied' } });
  });

  it('says nothing of a WinFsp that is in no registry', async () => {
    expect(await discoverFsd(host({ 'sc.exe query': 5 }))).toEqual({ state: 'not-installed' });
  });
});

describe('asked several times at once', () => {
  const answers = {
    ...installed,
    'fsptool-x64.exe lsdrv': 'R   WinFsp+2.1\n',
    'fsptool-x64.exe ver': '2.1 (SxS=2.1)\n',
    'sc.exe query WinFsp+2.1': service('WinFsp+2.1', '4  RUNNING'),
  };

  it('runs each program once, and answers everybody', async () => {
    const under = host(answers);
    const found = await Promise.all([discoverFsd(under), discoverFsd(under), discoverFsd(under)]);
    expect(found).toEqual(found.map(() => expect.objectContaining({ state: 'running', version: '2.1' })));
    expect(under.asked).toHaveLength(new Set(under.asked).size);
    await discoverFsd(under);
    expect(under.asked).toHaveLength(2 * new Set(under.asked).size);
  });

  it('goes on for the others when one has gone, and ends when nobody is left', async () => {
    const gone = new AbortController();
    const under = host(answers);
    const [first, second] = [discoverFsd(under, gone.signal), discoverFsd(under)];
    gone.abort();
    await expect(first).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(await second).toMatchObject({ state: 'running' });

    const signals: (AbortSignal | undefined)[] = [];
    const hanging: Pick<Host, 'run'> = {
      run: (_argv, options) => {
        signals.push(options?.signal);
        return new Promise(() => undefined);
      },
    };
    const alone = new AbortController();
    const waiting = discoverFsd(hanging, alone.signal);
    alone.abort();
    await expect(waiting).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    expect(signals.map(signal => signal?.aborted)).toEqual([true]);
  });

  it('begins anew for who asks after something was done to the FSD', async () => {
    const under = host(answers);
    const before = discoverFsd(under);
    forgetFsd(under);
    await Promise.all([before, discoverFsd(under)]);
    expect(under.asked).toHaveLength(2 * new Set(under.asked).size);
  });
});
