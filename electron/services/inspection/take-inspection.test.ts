import { describe, expect, it } from 'vitest';
import { hostViews } from '../../../shared/domain/host-views.ts';
import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { NO_LEAKS } from '../../../shared/domain/judge-policy.ts';
import { servicesOn } from '../testing/services-on.ts';
import { SERVERCORE, scenarioNamed } from '../testing/simulated-services.ts';

const images = [{ reference: SERVERCORE, base: 'servercore' as const, osVersion: '10.0.26100.4652' }];
const memfs = (more: string): { commandLine: string } => ({
  commandLine: `"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS ${more}`,
});
const container = (name: string, ...fileSystems: { commandLine: string }[]) => ({
  name,
  image: SERVERCORE,
  fileSystems,
});
const running = { fsd: 'running' as const };

/** Cells by label of the namespace: visible, rank, because. */
function row(inspection: Inspection, mountPoint: string): Record<string, string> {
  const volume = byMount(inspection, mountPoint);
  const labels = new Map(inspection.namespaces.map(({ id, label }) => [id, label]));
  return Object.fromEntries(
    volume.visibility.map(({ namespace, visible, evidence, because }) => [
      labels.get(namespace) ?? namespace,
      `${visible} ${evidence.rank} ${because}`,
    ]),
  );
}

function byMount(inspection: Inspection, mountPoint: string): InspectedVolume {
  const found = inspection.volumes.find(volume => volume.mountPoints.includes(mountPoint));
  if (found === undefined) throw new Error(`no volume at ${mountPoint}`);
  return found;
}

