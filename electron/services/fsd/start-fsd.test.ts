import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../shared/base/clock.ts';
import { faultOf } from '../../../shared/contract/fault.ts';
import type { Host, Ran } from '../../hosts/host.ts';
import { GOOD_HOST, openSimulatedServices, type SimulatedServices } from '../testing/simulated-services.ts';
import { startFsd } from './fsd-service.ts';

const DENIED = '[SC] OpenSCManager FAILED 5:\r\n\r\nAccess is denied.\r\n';

let services: SimulatedServices | undefined;
afterEach(async () => {
  await services?.dispose();
  services = undefined;
});

/** A host whose driver is stopped, and whose service manager tells this user nothing. `load`: whether fsptool may. */
async function closed(load: boolean): Promise<Host & { readonly ran: string[] }> {
  services = await openSimulatedServices({ ...GOOD_HOST, winfsp: { fsd: 'stopped' } });
  const { host } = services;
  const ran: string[] = [];
  const denied = (argv: readonly string[]): Ran => ({ argv, exitCode: 5, stdout: DENIED, stderr: '', elapsedMs: 1 });
  return {
    ran,
    id: host.id,
    facts: host.facts,
    objects: host.objects,
    probe: (target, options) => host.probe(target, options),
    run: async (argv, options) => {
      const line = argv.join(' ').replace(/^.*\\/, '');
      ran.push(line);
      const isClosed = line.startsWith('sc.exe ') || line.endsWith(' lsdrv') || (line.endsWith(' load') && !load);
      return isClosed ? denied(argv) : host.run(argv, options);
    },
    dialEngine: signal => host.dialEngine(signal),
    onLost: listener => host.onLost(listener),
    dispose: () => host.dispose(),
  };
}

describe('a driver whose service manager tells this user nothing', () => {
  it("is started by WinFsp's own tool, and seen to run by the same", async () => {
    const host = await closed(true);
    expect(await startFsd(host, systemClock)).toMatchObject({ state: 'running', service: 'WinFsp+2.1' });
    expect(host.ran).toContain('sc.exe start WinFsp+2.1');
    expect(host.ran.at(-1)).toBe('fsptool-x64.exe lsvol');
  });

  it('is not said to run where that is refused too, and what the service manager said is told', async () => {
    const fault = await startFsd(await closed(false), systemClock).catch((caught: unknown) => faultOf(caught));
    expect(fault).toMatchObject({ code: 'fsd-start-failed', exitCode: 5, output: DENIED.trim() });
  });
});
