import type { Clock } from '../../shared/base/clock.ts';
import { sleep } from '../../shared/base/clock.ts';
import { Emitter } from '../../shared/base/emitter.ts';
import { type Contract, contract } from '../../shared/contract/contract.ts';
import { FaultError } from '../../shared/contract/fault.ts';
import type { Handlers } from '../../shared/contract/operation.ts';
import type { WorkspaceStatus } from '../../shared/contract/workspace-status.ts';
import { fillProfile } from '../../shared/domain/fill-profile.ts';
import type { ImageRow } from '../../shared/domain/image-row.ts';
import type { JournalEntry } from '../../shared/domain/journal.ts';
import { journalMatcher } from '../../shared/domain/journal-matcher.ts';
import { JournalState } from '../../shared/domain/journal-state.ts';
import { NO_LEAKS } from '../../shared/domain/judge-policy.ts';
import type { LaunchInput, LaunchPlan, PullProgress } from '../../shared/domain/launch.ts';
import { listSecrets } from '../../shared/domain/list-secrets.ts';
import { journalLine, logMatcher } from '../../shared/domain/log-line.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../shared/domain/profiles.ts';
import type { ReadinessCheck } from '../../shared/domain/readiness.ts';
import { Settings } from '../../shared/domain/settings.ts';
import { matchesWildcard } from '../../shared/domain/wildcard.ts';
import type { Workspace } from '../../shared/domain/workspace.ts';
import { Hub } from '../../shared/wire/hub.ts';
import { FAKE_HOST, fakeInspection } from './fake-inspection.ts';
import { fakeRecipes } from './fake-recipes.ts';
import { type FakeSilo, fakeSilo, type Story } from './fake-story.ts';

const WINFSP = 'C:\\Program Files (x86)\\WinFsp';

/** A served stand-in for the services: enough truth for stores, screens and pictures, none of the rules. */
export interface FakeHost {
  readonly hub: Hub<Contract>;
  /** Handlers that a test may put in the place of ours. */
  readonly handlers: { -readonly [N in keyof Handlers<Contract>]: Handlers<Contract>[N] };
  note(what: string, subject: string, source?: JournalEntry['source']): void;
  /** Tells everybody that something changed. */
  change(what: 'fsd' | 'engine' | 'containers' | 'host'): void;
  add(silo: FakeSilo): void;
}

