import type { WorkspaceStatus } from '../../shared/contract/workspace-status.ts';
import { composeCmdLine } from '../../shared/domain/cmd-line.ts';
import { composeCommandLine } from '../../shared/domain/command-line.ts';
import type { HostChoice } from '../../shared/domain/host-choice.ts';
import type { RunningFileSystem } from '../../shared/domain/launch.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import type { RecentLaunch } from '../../shared/domain/recent-launch.ts';
import { launchable, recentPlace } from '../../shared/domain/recent-launches.ts';
import { SCREENS } from '../../shared/domain/screen.ts';
import { uncPath } from '../../shared/domain/unc-prefix.ts';
import type { Volume } from '../../shared/domain/volume.ts';
import { paletteWords } from '../../shared/wording/screen-palette.ts';
import { shellWords } from '../../shared/wording/screen-shell.ts';
import { THEME_CHOICES } from '../stores/appearance-store.ts';
import { grantWish } from '../stores/launch-form.ts';
import type { Stores } from '../stores/stores.ts';

/** One command: what it does, the same as a command line (where there is one), and the doing. */
export interface PaletteCommand {
  readonly title: string;
  readonly line: string;
  readonly run: () => void;
}

const words = paletteWords;

/** All commands, the general ones first. A stop asks before it stops. */
export function paletteCommands(
  stores: Stores,
  profiles: readonly Profile[],
  fileSystems: readonly RunningFileSystem[],
  hosts: readonly HostChoice[] = [],
  { recent = [], workspaces = [] }: Lately = {},
): PaletteCommand[] {
  const { view, inspection, launch, appearance } = stores;
  const ask = (dialog: 'explain' | 'report' | 'bundle' | 'unload' | 'help') => () => view.ask(dialog);
  return [
    ...recentCommands(stores, profiles, recent),
    ...workspaceCommands(stores, workspaces),
    { title: words.inspect, line: 'siloscope inspect', run: () => view.show('visibility') },
    {
      title: words.probe,
      line: 'siloscope inspect --probe',
      run: () => {
        view.show('visibility');
        void inspection.look('probe');
      },
    },
    {
      title: words.canary,
      line: 'siloscope inspect --probe --canary',
      run: () => {
        view.show('visibility');
        void inspection.look('canary');
      },
    },
    {
      title: words.map,
      line: '',
      run: () => {
        view.tab('map');
        view.show('visibility');
      },
    },
    { title: words.doctor, line: 'siloscope doctor', run: () => view.show('readiness') },
    { title: words.launch, line: 'siloscope launch', run: () => view.show('launch') },
    ...profiles.map(profile => ({
      title: words.launchProfile(profile.title),
      line: `siloscope launch ${profile.name}`,
      run: () => {
        launch.again();
        launch.choose(profile);
        view.show('launch');
      },
    })),
    { title: words.list, line: 'siloscope list', run: () => view.show('filesystems') },
    { title: words.unwritten, line: 'siloscope unwritten', run: () => view.show('filesystems') },
    ...fileSystems.map(({ container }) => ({
      title: words.stop(container.name),
      line: `siloscope stop ${container.name}`,
      run: () => {
        view.show('filesystems');
        view.askStop({ container: container.name, force: false });
      },
    })),
    ...fileSystems.map(({ container: { name } }) => ({
      title: words.logs(name),
      line: `siloscope logs ${name}`,
      run: () => {
        view.show('filesystems');
        view.openConsole(undefined);
        stores.logs.open(name);
      },
    })),
    ...fileSystems
      .filter(({ state }) => state === 'running')
      .map(({ container: { name } }) => ({
        title: words.terminal(name),
        line: `siloscope terminal ${name}`,
        run: () => {
          view.show('filesystems');
          stores.logs.close();
          view.openConsole(name);
        },
      })),
    ...fileSystems.flatMap(({ volumes }) => volumes).flatMap(volume => volumeCommands(stores, volume)),
    { title: words.engine, line: 'siloscope engine', run: () => view.show('readiness') },
    { title: words.workspaces, line: 'siloscope workspaces', run: () => view.show('filesystems') },
    { title: words.fix, line: 'siloscope fix', run: () => view.show('visibility') },
    {
      title: words.isolation,
      line: 'siloscope doctor --isolation',
      run: () => {
        view.show('readiness');
        void stores.isolation.start(false);
      },
    },
    { title: words.driver, line: 'siloscope fsd', run: () => view.show('readiness') },
    { title: words.startDriver, line: 'siloscope fsd start', run: () => void startDriver(stores) },
    { title: words.unloadDriver, line: 'siloscope fsd unload', run: ask('unload') },
    {
      title: words.prune,
      line: 'siloscope images --prune',
      run: () => {
        view.show('images');
        void stores.prune.open('unused');
      },
    },
    { title: words.profiles, line: 'siloscope profiles', run: () => view.showSettings('profiles') },
    { title: words.secrets, line: 'siloscope secrets', run: () => view.showSettings('secrets') },
    { title: words.policy, line: 'siloscope policy', run: () => view.showSettings('policy') },
    { title: words.hosts, line: 'siloscope hosts', run: () => view.showSettings('hosts') },
    ...hosts
      .filter(({ available, current }) => available && !current)
      .map(choice => ({
        title: words.openHost(choice.title),
        line: `siloscope hosts --open ${choice.scenario ?? choice.id}`,
        run: () => void openHost(stores, choice),
      })),
    { title: words.allLogs, line: 'siloscope logs --all --follow', run: () => view.show('logs') },
    ...profiles
      .filter(({ recipe }) => recipe !== undefined)
      .map(({ name, title }) => ({
        title: words.build(title),
        line: `siloscope images build ${name}`,
        run: () => {
          view.show('images');
          void stores.build.open(name);
        },
      })),
    { title: words.export, line: 'siloscope journal', run: () => view.show('timeline') },
    { title: words.images, line: 'siloscope images', run: () => view.show('images') },
    { title: words.namespace, line: 'siloscope namespace', run: () => view.show('namespaces') },
    { title: words.watch, line: 'siloscope watch', run: () => view.show('timeline') },
    { title: words.explain, line: 'siloscope explain', run: ask('explain') },
    { title: words.report, line: 'siloscope report', run: ask('report') },
    { title: words.bundle, line: 'siloscope doctor --bundle siloscope.zip', run: ask('bundle') },
    { title: words.help, line: 'siloscope --help', run: ask('help') },
    { title: words.settings, line: 'siloscope settings', run: () => view.showSettings('general') },
    ...THEME_CHOICES.map(choice => ({ title: words.theme[choice], line: '', run: () => appearance.choose(choice) })),
    ...SCREENS.map(screen => ({
      title: words.screen(shellWords.screens[screen]),
      line: '',
      run: () => view.show(screen),
    })),
    { title: words.refresh, line: '', run: () => stores.refreshAll() },
  ];
}

