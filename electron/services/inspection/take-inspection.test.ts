import { afterEach, describe, expect, it } from 'vitest';
import { FaultError } from '../../../shared/contract/fault.ts';
import { hostViews } from '../../../shared/domain/host-views.ts';
import type { InspectedVolume, Inspection } from '../../../shared/domain/inspection.ts';
import { NO_LEAKS } from '../../../shared/domain/judge-policy.ts';
import type { ScenarioInput } from '../../hosts/simulated/scenario/schema.ts';
import {
  openSimulatedServices,
  SERVERCORE,
  type SimulatedServices,
  scenarioNamed,
} from '../testing/simulated-services.ts';

let open: SimulatedServices | undefined;
const on = async (scenario: ScenarioInput): Promise<SimulatedServices> => {
  open = await openSimulatedServices(scenario);
  return open;
};
afterEach(async () => {
  await open?.dispose();
  open = undefined;
});

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
    const host = await on(await scenarioNamed('winfsp-container-support'));
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
    const host = await on(await scenarioNamed('winfsp-container-support'));
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
    const host = await on(await scenarioNamed('winfsp-container-support'));
    const inspection = await host.call('inspection.take', {});
    const { violations } = await host.call('policy.judge', { policy: NO_LEAKS, inspection });
    const leak = { kind: 'sight', container: 'memfs-network', visible: 'yes', rank: 'rule' };
    expect(violations).toEqual([expect.objectContaining(leak), expect.objectContaining(leak)]);
  });

  it('never make a name go out on the network', async () => {
    const host = await on(await scenarioNamed('winfsp-container-support'));
    await host.call('inspection.take', { probe: true, canary: true });
    expect(host.host.networkLog()).toEqual([]);
  });
});

describe('a canary whose write is given up', () => {
  type Run = SimulatedServices['host']['run'];
  type Verb = 'echo' | 'del';

  /** A volume on the host, with something else in place of a verb of cmd.exe; `real` does what was asked. */
  const withVerbs = async (verbs: Partial<Record<Verb, (real: () => ReturnType<Run>) => ReturnType<Run>>>) => {
    const services = await on({ images, winfsp: running, hostFileSystems: [memfs('-m H: -u \\on\\host')] });
    const { host } = services;
    const run = host.run.bind(host);
    host.run = (argv, options) => {
      const verb = argv[3];
      const instead = verb === 'echo' || verb === 'del' ? verbs[verb] : undefined;
      // A program that was given up knows nothing of the caller's signal.
      return instead === undefined ? run(argv, options) : instead(() => run(argv));
    };
    return services;
  };
  const tokens = async ({ host: { machine } }: SimulatedServices): Promise<string[]> => {
    const names = await machine.win32(machine.subjects.system).list('\\\\on\\host');
    return names.map(({ name }) => name).filter(name => name.includes('canary'));
  };
  const timedOut = new FaultError({ code: 'timed-out', what: 'cmd.exe', afterMs: 5_000 });
  const cancelled = new FaultError({ code: 'cancelled' });
  const refused = async (real: () => ReturnType<Run>) => ({
    ...(await real()),
    stderr: 'Access is denied.\r\n',
  });

  it.each(['before', 'after'])('keeps no token behind when it is cancelled %s it came to pass', async when => {
    const stop = new AbortController();
    let late: (() => Promise<unknown>) | undefined;
    let written = 0;
    const host = await withVerbs({
      echo: async real => {
        const write = async (): Promise<void> => {
          await real();
          written = (await tokens(host)).length;
        };
        if (when === 'after') await write();
        else late = write;
        stop.abort();
        throw cancelled;
      },
      del: async real => {
        const answer = await real();
        await late?.();
        late = undefined;
        return answer;
      },
    });
    expect(await host.fault('inspection.take', { canary: true }, stop.signal)).toMatchObject({ code: 'cancelled' });
    expect(written).toBe(1);
    expect(await tokens(host)).toEqual([]);
  });

  it('keeps no token behind when it timed out and came to pass', async () => {
    const host = await withVerbs({
      echo: async real => {
        await real();
        throw timedOut;
      },
    });
    const { gaps } = await host.call('inspection.take', { canary: true });
    expect(gaps.map(({ reason }) => reason)).toEqual(['could not be written: timed-out']);
    expect(await tokens(host)).toEqual([]);
  });

  it.each([
    ['written', undefined, [/^siloscope-[0-9a-f]{12}\.canary could not be deleted: Access is denied\.$/]],
    [
      'perhaps written',
      timedOut,
      [
        /^could not be written: timed-out$/,
        /^siloscope-[0-9a-f]{12}\.canary may have been left behind: Access is denied\.$/,
      ],
    ],
  ])('tells of a token that was %s and could not be deleted', async (_, failure, reasons) => {
    const host = await withVerbs({
      echo: async real => {
        const answer = await real();
        if (failure !== undefined) throw failure;
        return answer;
      },
      del: refused,
    });
    const { gaps } = await host.call('inspection.take', { canary: true });
    expect(gaps.map(({ reason }) => reason)).toEqual(reasons.map(reason => expect.stringMatching(reason)));
  });
});