describe("the two examples of WinFsp's page, looked at with probe and canary", () => {
  it('are told apart: Z: stays in its container, Y: leaks by its UNC prefix', async () => {
    const host = await servicesOn(await scenarioNamed('winfsp-container-support'));
    const inspection = await host.call('inspection.take', { probe: true, canary: true });
    expect(row(inspection, 'Z:')).toEqual({
      host: 'no probe disk-stays-in-its-namespace',
      'memfs-disk': 'yes probe its-own-namespace',
      'memfs-network': 'no probe disk-stays-in-its-namespace',
    });
    expect(row(inspection, 'Y:')).toEqual({
      host: 'yes canary shared-mup',
      'memfs-disk': 'yes canary shared-mup-inferred',
      'memfs-network': 'yes canary its-own-namespace',
    });
    expect([byMount(inspection, 'Z:').verdict, byMount(inspection, 'Y:').verdict]).toEqual(['private', 'leaked']);
    expect(byMount(inspection, 'Y:').chain.map(({ code, holds }) => `${code} ${holds}`)).toEqual([
      'mup-is-shared yes',
      'provider-carries-guid yes',
      'listed-in-silo-only yes',
      'opened-through-provider yes',
      'canary-read-back yes',
    ]);
    expect(byMount(inspection, 'Z:').chain.map(({ code, holds }) => `${code} ${holds}`)).toEqual([
      'device-is-private yes',
      'listed-in-silo-only yes',
      'in-no-other-namespace yes',
      'closed-from-outside yes',
    ]);
    const home = inspection.namespaces.find(({ id }) => id === byMount(inspection, 'Y:').home);
    expect(home).toMatchObject({ label: 'memfs-network', containerGuid: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(byMount(inspection, 'Y:').provider).toContain(home?.containerGuid);
    expect(byMount(inspection, 'Y:').findings).toContain('unc-leak');
    expect(inspection.gaps).toEqual([]);
  });

  it('keep no token behind', async () => {
    const host = await servicesOn(await scenarioNamed('winfsp-container-support'));
    await host.call('inspection.take', { canary: true });
    const [system] = host.host.machine
      .computeSystems()
      .filter(one => one.siloId !== undefined)
      .slice(-1);
    const win32 = host.host.machine.win32({ ...host.host.machine.subjects.system, silo: system?.siloId ?? 0 });
    const names = (await win32.list('\\\\memfs\\share')).map(({ name }) => name);
    expect(names.filter(name => name.includes('canary'))).toEqual([]);
  });

  it('break the policy that allows no leak', async () => {
    const host = await servicesOn(await scenarioNamed('winfsp-container-support'));
    const inspection = await host.call('inspection.take', {});
    const { violations } = await host.call('policy.judge', { policy: NO_LEAKS, inspection });
    const leak = { kind: 'sight', container: 'memfs-network', visible: 'yes', rank: 'rule' };
    expect(violations).toEqual([expect.objectContaining(leak), expect.objectContaining(leak)]);
  });

  it('never make a name go out on the network', async () => {
    const host = await servicesOn(await scenarioNamed('winfsp-container-support'));
    await host.call('inspection.take', { probe: true, canary: true });
    expect(host.host.networkLog()).toEqual([]);
  });
});

describe('a user who is not elevated', () => {
  it('is told what could not be read, and still what can be known', async () => {
    const host = await servicesOn(await scenarioNamed('not-elevated'));
    const inspection = await host.call('inspection.take', { probe: true, canary: true });
    expect(inspection.volumes.map(({ kind, uncPrefix, mountPoints }) => ({ kind, uncPrefix, mountPoints }))).toEqual([
      { kind: 'disk', uncPrefix: undefined, mountPoints: ['Z:'] },
      { kind: 'network', uncPrefix: '\\memfs\\share', mountPoints: ['Y:'] },
    ]);
    expect(row(inspection, 'Y:')['host']).toBe('yes rule shared-mup');
    expect(new Set(inspection.gaps.map(({ what }) => what))).toEqual(
      new Set(['silo ids by HCS', 'object namespace \\Silos', 'silo id', 'drive letters', 'probe of \\memfs\\share']),
    );
    expect(inspection.gaps.find(({ what }) => what === 'object namespace \\Silos')?.reason).toBe(
      'access-denied; silos that are not of this engine are not known',
    );
    expect(
      inspection.namespaces.filter(({ kind }) => kind === 'silo').map(({ siloId, agreed }) => ({ siloId, agreed })),
    ).toEqual([
      { siloId: undefined, agreed: ['docker-inspect', 'docker-top', 'job-name'] },
      { siloId: undefined, agreed: ['docker-inspect', 'docker-top', 'job-name'] },
    ]);
  });
});

describe('a file system that hangs', () => {
  it('is told as unanswered and delays nobody else', async () => {
    const host = await servicesOn(await scenarioNamed('hanging-file-system'));
    const inspection = await host.call('inspection.take', { probe: true, canary: true });
    expect(row(inspection, 'X:')['host']).toMatch(/^unknown probe no-answer$/);
    expect(row(inspection, 'Y:')['host']).toBe('yes canary shared-mup');
  });
});

describe('what an inspection finds', () => {
  it('containers that others started are inspected like our own', async () => {
    const host = await servicesOn({
      images,
      winfsp: running,
      containers: [container('theirs', memfs('-m Y: -u \\memfs\\share'))],
    });
    await host.call('filesystem.launch', { profile: 'memfs-disk', name: 'ours' });
    const inspection = await host.call('inspection.take', {});
    expect(inspection.namespaces.map(({ label, container: one }) => [label, one?.managed])).toEqual([
      ['host', undefined],
      ['theirs', false],
      ['ours', true],
    ]);
    expect(inspection.volumes).toHaveLength(2);
  });

  it('several volumes in one container, and one on the host', async () => {
    const host = await servicesOn({
      images,
      winfsp: running,
      containers: [container('many', memfs('-m Y: -u \\one\\share'), memfs('-m X:'), memfs('-m W: -u \\two\\share'))],
      hostFileSystems: [memfs('-m V: -u \\three\\share')],
    });
    const inspection = await host.call('inspection.take', { probe: true });
    const lines = inspection.volumes.map(
      ({ home, uncPrefix, mountPoints }) => `${home === 'host'} ${uncPrefix} ${mountPoints.join()}`,
    );
    expect(new Set(lines)).toEqual(
      new Set(['false \\one\\share Y:', 'false \\two\\share W:', 'false undefined X:', 'true \\three\\share V:']),
    );
    expect(row(inspection, 'V:')['many']).toBe('yes probe shared-mup-inferred');
  });

  it('a drive letter whose volume is gone', async () => {
    const target = '\\Device\\Volume{11111111-2222-3333-4444-555555555555}';
    const host = await servicesOn({ images, winfsp: running, ghosts: [{ mountPoint: 'Q:', target }] });
    const inspection = await host.call('inspection.take', {});
    expect(inspection.findings.map(({ code, namespaces }) => ({ code, namespaces }))).toEqual([
      { code: 'ghost-mount-point', namespaces: ['host'] },
    ]);
  });

  it('two silos with one class', async () => {
    const host = await servicesOn({
      images,
      winfsp: running,
      containers: [container('aa', memfs('-m Y: -u \\memfs\\a')), container('bb', memfs('-m Y: -u \\memfs\\b'))],
    });
    const inspection = await host.call('inspection.take', { probe: true });
    expect(inspection.findings.map(({ code }) => code)).toContain('class-collision');
  });

  it('a Hyper-V container as a namespace on another kernel', async () => {
    const host = await servicesOn({
      images,
      winfsp: running,
      containers: [{ name: 'vm', image: SERVERCORE, isolation: 'hyperv' }],
    });
    const { namespaces, findings } = await host.call('inspection.take', {});
    expect(namespaces.map(({ kind, label }) => [kind, label])).toEqual([
      ['host', 'host'],
      ['vm', 'vm'],
    ]);
    expect(findings.map(({ code }) => code)).toContain('hyperv-no-winfsp');
  });

  it('nothing but the stopped FSD on a host where nothing runs', async () => {
    const host = await servicesOn({ images });
    const { volumes, findings } = await host.call('inspection.take', { probe: true, canary: true });
    expect([volumes, findings.map(({ code }) => code)]).toEqual([[], ['fsd-stopped']]);
  });
});

describe('where a volume is mounted', () => {
  it('may be a directory, which is opened at home and nowhere else', async () => {
    const host = await servicesOn({ winfsp: running, images, containers: [container('dir', memfs('-m C:\\data'))] });
    const inspection = await host.call('inspection.take', { probe: true });
    const volume = byMount(inspection, 'C:\\data');
    const home = volume.visibility.find(({ namespace }) => namespace === volume.home);
    expect(home?.through[0]).toMatchObject({ kind: 'drive', path: 'C:\\data', evidence: { rank: 'probe' } });
    expect(row(inspection, 'C:\\data')['host']).toContain('no probe');
  });

  it('is on the host one logon session, of which it is told', async () => {
    const host = await servicesOn({ winfsp: running, images, hostFileSystems: [memfs('-m H: -u \\on\\host')] });
    const inspection = await host.call('inspection.take', {});
    const views = hostViews(inspection);
    expect(views.map(({ letters }) => letters.map(({ mountPoint }) => mountPoint))).toEqual([['H:']]);
    expect(views[0]?.session).toMatch(/^[0-9a-f]{8}-[0-9a-f]{8}$/);
  });
});

describe('a volume that is awkward to look at', () => {
  it('with a hostile prefix is looked at as with any other: its name is data', async () => {
    const hostile = '\\a&calc\\%PATH% ^x; (y)';
    const host = await servicesOn({
      images,
      winfsp: running,
      containers: [container('hostile', memfs(`-m Y: -u "${hostile}"`)), container('other', memfs('-m X:'))],
    });
    const inspection = await host.call('inspection.take', { probe: true, canary: true });
    expect(byMount(inspection, 'Y:').uncPrefix).toBe(hostile);
    expect(row(inspection, 'Y:')).toMatchObject({
      host: 'yes canary shared-mup',
      other: 'yes canary shared-mup-inferred',
    });
    expect(inspection.gaps).toEqual([]);
  });

  it('without a drive letter is reached and planted by its provider', async () => {
    const host = await servicesOn({
      images,
      winfsp: running,
      containers: [container('letterless', memfs('-u \\letterless\\share'))],
    });
    const { volumes, gaps } = await host.call('inspection.take', { probe: true, canary: true });
    expect(volumes).toMatchObject([{ uncPrefix: '\\letterless\\share', mountPoints: [], verdict: 'leaked' }]);
    expect(volumes[0]?.visibility.find(({ namespace }) => namespace === 'host')?.evidence.rank).toBe('canary');
    expect(gaps).toEqual([]);
  });
});

describe('forty noisy neighbours', () => {
  it('are inspected with probe and canary, every volume and every namespace', async () => {
    const host = await servicesOn(await scenarioNamed('noisy-neighbours'));
    const { volumes, namespaces, findings, gaps } = await host.call('inspection.take', { probe: true, canary: true });
    expect(volumes.length).toBeGreaterThan(25);
    expect(volumes.every(({ visibility }) => visibility.length === namespaces.length)).toBe(true);
    expect(new Set(findings.map(({ code }) => code))).toEqual(
      new Set([
        'unc-leak',
        'prefix-collision',
        'class-collision',
        'ghost-mount-point',
        'hyperv-no-winfsp',
        'leaks-by-default',
        'unmanaged-file-system',
      ]),
    );
    expect(gaps).toEqual([]);
    expect(host.host.networkLog()).toEqual([]);
  });
});
