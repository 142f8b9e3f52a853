import { afterEach, describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import type { Host } from '../../hosts/host.ts';
import { openSimulatedServices, type SimulatedServices, scenarioNamed } from '../testing/simulated-services.ts';
import { lastErrorIn, readFsdTrouble } from './read-fsd-trouble.ts';

let services: SimulatedServices | undefined;
afterEach(async () => {
  await services?.dispose();
  services = undefined;
});

describe('an FSD that does not run', () => {
  it('has nothing against it while nobody has started it', async () => {
    services = await openSimulatedServices(await scenarioNamed('default'));
    expect(await readFsdTrouble(services.host, 'WinFsp+2.1')).toEqual({});
    const { ready, checks } = await services.call('readiness.check', {});
    expect([ready, checks.find(({ code }) => code === 'fsd-running')?.state]).toEqual([true, 'warning']);
  });

  it('whose file is gone will not start: the host is not ready, before anybody tries', async () => {
    services = await openSimulatedServices(await scenarioNamed('fsd-missing'));
    const missingFile = 'C:\\Program Files (x86)\\WinFsp\\SxS\\sxs.2.1\\bin\\winfsp-x64.sys';
    expect(await readFsdTrouble(services.host, 'WinFsp+2.1')).toEqual({ missingFile });
    const { ready, checks } = await services.call('readiness.check', {});
    expect(ready).toBe(false);
    expect(checks.find(({ code }) => code === 'fsd-running')).toEqual({
      code: 'fsd-running',
      state: 'failed',
      found: `The driver WinFsp+2.1 is stopped, and its file ${missingFile} is missing: it will not start.`,
      fix: 'Install WinFsp again; that puts the file back.',
      command: 'winget install --force WinFsp.WinFsp',
    });
  });

  it('whose file nobody could look for is not called missing, and the host can be judged all the same', async () => {
    services = await openSimulatedServices(await scenarioNamed('fsd-missing'));
    const { host } = services;
    const ended = { exitCode: 1, stdout: '', stderr: 'the helper process has ended' };
    const fault = new FaultError({ code: 'command-failed', argv: ['prober-process'], ...ended });
    const broken: Host = {
      id: host.id,
      facts: host.facts,
      objects: host.objects,
      probe: () => Promise.reject(fault),
      run: (argv, options) => host.run(argv, options),
      dialEngine: signal => host.dialEngine(signal),
      onLost: listener => host.onLost(listener),
      dispose: () => host.dispose(),
    };
    expect(await readFsdTrouble(broken, 'WinFsp+2.1')).toEqual({});
  });

  it('remembers how its last start ended', async () => {
    services = await openSimulatedServices(await scenarioNamed('fsd-missing'));
    await services.fault('fsd.start', {});
    expect(await readFsdTrouble(services.host, 'WinFsp+2.1')).toMatchObject({ lastError: 2 });
  });

  it.each([
    ['        WIN32_EXIT_CODE    : 0  (0x0)\r\n', undefined],
    ['        WIN32_EXIT_CODE    : 1077  (0x435)\r\n', undefined],
    ['        WIN32_EXIT_CODE    : 577  (0x241)\r\n', 577],
    ['        CÓD_SALIDA_WIN32   : 577  (0x241)\r\n        CÓD_SALIDA_SERVICIO: 0  (0x0)\r\n', 577],
    ['        CÓD_SALIDA_WIN32   : 0  (0x0)\r\n        CÓD_SALIDA_SERVICIO: 5  (0x5)\r\n', undefined],
    ['', undefined],
  ])('%j: its last error is %s', (text, expected) => {
    expect(lastErrorIn(text)).toBe(expected);
  });
});
