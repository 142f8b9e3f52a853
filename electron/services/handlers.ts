import { faultOf } from '../../shared/contract/fault.ts';
import { isRunning } from '../../shared/domain/file-system-rows.ts';
import { wordLaunchWarning } from '../../shared/wording/word-launch-warning.ts';
import { policyJudgement } from '../../shared/wording/word-violation.ts';
import { elevationHandlers } from './elevation/elevation-handlers.ts';
import type { Rights } from './elevation/rights.ts';
import { askEngine, requireWindowsEngine } from './engine/engine-state.ts';
import { readImageRow, readImageRows } from './engine/image-rows.ts';
import { pullImage } from './engine/pull-image.ts';
import { discoverFsd } from './fsd/discover-fsd.ts';
import { startFsd } from './fsd/fsd-service.ts';
import { guardHandlers } from './guard/guard-handlers.ts';
import type { Guards } from './guard/guards.ts';
import { imageHandlers } from './images/image-handlers.ts';
import { askMup } from './inspection/ask-mup.ts';
import { lookAtVolume } from './inspection/look-at-volume.ts';
import { isolationHandlers } from './isolation/isolation-handlers.ts';
import type { Journal } from './journal/journal.ts';
import { requireRunnable } from './launching/choose-image.ts';
import { launch } from './launching/launch.ts';
import { planLaunch, plannedContainer } from './launching/plan-launch.ts';
import { preflight } from './launching/preflight.ts';
import { stopFileSystem } from './launching/stop.ts';
import { type AppLog, followAllLogs } from './logs/follow-all-logs.ts';
import { followLogs } from './logs/follow-logs.ts';
import { checkReadiness } from './readiness/check-readiness.ts';
import { secretMasking } from './secrets/secret-masking.ts';
import type { HostHandlers } from './service-handlers.ts';
import type { Preferences } from './settings/preferences.ts';
import { settingsHandlers } from './settings/settings-handlers.ts';
import type { Surroundings } from './surroundings.ts';
import { terminalHandlers } from './terminals/terminals.ts';
import type { Watch } from './watch.ts';

interface Shared {
  readonly journal: Journal;
  readonly watch: Watch;
  readonly rights: Rights;
  readonly guards: Guards;
  readonly preferences: Preferences;
  readonly simulated: { readonly scenario: string } | undefined;
  readonly appLog: AppLog | undefined;
}