describe('a user who is not elevated', () => {
  it('is told what could not be read, and still what can be known', async () => {
    const host = await on(await scenarioNamed('not-elevated'));
    const inspection = await host.call('inspection.take', { probe: true, canary: true });
    expect(inspection.volumes.map(({ kind, uncPrefix, mountPoints }) => ({ kind, uncPrefix, mountPoints }))).toEqual([
      { kind: 'disk', uncPrefix: undefined, mountPoints: ['Z:'] },
      { kind: 'network', uncPrefix: '\\memfs\\share', mountPoints: ['Y:'] },
    ]);
    expect(row(inspection, 'Y:')['host']).toBe('yes rule shared-mup');
    expect(new Set(inspection.gaps.map(({ what }) => what))).toEqual(
      new Set(['silo ids by HCS', 'object namespace \\Silos', 'silo id', 'drive letters', 'probe of \\memfs\\share']),
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
    const host = await on(await scenarioNamed('hanging-file-system'));
    const inspection = await host.call('inspection.take', { probe: true, canary: true });
    expect(row(inspection, 'X:')['host']).toMatch(/^unknown probe no-answer$/);
    expect(row(inspection, 'Y:')['host']).toBe('yes canary shared-mup');
  });
});

describe('what an inspection finds', () => {
  it('containers that others started are inspected like our own', async () => {
    const host = await on({
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
    const host = await on({
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
    const host = await on({ images, winfsp: running, ghosts: [{ mountPoint: 'Q:', target }] });
    const inspection = await host.call('inspection.take', {});
    expect(inspection.findings.map(({ code, namespaces }) => ({ code, namespaces }))).toEqual([
      { code: 'ghost-mount-point', namespaces: ['host'] },
    ]);
  });

  it('two silos with one class', async () => {
    const host = await on({
      images,
      winfsp: running,
      containers: [container('aa', memfs('-m Y: -u \\memfs\\a')), container('bb', memfs('-m Y: -u \\memfs\\b'))],
    });
    const inspection = await host.call('inspection.take', { probe: true });
    expect(inspection.findings.map(({ code }) => code)).toContain('class-collision');
  });

  it('a Hyper-V container as a namespace on another kernel', async () => {
    const host = await on({
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
    const host = await on({ images });
    const { volumes, findings } = await host.call('inspection.take', { probe: true, canary: true });
    expect([volumes, findings.map(({ code }) => code)]).toEqual([[], ['fsd-stopped']]);
  });
});

describe('where a volume is mounted', () => {
  it('may be a directory, which is opened at home and nowhere else', async () => {
    const host = await on({ winfsp: running, images, containers: [container('dir', memfs('-m C:\\data'))] });
    const inspection = await host.call('inspection.take', { probe: true });
    const volume = byMount(inspection, 'C:\\data');
    const home = volume.visibility.find(({ namespace }) => namespace === volume.home);
    expect(home?.through[0]).toMatchObject({ kind: 'drive', path: 'C:\\data', evidence: { rank: 'probe' } });
    expect(row(inspection, 'C:\\data')['host']).toContain('no probe');
  });

  it('is on the host one logon session, of which it is told', async () => {
    const host = await on({ winfsp: running, images, hostFileSystems: [memfs('-m H: -u \\on\\host')] });
    const inspection = await host.call('inspection.take', {});
    const views = hostViews(inspection);
    expect(views.map(({ letters }) => letters.map(({ mountPoint }) => mountPoint))).toEqual([['H:']]);
    expect(views[0]?.session).toMatch(/^[0-9a-f]{8}-[0-9a-f]{8}$/);
  });
});

describe('a volume that is awkward to look at', () => {
  it('with a hostile prefix is looked at as with any other: its name is data', async () => {
    const hostile = '\\a&calc\\%PATH% ^x; (y)';
    const host = await on({
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
    const host = await on({
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
    const host = await on(await scenarioNamed('noisy-neighbours'));
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

describe("a network volume of the host whose class is registered with WinFsp's Launcher", () => {
  const launcherServices = [
    { name: 'hubfs', executable: 'C:\\hubfs\\hubfs.exe', commandLine: '-o VolumePrefix=%1 %2' },
  ];
  const scenario = {
    images,
    winfsp: { ...running, launcherServices },
    hostFileSystems: [memfs('-u \\HubFS\\me -m H:'), memfs('-u \\mine\\share -m I:')],
    containers: [container('viewer', memfs('-m Z:'))],
  };

  it('leaks by default, as far as the registry tells, and says so', async () => {
    const host = await on(scenario);
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
    const host = await on(scenario);
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

describe('the object namespace of a silo', () => {
  it('shows link targets, and its links are not walked through', async () => {
    const host = await on(await scenarioNamed('winfsp-container-support'));
    const { entries } = await host.call('namespace.list', { path: '\\Device', in: 'memfs-network' });
    expect(entries.find(({ name }) => name === 'Mup')).toMatchObject({
      name: 'Mup',
      type: 'SymbolicLink',
      target: '\\Device\\Mup',
    });
    expect(await host.fault('namespace.list', { path: '\\Device\\Mup', in: 'memfs-network' })).toMatchObject({
      code: 'invalid-input',
    });
    expect(await host.fault('namespace.list', { path: '\\', in: 'nobody' })).toMatchObject({
      code: 'not-found',
      name: 'nobody',
    });
    expect(await host.fault('namespace.list', { path: '\\Nowhere' })).toMatchObject({
      code: 'not-found',
      what: 'object',
    });
  });
});
