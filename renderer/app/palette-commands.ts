import type { RunningFileSystem } from '../../shared/domain/launch.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { paletteWords } from '../../shared/wording/screen-palette.ts';
import { THEME_CHOICES } from '../stores/appearance-store.ts';
import type { Stores } from '../stores/stores.ts';

/** One command: what it does, the same as a command line (where there is one), and the doing. */
export interface PaletteCommand {
  readonly title: string;
  readonly line: string;
  readonly run: () => void;
}

/** All commands, the general ones first. A stop leads to the screen that asks before it stops. */
export function paletteCommands(
  stores: Stores,
  profiles: readonly Profile[],
  fileSystems: readonly RunningFileSystem[],
): PaletteCommand[] {
  const { view, inspection, launch, appearance } = stores;
  const words = paletteWords;
  return [
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
    ...fileSystems.map(({ container }) => ({
      title: words.stop(container.name),
      line: `siloscope stop ${container.name}`,
      run: () => {
        view.filter('filesystems', container.name);
        view.show('filesystems');
      },
    })),
    { title: words.images, line: 'siloscope images', run: () => view.show('images') },
    { title: words.namespace, line: 'siloscope namespace', run: () => view.show('namespaces') },
    { title: words.watch, line: 'siloscope watch', run: () => view.show('timeline') },
    { title: words.settings, line: '', run: () => view.show('settings') },
    ...THEME_CHOICES.map(choice => ({ title: words.theme[choice], line: '', run: () => appearance.choose(choice) })),
    { title: words.refresh, line: '', run: () => stores.refreshAll() },
  ];
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