/** One handler for each query and command of the contract. */
export function createHandlers(
  around: Surroundings,
  { journal, watch, rights, guards, preferences, simulated, appLog }: Shared,
): HostHandlers {
  const { host, clock, connection } = around;
  const now = (): string => new Date(clock.now()).toISOString();
  const known = preferences.secrets.values;

  return {
    ...imageHandlers(around, () => preferences.launchProfiles()),
    ...settingsHandlers(preferences),
    ...guardHandlers(guards),
    ...isolationHandlers(around, { book: preferences.isolation, guards, journal, simulated }),
    ...terminalHandlers(around),
    ...elevationHandlers(around, {
      rights,
      journal,
      watch,
      isSimulated: simulated !== undefined,
      inspected: inspection => {
        watch.inspected(inspection);
        guards.inspected(inspection);
      },
    }),
    async 'snapshot.take'(_, { signal }) {
      const [fsd, engine] = await Promise.all([discoverFsd(host, signal), askEngine(connection, { signal })]);
      const list = engine.kind === 'ready' ? (watch.current ?? (await watch.read(signal))) : undefined;
      return {
        revision: list?.revision ?? watch.revision,
        host: {
          id: host.id,
          facts: host.facts,
          simulated: simulated !== undefined,
          ...(simulated === undefined ? {} : { scenario: simulated.scenario }),
        },
        fsd,
        engine: engine.state,
        fileSystems: list?.fileSystems.filter(isRunning) ?? [],
      };
    },
    'mup.read': (_, { signal }) => askMup(host, signal),
    'readiness.check': async (_, { signal }) => ({
      ...(await checkReadiness(around, signal)),
      ...(host.connection === undefined ? {} : { ssh: host.connection }),
    }),
    async 'fsd.start'(_, { signal }) {
      const fsd = await startFsd(host, clock, signal);
      watch.changed('fsd');
      return fsd;
    },
    async 'image.list'(_, { signal }) {
      requireWindowsEngine(await askEngine(connection, { signal }));
      return { images: [...(await readImageRows(connection, host.facts, now(), { signal }))] };
    },
    async 'image.pull'({ reference }, { signal, progress }) {
      requireWindowsEngine(await askEngine(connection, { signal }));
      const row = await readImageRow(connection, reference, host.facts, now(), { signal });
      if (row.verdict.because === 'newer-than-host') requireRunnable(row, host.facts);
      await pullImage(connection, reference, progress, signal);
      return readImageRow(connection, reference, host.facts, now(), { signal });
    },
    async 'launch.plan'(input, { signal }) {
      const ready = await preflight(around, input, await preferences.launchProfiles(), signal);
      const plan = planLaunch(input, ready);
      const refused = await guards.warningsOf({ plan, ...plannedContainer(input, ready) });
      return { ...plan, warnings: [...plan.warnings, ...refused.flatMap(wordLaunchWarning)] };
    },
    async 'filesystem.launch'(input, { signal, progress }) {
      progress({ step: 'preflight', state: 'started' });
      let isChecked = false;
      try {
        const ready = await preflight(around, input, await preferences.launchProfiles(), signal);
        const plan = planLaunch(input, ready);
        const mayStart = (): Promise<void> => guards.requireAllowed({ plan, ...plannedContainer(input, ready) });
        await mayStart();
        progress({ step: 'preflight', state: 'done', note: plan.image });
        isChecked = true;
        journal.note({
          source: 'launch',
          what: 'launch.started',
          subject: plan.name,
          data: { image: plan.image, kind: plan.kind },
        });
        const launched = await launch(around, { input, ready, plan, mayStart }, progress, signal);
        journal.note({
          source: 'launch',
          what: 'launch.done',
          subject: plan.name,
          data: { volumes: launched.volumes.map(volume => volume.device) },
        });
        watch.touched(launched.container.id);
        return launched;
      } catch (error) {
        const { code } = faultOf(error);
        if (!isChecked) progress({ step: 'preflight', state: 'failed', note: code });
        journal.note({
          source: 'launch',
          what: 'launch.failed',
          subject: input.name ?? input.profile ?? 'custom',
          data: { code },
        });
        throw error;
      }
    },
    async 'filesystem.list'({ all }, { signal }) {
      requireWindowsEngine(await askEngine(connection, { signal }));
      const { revision, fileSystems } = await watch.read(signal);
      return { revision, fileSystems: fileSystems.filter(row => all || isRunning(row)) };
    },
    async 'filesystem.stop'(input, { signal, progress }) {
      const stopped = await stopFileSystem(
        around,
        { ...input, profiles: await preferences.launchProfiles() },
        note => progress({ note }),
        signal,
      );
      journal.note({
        source: 'user',
        what: 'filesystem.stopped',
        subject: stopped.container,
        data: {
          gone: stopped.gone.map(volume => volume.device),
          ...(stopped.unwritten === undefined ? {} : { unwritten: stopped.unwritten }),
          ...(stopped.unasked === true ? { unasked: true } : {}),
        },
      });
      const { unwritten, ...rest } = stopped;
      return { ...rest, gone: [...stopped.gone], ...(unwritten === undefined ? {} : { unwritten: [...unwritten] }) };
    },
    'filesystem.logs': (input, { signal, progress }) => followLogs(connection, input, known, progress, signal),
    'log.follow': (input, { signal, progress }) =>
      followAllLogs(around, { journal, watch, appLog, known }, input, progress, signal),
    'secret.masking': (input, { signal }) => secretMasking(connection, known, input, signal),
    'volume.look': (input, { signal }) => lookAtVolume(around, input, watch.known?.volumes, signal),
    'policy.judge': ({ policy, inspection }) => policyJudgement(policy, inspection),
    'journal.read': (asked, { signal }) => journal.read(asked, signal),
    'journal.moment': asked => journal.moment(asked),
  };
}
