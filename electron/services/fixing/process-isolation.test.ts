import { afterEach, describe, expect, it } from 'vitest';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import { openSimulatedServices, SERVERCORE, type SimulatedServices } from '../testing/simulated-services.ts';

let open: SimulatedServices;
afterEach(() => open.dispose());

const WINFSP = 'C:\\Program Files (x86)\\WinFsp';
const boxed = (command: string, more: object = {}) => ({
  name: 'boxed',
  image: SERVERCORE,
  isolation: 'hyperv' as const,
  command,
  environment: { PATH: `${WINFSP}\\bin;C:\\Windows\\System32` },
  binds: [`${WINFSP}:${WINFSP}:ro`],
  ...more,
});
const host = (container: ReturnType<typeof boxed>): ScenarioInput => ({
  winfsp: { fsd: 'running' },
  images: [{ reference: SERVERCORE, base: 'servercore', osVersion: '10.0.26100.4652' }],
  containers: [container],
});
const found = async () => {
  const { findings } = await open.call('inspection.take', {});
  return findings.find(({ code }) => code === 'hyperv-no-winfsp');
};

/** In the VM there is no driver: the file system ends at once, and what stands behind it keeps the container. */
describe('a file system in a Hyper-V container, which outlives it', () => {
  it('is found, and moved to process isolation with a volume of its own: then nothing is found', async () => {
    open = await openSimulatedServices(host(boxed('cmd /c memfs-x64.exe -i -F NTFS -m Y: || ping -t localhost')));
    const before = await open.call('inspection.take', {});
    expect(before.volumes).toEqual([]);
    const finding = await found();
    expect(finding).toMatchObject({
      severity: 'warning',
      summary: expect.stringContaining('memfs'),
      fixes: [{ kind: 'process-isolation', effect: 'ends', relaunches: [{ container: 'boxed' }] }, { kind: 'accept' }],
    });

    const fix = { finding: finding?.id ?? '', fix: 'process-isolation' as const, accept: [] };
    expect(await open.call('finding.fix', fix)).toMatchObject({ gone: true, lost: [], launched: ['boxed'] });
    const { volumes, namespaces, findings } = await open.call('inspection.take', {});
    expect(volumes).toMatchObject([{ kind: 'disk', verdict: 'private', mountPoints: ['Y:'] }]);
    expect(namespaces.map(({ label, kind }) => [label, kind])).toEqual([
      ['host', 'host'],
      ['boxed', 'silo'],
    ]);
    expect(findings).toEqual([]);
    const { fileSystems } = await open.call('filesystem.list', { all: true });
    expect(fileSystems).toMatchObject([{ container: { name: 'boxed', isolation: 'process' }, state: 'running' }]);
    expect(open.host.networkLog()).toEqual([]);
  });

  it('is not moved where its volume would be seen from outside', async () => {
    const command = 'cmd /c memfs-x64.exe -i -F NTFS -m Y: -u \\memfs\\share || ping -t localhost';
    open = await openSimulatedServices(host(boxed(command)));
    const finding = await found();
    expect(finding).toMatchObject({ severity: 'warning', fixes: [{ kind: 'accept' }] });
  });
});
