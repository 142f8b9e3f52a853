import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import { servicesOn } from '../testing/services-on.ts';
import { GOOD_HOST, SERVERCORE } from '../testing/simulated-services.ts';

const memfs = (more: string): { commandLine: string } => ({
  commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS ${more}`,
});

describe("a network volume of the host whose class is registered with WinFsp's Launcher", () => {
  const launcherServices = [
    { name: 'hubfs', executable: 'C:\\hubfs\\hubfs.exe', commandLine: '-o VolumePrefix=%1 %2' },
  ];
  const scenario = {
    ...GOOD_HOST,
    winfsp: { fsd: 'running' as const, launcherServices },
    hostFileSystems: [memfs('-u \\HubFS\\me -m H:'), memfs('-u \\mine\\share -m I:')],
    containers: [{ name: 'viewer', image: SERVERCORE, fileSystems: [memfs('-m Z:')] }],
  };

  it('leaks by default, as far as the registry tells, and says so', async () => {
    const host = await servicesOn(scenario);
    const { findings, gaps, volumes } = await host.call('inspection.take', {});
    const found = findings.filter(({ code }) => code === 'leaks-by-default');
    expect(found).toMatchObject([{ severity: 'warning', namespaces: ['host'] }]);
    const device = volumes.find(({ uncPrefix }) => uncPrefix === '\\HubFS\\me')?.device;
    expect(found[0]?.volumes).toEqual([device]);
    expect(found[0]?.summary).toContain("C:\\hubfs\\hubfs.exe is registered with WinFsp's Launcher");
    expect(found[0]?.summary).toContain('inferred from the registry');
    expect(gaps).toEqual([]);
  });

  it('is a gap where the registry is not read', async () => {
    const host = await servicesOn(scenario);
    const run = host.host.run.bind(host.host);
    host.host.run = (argv, options) =>
      argv.includes('/s') && argv.includes('HKLM\\SOFTWARE\\WOW6432Node\\WinFsp')
        ? Promise.reject(new FaultError({ code: 'timed-out', what: 'reg.exe', afterMs: 7 }))
        : run(argv, options);
    const { findings, gaps } = await host.call('inspection.take', {});
    expect(findings.map(({ code }) => code)).not.toContain('leaks-by-default');
    expect(gaps).toEqual([
      { namespace: 'host', what: "services of WinFsp's Launcher (registry)", reason: 'no answer in 7 ms' },
    ]);
  });
});