/** What a person did lately, and what belongs together. */
export interface Lately {
  readonly recent?: readonly RecentLaunch[];
  readonly workspaces?: readonly WorkspaceStatus[];
}

/** Fills in the launch screen as it was; nothing runs before a person has looked. */
function recentCommands(
  { view, launch }: Stores,
  profiles: readonly Profile[],
  recent: readonly RecentLaunch[],
): PaletteCommand[] {
  return launchable(recent, profiles).flatMap(one => {
    const profile = profiles.find(({ name }) => name === one.profile);
    if (profile === undefined) return [];
    const { mountPoint, uncPrefix } = one;
    const wish = { profile: one.profile, mountPoint, uncPrefix, fromLink: false };
    return [
      {
        title: words.launchAgain(profile.title, recentPlace(one)),
        line: composeCmdLine([
          'siloscope',
          'launch',
          one.profile,
          ...(mountPoint === undefined ? [] : ['--mount-point', mountPoint]),
          ...(uncPrefix === undefined ? [] : ['--unc-prefix', uncPrefix]),
        ]),
        run: () => {
          launch.again();
          launch.choose(profile);
          launch.edit(grantWish(launch.form.getState(), profile, wish));
          view.show('launch');
        },
      },
    ];
  });
}

/** A start is done at once, since it ends nothing; a stop leads to where it can be seen. */
function workspaceCommands(stores: Stores, listed: readonly WorkspaceStatus[]): PaletteCommand[] {
  const { view, workspaces } = stores;
  return [
    ...listed.map(status => {
      const { name, title } = status.workspace;
      const isWhole = status.kept && status.items.every(({ state }) => state === 'running');
      const deed = isWhole ? 'stop' : 'start';
      return {
        title: words.workspace[deed](title ?? name),
        line: `siloscope workspaces --${deed} ${name}`,
        run: () => {
          view.show('filesystems');
          if (!isWhole) void workspaces.start(name);
        },
      };
    }),
    {
      title: words.capture,
      line: 'siloscope workspaces --capture',
      run: () => {
        view.capture(true);
        view.show('filesystems');
      },
    },
  ];
}

function volumeCommands({ view, inspection }: Stores, volume: Volume): PaletteCommand[] {
  const { device, uncPrefix, mountPoints } = volume;
  const name = uncPrefix === undefined ? (mountPoints[0] ?? device) : uncPath(uncPrefix);
  const go = (act: () => void) => () => {
    view.select(device);
    view.show('visibility');
    act();
  };
  return [
    { title: words.see(name), line: '', run: go(() => undefined) },
    {
      title: words.look(name),
      line: composeCommandLine(['siloscope', 'look', name]),
      run: go(() => void inspection.lookAt({ device }, 'probe')),
    },
    {
      title: words.lookCanary(name),
      line: composeCommandLine(['siloscope', 'look', name, '--canary']),
      run: go(() => void inspection.lookAt({ device }, 'canary')),
    },
  ];
}

async function startDriver(stores: Stores): Promise<void> {
  stores.view.show('readiness');
  await stores.readiness.fix({ code: 'fsd-running', state: 'failed', found: '', command: 'sc.exe start WinFsp' });
}

/** The commands that hold every word typed, those whose line begins with it first. */
export function matchCommands(commands: readonly PaletteCommand[], typed: string): PaletteCommand[] {
  const wanted = typed
    .trim()
    .toLowerCase()
    .replace(/^siloscope\s+/, '');
  const words = wanted.split(/\s+/).filter(Boolean);
  const rank = ({ line }: PaletteCommand): number => (line.startsWith(`siloscope ${wanted}`) ? 0 : 1);
  return commands
    .filter(({ title, line }) => words.every(word => `${title} ${line}`.toLowerCase().includes(word)))
    .sort((a, b) => (wanted === '' ? 0 : rank(a) - rank(b)));
}

/** Why it could not be opened stands among the hosts. */
async function openHost({ hosts, view }: Stores, choice: HostChoice): Promise<void> {
  await hosts.open(choice);
  if (hosts.opening.getState().fault !== undefined) view.showSettings('hosts');
}
