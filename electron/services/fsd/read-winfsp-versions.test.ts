import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { FaultError, faultOf } from '../../../shared/contract/fault.ts';
import { wordFault } from '../../../shared/wording/word-fault.ts';
import type { Host } from '../../hosts/host.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { createEngineConnection } from '../engine/engine-connection.ts';
import { checkReadiness } from '../readiness/check-readiness.ts';
import { GOOD_HOST, openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';
import { discoverFsd } from './discover-fsd.ts';
import { requireWinFsp, startFsd } from './fsd-service.ts';
import { parseFileVersions, readWinFspVersions } from './read-winfsp-versions.ts';

let services: SimulatedServices | undefined;
afterEach(async () => {
  await services?.dispose();
  services = undefined;
});

const BIN = 'C:\\Program Files (x86)\\WinFsp\\bin';
const SYS = 'C:\\Program Files (x86)\\WinFsp\\SxS\\sxs.2.1\\bin\\winfsp-x64.sys';
const oldDriver = { [SYS]: 'MZ driver winfsp-x64.sys version 2.0.23075\n' };
/** It is no program any more, so that it can tell nothing. */
const noFsptool = { [`${BIN}\\fsptool-x64.exe`]: 'gone' };
const noDriver = { [SYS]: 'gone' };
const noDll = { [`${BIN}\\winfsp-x64.dll`]: 'gone' };

async function versionCheck(scenario: ScenarioInput): Promise<unknown> {
  services = await openSimulatedServices(scenario);
  const { ready, checks } = await services.call('readiness.check', {});
  const check = checks.find(({ code }) => code === 'winfsp-version');
  return { ready, ...check };
}

describe('the version of WinFsp on a host', () => {
  it('is said by every source there is', async () => {
    expect(await versionCheck({})).toEqual({
      ready: true,
      code: 'winfsp-version',
      state: 'ok',
      found: "WinFsp 2.1.25156 (the DLL's file).",
      versions: [
        { source: 'fsptool', version: '2.1' },
        { source: 'dll-file', version: '2.1.25156' },
        { source: 'driver-file', version: '2.1.25156' },
        { source: 'installer', version: '2.1.25156' },
      ],
    });
  });

  it('is the file’s where fsptool cannot be run, and the installer’s where the file says nothing either', async () => {
    services = await openSimulatedServices({ hostFiles: noFsptool });
    expect(await discoverFsd(services.host)).toMatchObject({ version: '2.1.25156', versionFrom: 'dll-file' });
    await services.dispose();
    services = await openSimulatedServices({ hostFiles: { ...noFsptool, ...noDll } });
    expect(await discoverFsd(services.host)).toMatchObject({ version: '2.1.25156', versionFrom: 'installer' });
  });

  it('differs between a DLL and a driver of another installation: said, with what to do', async () => {
    expect(await versionCheck({ hostFiles: oldDriver })).toMatchObject({
      ready: true,
      state: 'warning',
      found: "WinFsp 2.1.25156 (the DLL's file), but 2.0.23075 (the driver's file).",
      fix: expect.stringContaining('Restart Windows'),
    });
  });

  it('is too old when the driver’s is, whatever the DLL says', async () => {
    const hostFiles = { [SYS]: 'MZ driver winfsp-x64.sys version 1.10.22006\n' };
    expect(await versionCheck({ hostFiles })).toMatchObject({
      ready: false,
      state: 'failed',
      found: "WinFsp 1.10.22006 (the driver's file) can crash a host that runs Windows containers.",
    });
  });

  it.each([
    ['stopped', {}],
    ['running', { winfsp: { fsd: 'running' } }],
  ] as const)('that is too old by its driver is refused by `fsd start`, too, where it is %s', async (state, more) => {
    const hostFiles = { [SYS]: 'MZ driver winfsp-x64.sys version 1.10.22006\n' };
    services = await openSimulatedServices({ ...more, hostFiles });
    const { host } = services;
    await expect(startFsd(host, systemClock)).rejects.toThrow(
      expect.objectContaining({
        fault: {
          code: 'winfsp-too-old',
          by: { source: 'driver-file', version: '1.10.22006' },
          minimum: '1.12',
        },
      }),
    );
    expect(await discoverFsd(host)).toMatchObject({ state });
  });
});

const installed = { installDirectory: 'C:\\WinFsp', service: 'WinFsp', state: 'running' } as const;

/** A host that knows these command lines; any other is not there. */
const knows = (answers: Readonly<Record<string, string>>): Pick<Host, 'run'> => ({
  run: async argv => {
    const found = Object.entries(answers).find(([part]) => argv.join(' ').includes(part));
    if (found === undefined) throw new FaultError({ code: 'not-found', what: 'program', name: argv[0] ?? '' });
    return { argv, exitCode: 0, stdout: found[1], stderr: '', elapsedMs: 1 };
  },
});

describe('a host of which nothing tells the version', () => {
  it('is not ready, whatever else is, and says what to do', async () => {
    services = await openSimulatedServices({ ...GOOD_HOST, hostFiles: { ...noFsptool, ...noDll, ...noDriver } });
    const { host } = services;
    const deaf: Host = {
      id: host.id,
      facts: host.facts,
      objects: host.objects,
      run: (argv, options) =>
        host.run(
          argv.map(word => word.replace('Uninstall', 'Lost')),
          options,
        ),
      dialEngine: signal => host.dialEngine(signal),
      probe: (target, options) => host.probe(target, options),
      onLost: listener => host.onLost(listener),
      dispose: async () => undefined,
    };
    const fsd = await discoverFsd(deaf);
    expect(fsd.version).toBeUndefined();
    await expect(requireWinFsp(deaf, fsd)).rejects.toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: 'winfsp-version-unknown', minimum: '1.12' }) }),
    );
    const connection = createEngineConnection(deaf, systemClock, 'the pipe');
    const { ready, checks } = await checkReadiness({ host: deaf, clock: systemClock, connection });
    connection.dispose();
    expect(ready).toBe(false);
    expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(checks.find(({ code }) => code === 'winfsp-version')).toEqual({
      code: 'winfsp-version',
      state: 'unknown',
      found: expect.stringContaining('nothing is launched'),
      fix: 'Install WinFsp again; that puts back what is missing.',
      command: 'winget install --force WinFsp.WinFsp',
    });
  });

  it('waits for a restart that replaces a file of WinFsp', async () => {
    const pending =
      'HKEY_LOCAL_MACHINE\\X\r\n    PendingFileRenameOperations    REG_MULTI_SZ    \\??\\C:\\a\\0\\0\\??\\C:\\WinFsp\\bin\\winfsp-x64.sys.new\\0\r\n';
    expect(await readWinFspVersions(knows({ PendingFileRename: pending }), installed)).toMatchObject({
      awaitsRestart: true,
    });
    const other = pending.replace('winfsp-x64.sys', 'other.sys');
    expect(await readWinFspVersions(knows({ PendingFileRename: other }), installed)).toMatchObject({
      awaitsRestart: false,
    });
  });
});