export function fakeHost(story: Story, clock: Clock, pace = 1): FakeHost {
  let revision = 1;
  let fsdRunning = story.fsdRunning;
  let silos: readonly FakeSilo[] = story.silos;
  let images: readonly ImageRow[] = story.images;
  let ownProfiles: readonly Profile[] = [];
  let workspaces: readonly Workspace[] = [];
  const secretsSet = new Set<string>();
  let policy: Policy = NO_LEAKS;
  let settings = Settings.parse({});
  const journal: JournalEntry[] = [];
  const terminals = new Map<string, Emitter<string | undefined>>();
  const iso = (): string => new Date(clock.now()).toISOString();
  const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(clock, ms * pace, signal);

  const note = (what: string, subject: string, source: JournalEntry['source'] = 'engine'): void => {
    const data = what.startsWith('volume.') ? { kind: 'network', namespace: 'silo:8' } : {};
    const entry: JournalEntry = { sequence: journal.length + 1, at: iso(), source, what, subject, data };
    journal.push(entry);
    hub.announce('journal.appended', entry);
  };
  const change = (what: 'fsd' | 'engine' | 'containers' | 'host'): void => {
    revision += 1;
    hub.announce('snapshot.changed', { revision, what });
  };
  const fsd = () => ({
    state: fsdRunning ? ('running' as const) : ('stopped' as const),
    service: 'WinFsp+2.1.25156',
    version: '2.1.25156',
    installDirectory: WINFSP,
  });

  const check = (): ReadinessCheck[] => [
    { code: 'windows-build', state: 'ok', found: 'Windows Server 2022 Datacenter, build 20348.4405.' },
    { code: 'winfsp-installed', state: 'ok', found: `WinFsp is installed in ${WINFSP}.` },
    { code: 'winfsp-version', state: 'ok', found: 'WinFsp 2.1.25156: silos are known to it.' },
    fsdRunning
      ? { code: 'fsd-running', state: 'ok', found: 'The driver WinFsp+2.1.25156 runs.' }
      : {
          code: 'fsd-running',
          state: 'failed',
          found: 'The driver is installed, but stopped. A container cannot start it.',
          fix: 'Start it on the host; no administrator is needed.',
          command: 'sc.exe start WinFsp+2.1.25156',
          raw: 'SERVICE_NAME: WinFsp+2.1.25156\n        TYPE               : 2  FILE_SYSTEM_DRIVER\n        STATE              : 1  STOPPED',
        },
    { code: 'engine-reachable', state: 'ok', found: 'Docker Engine 28.5.1 answers.' },
    { code: 'engine-windows-mode', state: 'ok', found: 'The engine runs Windows containers.' },
    { code: 'process-isolation', state: 'ok', found: 'Process isolation is the default on this edition.' },
    { code: 'base-image', state: 'ok', found: 'servercore:ltsc2022 is here and matches the host build.' },
    {
      code: 'disk-space',
      state: 'warning',
      found: '11.2 GB are free where the engine keeps its images.',
      fix: 'A Server Core image needs about 5 GB, unpacked.',
      command: 'docker system df',
    },
  ];

  const planOf = (input: LaunchInput): LaunchPlan => {
    const profile = BUILT_IN_PROFILES.find(({ name }) => name === input.profile);
    if (profile === undefined && input.command === undefined) {
      throw new FaultError({ code: 'not-found', what: 'profile', name: input.profile ?? '' });
    }
    const mountPoint = input.mountPoint ?? profile?.defaults.mountPoint;
    const uncPrefix = profile?.kind === 'network' ? (input.uncPrefix ?? profile.defaults.uncPrefix) : undefined;
    const taken = silos.flatMap(silo => silo.fileSystem.volumes).find(volume => volume.uncPrefix === uncPrefix);
    if (uncPrefix !== undefined && taken !== undefined) {
      throw new FaultError({
        code: 'unc-prefix-in-use',
        uncPrefix,
        by: taken.device,
        proposal: uncPrefix.replace(/^(\\[^\\]+)/, '$1-2'),
      });
    }
    const command =
      profile === undefined ? (input.command ?? []) : fillProfile(profile, { winfsp: WINFSP, mountPoint, uncPrefix });
    const image = input.image ?? story.images[0]?.reference ?? '';
    const name = input.name ?? `${profile?.name ?? 'custom'}-${silos.length + 1}`;
    const silo = fakeSilo(silos.length + 60, name, mountPoint ?? 'Z:', uncPrefix);
    const inspection = fakeInspection(
      [...silos.map(({ namespace }) => namespace), silo.namespace],
      silo.fileSystem.volumes,
      { probe: false, canary: false },
      iso(),
    );
    return {
      name,
      image,
      isolation: input.isolation,
      command,
      kind: profile?.kind ?? 'disk',
      ...(mountPoint === undefined ? {} : { mountPoint }),
      ...(uncPrefix === undefined ? {} : { uncPrefix }),
      binds: [`${WINFSP}:${WINFSP}:ro`],
      dockerRun: `docker run -d --isolation=${input.isolation} --name ${name} -v "${WINFSP}:${WINFSP}:ro" ${image} ${command
        .map(part => (part.includes(' ') ? `"${part}"` : part))
        .join(' ')}`,
      predicted: (inspection.volumes[0]?.visibility ?? []).map(cell => ({
        ...cell,
        evidence: { rank: 'rule', ground: cell.because === 'shared-mup-inferred' ? 'inferred' : 'documented' },
      })),
      warnings: [],
    };
  };

  const pullOnce = async (
    reference: string,
    tell: (progress: PullProgress) => void,
    signal: AbortSignal,
  ): Promise<ImageRow> => {
    const sizes = [2_311_323_648, 1_610_612_736, 9_437_184];
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const rounds = 24;
    for (let round = 0; round <= rounds * 2; round++) {
      const phase = round <= rounds ? 'downloading' : 'extracting';
      const [down, out] = [Math.min(1, round / rounds), Math.max(0, (round - rounds) / rounds)];
      tell({
        image: reference,
        phase: round === rounds * 2 ? 'done' : phase,
        layers: sizes.map((size, index) => ({
          id: `4f2a19c0d3e${index}`,
          phase: out === 1 ? 'done' : out > 0 ? 'extracting' : down === 1 ? 'downloaded' : 'downloading',
          downloaded: Math.round(size * Math.min(1, down * (1 + index * 0.3))),
          extracted: Math.round(size * out),
          total: size,
        })),
        fraction: Math.min(1, (down * total + out * total) / (2 * total)),
      });
      await pause(60, signal);
    }
    images = images.map(row => (row.reference === reference ? { ...row, local: true } : row));
    note('image.pulled', reference);
    change('engine');
    const row = images.find(image => image.reference === reference);
    if (row === undefined) throw new FaultError({ code: 'not-found', what: 'image', name: reference });
    return row;
  };

  const statusOf = (workspace: Workspace): WorkspaceStatus => ({
    workspace,
    kept: false,
    items: workspace.items.map(({ name }) => ({
      name,
      state: silos.some(({ fileSystem }) => fileSystem.container.name === name) ? 'running' : 'idle',
      failures: 0,
      relaunches: 0,
    })),
  });
  const workspaceNamed = (name: string): Workspace => {
    const found = workspaces.find(workspace => workspace.name === name);
    if (found === undefined) throw new FaultError({ code: 'not-found', what: 'workspace', name });
    return found;
  };

  const snapshot = () => ({
    revision,
    host: { ...FAKE_HOST, simulated: true, scenario: story.name },
    fsd: fsd(),
    engine: {
      reachable: true,
      osType: 'windows',
      version: '28.5.1',
      apiVersion: '1.51',
      defaultIsolation: 'process',
    },
    fileSystems: silos.map(({ fileSystem }) => fileSystem),
  });

  const handlers: FakeHost['handlers'] = {
    'snapshot.take': () => snapshot(),
    'host.list': () => ({
      hosts: [
        ...['default', story.name].map(scenario => ({
          kind: 'simulated' as const,
          id: FAKE_HOST.id,
          scenario,
          title: scenario,
          description: 'A simulated host.',
          available: true,
          current: scenario === story.name,
        })),
        {
          kind: 'local',
          id: 'local',
          title: 'This machine',
          description: 'The Windows that Siloscope runs on.',
          available: false,
          reason: 'this machine does not run Windows',
          current: false,
        },
      ],
    }),
    'host.record': () => {
      throw new FaultError({ code: 'not-found', what: 'recording', name: 'none in this test' });
    },
    'host.open': ({ id, scenario }) => {
      hub.announce('host.changed', { id, ...(scenario === undefined ? {} : { scenario }) });
      change('host');
      return snapshot();
    },
    'readiness.check': () => ({ ready: fsdRunning, checks: check() }),
    'fsd.start': async (_input, { signal }) => {
      await pause(400, signal);
      fsdRunning = true;
      note('fsd.started', 'WinFsp+2.1.25156', 'fsd');
      change('fsd');
      return fsd();
    },
    'fsd.unload': () => ({ lost: [] }),
    'mup.read': () => ({ undocumented: true, providers: [], prefixCache: [] }),
    'elevation.read': () => ({ state: 'held' }),
    'engine.start': () => snapshot().engine,
    'image.list': () => ({ images: [...images] }),
    'image.pull': ({ reference }, { progress, signal }) => pullOnce(reference, progress, signal),
    'image.remove': ({ reference }) => {
      images = images.map(row => (row.reference === reference ? { ...row, local: false } : row));
      change('engine');
      return { untagged: [reference], deleted: [] };
    },
    ...fakeRecipes(() => images.find(({ local }) => local), pause),
    'image.prune.plan': () => {
      const used = silos.map(({ fileSystem }) => fileSystem.container);
      const held = images
        .filter(row => row.local)
        .map(({ reference, id, sizeBytes }) => ({
          id: id ?? reference,
          references: [reference],
          sizeBytes: sizeBytes ?? 0,
          containers: used.filter(({ image }) => image === reference).map(({ name }) => name),
        }));
      const remove = held.filter(({ containers }) => containers.length === 0);
      return {
        remove: remove.map(({ id, references, sizeBytes }) => ({
          id,
          references,
          sizeBytes,
          because: 'unused' as const,
        })),
        keep: held
          .filter(({ containers }) => containers.length > 0)
          .map(rest => ({ ...rest, because: 'used-by-containers' as const })),
        bytes: remove.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      };
    },
    'image.prune': ({ images: ids }, { progress }) => {
      const gone = images.filter(row => row.local && ids.includes(row.id ?? row.reference));
      images = images.map(row => (gone.includes(row) ? { ...row, local: false } : row));
      const done = gone.map(({ reference, id, sizeBytes }) => ({
        id: id ?? reference,
        references: [reference],
        sizeBytes: sizeBytes ?? 0,
        outcome: 'removed' as const,
      }));
      for (const image of done) progress(image);
      change('engine');
      return { images: done, bytes: done.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
    },
    'relaunch.list': () => ({ relaunches: [] }),
    'finding.fix': ({ finding }) => {
      throw new FaultError({ code: 'not-found', what: 'finding', name: finding, known: [] });
    },
    'workspace.list': () => ({ workspaces: workspaces.map(statusOf) }),
    'workspace.save': ({ workspace }) => {
      workspaces = [...workspaces.filter(({ name }) => name !== workspace.name), workspace];
      return statusOf(workspace);
    },
    'workspace.remove': ({ name }) => {
      workspaces = workspaces.filter(workspace => workspace.name !== name);
      return { name };
    },
    'workspace.capture': ({ name }) => ({
      workspace: {
        name,
        items: silos.map(({ fileSystem }) => ({
          name: fileSystem.container.name,
          launch: { profile: 'memfs-disk' },
        })),
      },
      left: [],
    }),
    'workspace.start': ({ name }) => statusOf(workspaceNamed(name)),
    'workspace.stop': ({ name }) => ({ stopped: workspaceNamed(name).items.map(item => item.name), left: [] }),
    'profile.list': () => ({
      profiles: [
        ...BUILT_IN_PROFILES.map(profile => ({ ...profile, origin: 'built-in' as const })),
        ...ownProfiles.map(profile => ({ ...profile, origin: 'user' as const })),
      ],
    }),
    'profile.save': ({ profile }) => {
      ownProfiles = [...ownProfiles.filter(({ name }) => name !== profile.name), profile];
      hub.announce('settings.changed', { what: 'profiles' });
      return { ...profile, origin: 'user' };
    },
    'profile.import': ({ profiles }) => {
      const names = new Set(profiles.map(({ name }) => name));
      ownProfiles = [...ownProfiles.filter(({ name }) => !names.has(name)), ...profiles];
      hub.announce('settings.changed', { what: 'profiles' });
      return { profiles: profiles.map(profile => ({ ...profile, origin: 'user' as const })) };
    },
    'profile.remove': ({ name }) => {
      ownProfiles = ownProfiles.filter(profile => profile.name !== name);
      hub.announce('settings.changed', { what: 'profiles' });
      return { name };
    },
    'recent.list': () => ({
      launches: [{ profile: 'memfs-network', mountPoint: 'Y:', uncPrefix: '\\memfs\\share', at: iso() }],
    }),
    'secret.list': () => ({
      place: { kind: 'session', because: 'no-store' },
      secrets: listSecrets(
        [...secretsSet].map(name => ({ name, state: 'session', changedAt: iso() })),
        [...BUILT_IN_PROFILES, ...ownProfiles],
      ),
    }),
    'secret.set': ({ name }) => {
      secretsSet.add(name);
      hub.announce('settings.changed', { what: 'secrets' });
      return { name, state: 'session', usedBy: [] };
    },
    'secret.forget': ({ name }) => {
      secretsSet.delete(name);
      hub.announce('settings.changed', { what: 'secrets' });
      return { name };
    },
    'policy.read': () => ({ policy, origin: policy === NO_LEAKS ? 'built-in' : 'user' }),
    'policy.save': ({ policy: saved }) => {
      policy = saved;
      hub.announce('settings.changed', { what: 'policy' });
      return { policy };
    },
    'settings.read': () => ({ settings, notices: [] }),
    'settings.write': patch => {
      settings = Settings.parse({ ...settings, ...patch });
      hub.announce('settings.changed', { what: 'settings' });
      return settings;
    },
    'launch.plan': input => planOf(input),
    'filesystem.launch': async (input, { progress, signal }) => {
      const plan = planOf(input);
      for (const step of ['preflight', 'fsd', 'image', 'container', 'start', 'volume', 'listing'] as const) {
        progress({ step, state: 'started' });
        await pause(120, signal);
        if (step === 'fsd') fsdRunning = true;
        const notes = { fsd: 'WinFsp+2.1.25156 runs', container: plan.name, image: 'already here' } as const;
        const told = step in notes ? notes[step as keyof typeof notes] : undefined;
        progress({ step, state: step === 'image' ? 'skipped' : 'done', ...(told === undefined ? {} : { note: told }) });
      }
      const silo = fakeSilo(silos.length + 60, plan.name, plan.mountPoint ?? 'Z:', plan.uncPrefix);
      silos = [...silos, silo];
      note('container.started', plan.name);
      if (plan.kind === 'network') note('volume.leaked', silo.fileSystem.volumes[0]?.device ?? '', 'inspection');
      change('containers');
      return {
        container: silo.fileSystem.container,
        plan,
        volumes: silo.fileSystem.volumes,
        listing: {
          path: `${plan.mountPoint ?? 'Z:'}\\`,
          output: ` Volume in drive ${(plan.mountPoint ?? 'Z:').charAt(0)} is MEMFS\n Volume Serial Number is 0E0A-2C1D\n\n Directory of ${plan.mountPoint ?? 'Z:'}\\\n\n11/22/2026  09:14 AM    <DIR>          .\n               0 File(s)              0 bytes\n               1 Dir(s)      16,777,216 bytes free`,
        },
        siloscopeCommand: `siloscope launch ${input.profile ?? ''}`.trim(),
      };
    },
    'filesystem.list': () => ({ revision, fileSystems: silos.map(({ fileSystem }) => fileSystem) }),
    'filesystem.stop': async ({ name }, { progress, signal }) => {
      const silo = silos.find(({ namespace }) => namespace.label === name);
      if (silo === undefined) throw new FaultError({ code: 'not-found', what: 'file system', name });
      progress({ note: 'Asked the program to end.' });
      await pause(500, signal);
      silos = silos.filter(other => other !== silo);
      note('container.stopped', name);
      change('containers');
      return { container: name, gone: silo.fileSystem.volumes, removed: true, exitCode: 0 };
    },
    'terminal.open': async ({ id, container }, { progress, signal }) => {
      progress({ data: 'Microsoft Windows [Version 10.0.20348.4405]\r\n\r\nC:\\>' });
      const typed = new Emitter<string | undefined>();
      terminals.set(id, typed);
      return new Promise((resolve, reject) => {
        const end = (settle: () => void): void => {
          terminals.delete(id);
          settle();
        };
        typed.on(data => {
          if (data === undefined || data.includes('exit')) end(() => resolve({ exitCode: 0, container }));
          else progress({ data: data.replaceAll('\r', '\r\nC:\\>') });
        });
        signal.addEventListener('abort', () => end(() => reject(signal.reason)), { once: true });
      });
    },
    'terminal.write': ({ id, data }) => {
      terminals.get(id)?.emit(data);
      return {};
    },
    'terminal.resize': () => ({}),
    'terminal.close': ({ id }) => {
      terminals.get(id)?.emit(undefined);
      return {};
    },
    'log.follow': async ({ follow, filter }, { progress, signal }) => {
      const fits = logMatcher(filter ?? {});
      const lines = journal.map(journalLine).filter(fits);
      progress({ lines });
      while (follow) await pause(1_000, signal);
      return { lines: lines.length };
    },
    'filesystem.logs': async ({ name, follow }, { progress, signal }) => {
      progress({ stream: 'stdout', text: `The service ${name} has been started.\r\n`, at: iso() });
      if (follow)
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      return { ended: !follow };
    },
    'inspection.take': async ({ probe, canary }, { signal }) => {
      if (probe || canary) await pause(700, signal);
      return fakeInspection(
        silos.map(({ namespace }) => namespace),
        silos.flatMap(({ fileSystem }) => fileSystem.volumes),
        { probe, canary },
        iso(),
      );
    },
    'volume.look': async ({ device, namespace, canary }, { signal }) => {
      await pause(300, signal);
      const { volumes } = fakeInspection(
        silos.map(silo => silo.namespace),
        silos.flatMap(({ fileSystem }) => fileSystem.volumes),
        { probe: true, canary },
        iso(),
      );
      const volume = volumes.find(one => one.device === device);
      if (volume === undefined) throw new FaultError({ code: 'not-found', what: 'volume', name: device });
      const cells = volume.visibility.filter(cell => namespace === undefined || cell.namespace === namespace);
      return { cells, chain: volume.chain, gaps: [] };
    },
    'policy.judge': () => ({ violations: [], accepted: [] }),
    'guard.read': () => ({ guards: [] }),
    'isolation.history': () => ({ tables: [] }),
    'isolation.test': () => {
      throw new FaultError({ code: 'not-found', what: 'isolation test', name: 'none in this test' });
    },
    'policy.watch': () => {
      throw new FaultError({ code: 'not-found', what: 'guard', name: 'none in this test' });
    },
    'namespace.find': async ({ name }, { progress, signal }) => {
      progress({ namespaces: 0, of: silos.length + 1, directories: 20, found: 0 });
      await pause(120, signal);
      const found = silos.flatMap(({ namespace, fileSystem }) =>
        fileSystem.volumes
          .map(volume => ({
            name: volume.device.slice(8),
            type: volume.provider === undefined ? 'Device' : 'SymbolicLink',
            ...(volume.provider === undefined ? {} : { target: volume.provider }),
            namespace: namespace.id,
            label: namespace.label,
            directory: '\\Device',
          }))
          .filter(object => matchesWildcard(name, object.name)),
      );
      return { found, unseen: [], directories: 40, namespaces: silos.length + 1, capped: false };
    },
    'namespace.list': ({ path, in: container }) => {
      const silo = silos.find(({ namespace }) => namespace.label === container);
      if (container !== undefined && silo === undefined) {
        throw new FaultError({ code: 'not-found', what: 'container', name: container });
      }
      const volumes = silo?.fileSystem.volumes ?? [];
      const own = volumes.flatMap(volume => [
        volume.provider === undefined
          ? { name: volume.device.slice(8), type: 'Device' }
          : { name: volume.device.slice(8), type: 'SymbolicLink', target: volume.provider },
        ...(volume.provider === undefined
          ? []
          : [{ name: volume.provider.slice(8), type: 'SymbolicLink', target: '\\Device\\Mup' }]),
      ]);
      const mup =
        silo === undefined
          ? { name: 'Mup', type: 'Device' }
          : { name: 'Mup', type: 'SymbolicLink', target: '\\Device\\Mup' };
      return {
        path,
        namespace: silo?.namespace.id ?? 'host',
        takenAt: iso(),
        earlier: [],
        entries: [
          mup,
          { name: 'NamedPipe', type: 'Device' },
          { name: 'Null', type: 'SymbolicLink', target: '\\Device\\Null' },
          { name: 'WinFsp.Net', type: 'SymbolicLink', target: '\\Device\\WinFsp.Net+2.1.25156' },
          { name: 'WinFsp.Disk+2.1.25156', type: 'Device' },
          { name: 'WinFsp.Net+2.1.25156', type: 'Device' },
          { name: 'Http', type: 'Directory' },
          ...own,
        ],
      };
    },
    'journal.moment': ({ at, sequence }) => {
      const end =
        at === undefined
          ? sequence
          : (journal.filter(entry => Date.parse(entry.at) <= Date.parse(at)).at(-1)?.sequence ?? 0);
      const state = new JournalState();
      const told = journal.slice(0, end ?? journal.length);
      for (const entry of told) state.apply(entry);
      const last = told.at(-1);
      return {
        ...state.data(),
        ...(last === undefined ? {} : { at: at ?? last.at, entryAt: last.at }),
        sequence: last?.sequence ?? 0,
        watched: true,
        first: Math.min(1, journal.length),
        last: journal.length,
      };
    },
    'journal.read': ({ after, before, limit, filter }) => {
      const fits = journalMatcher(filter ?? {});
      const all = journal.filter(
        entry => entry.sequence > after && entry.sequence < (before ?? Number.POSITIVE_INFINITY) && fits(entry),
      );
      const entries = before === undefined ? all.slice(0, limit) : all.slice(-limit);
      const next =
        all.length > entries.length ? (before === undefined ? entries.at(-1) : entries[0])?.sequence : undefined;
      return {
        entries,
        first: Math.min(1, journal.length),
        last: journal.length,
        ...(next === undefined ? {} : { next }),
      };
    },
  };

  // Looked up at each call, so that a test may replace a handler later.
  const live = Object.fromEntries(
    Object.keys(handlers).map(name => [
      name,
      (input: never, context: never) => handlers[name as keyof typeof handlers](input, context),
    ]),
  ) as FakeHost['handlers'];
  const hub = new Hub<Contract>(contract, live);
  for (const silo of story.silos) note('container.started', silo.namespace.label);

  return {
    hub,
    handlers,
    note,
    change,
    add: silo => {
      silos = [...silos, silo];
      change('containers');
    },
  };
}