describe('a driver of another installation that runs as well', () => {
  const image = (path: string): string => `\r\nHKEY_LOCAL_MACHINE\\X\r\n    ImagePath    REG_EXPAND_SZ    ${path}\r\n`;
  const beside = (version: string): Pick<Host, 'run'> =>
    knows({
      'Services\\WinFsp+2.1 /v ImagePath': image('\\??\\C:\\WinFsp\\SxS\\new.sys'),
      'Services\\WinFsp+1 /v ImagePath': image('\\??\\C:\\WinFsp\\SxS\\old.sys'),
      "'driver-file-2 ' + (Get-Item -LiteralPath 'C:\\WinFsp\\SxS\\old.sys')": `dll-file 2.1.25156\r\ndriver-file 2.1.25156\r\ndriver-file-2 ${version}\r\n`,
    });
  const fsd = { ...installed, service: 'WinFsp+2.1', alsoRunning: ['WinFsp+1'] };

  it('is told by its name', async () => {
    expect((await readWinFspVersions(beside('2.0.23075'), fsd)).told).toEqual([
      { source: 'dll-file', version: '2.1.25156' },
      { source: 'driver-file', version: '2.1.25156' },
      { source: 'driver-file', version: '2.0.23075', service: 'WinFsp+1' },
    ]);
  });

  it('keeps everything from being launched where it is too old', async () => {
    await expect(requireWinFsp(beside('2.0.23075'), fsd)).resolves.toBe(fsd);
    const { fault } = await requireWinFsp(beside('1.10.22006'), fsd).then(
      () => ({ fault: undefined }),
      error => ({ fault: faultOf(error) }),
    );
    expect(fault).toEqual({
      code: 'winfsp-too-old',
      by: { source: 'driver-file', version: '1.10.22006', service: 'WinFsp+1' },
      minimum: '1.12',
    });
    expect(fault && wordFault(fault)).toEqual({
      title: 'WinFsp 1.10.22006 (the file of the driver WinFsp+1, which runs as well) is too old for containers.',
      cause: 'Versions before 1.12 can crash a host that runs Windows containers.',
      next: 'Uninstall what it belongs to, or restart Windows where that was updated; then look again.',
    });
  });
});

describe('version resources as PowerShell prints them', () => {
  it('have a line each; a file without one is left out', () => {
    const text = 'dll-file 2.1.25156.1a2b3c4\r\ndriver-file \r\nGet-Item : Cannot find path\r\n';
    expect([...parseFileVersions(text)]).toEqual([['dll-file', '2.1.25156']]);
  });

  it('are read whatever is printed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
        for (const version of parseFileVersions(text).values()) expect(version).toMatch(/^\d+(\.\d+){1,3}$/);
      }),
      { numRuns: 10_000 },
    );
  });
});
