import { describe, expect, it } from 'vitest';
import help from '../../electron/shells/cli/golden/help.txt?raw';
import { BUILT_IN_PROFILES } from '../../shared/domain/profiles.ts';
import { SCREENS } from '../../shared/domain/screen.ts';
import { fakeSilo, STORIES } from '../testing/fake-story.ts';
import { layStores } from '../testing/lay-stores.ts';
import { matchCommands, type PaletteCommand, paletteCommands } from './palette-commands.ts';

const command = (title: string, line: string): PaletteCommand => ({ title, line, run: () => undefined });
const commands = [
  command('Look who sees which volume', 'siloscope inspect'),
  command('Look and open each volume', 'siloscope inspect --probe'),
  command('Launch memfs, as a disk', 'siloscope launch memfs-disk'),
  command('Watch what happens after a launch', 'siloscope watch'),
  command('Dark theme', ''),
];

describe('the palette', () => {
  it.each([
    ['', 5, 'siloscope inspect'],
    ['inspect', 2, 'siloscope inspect'],
    ['siloscope launch', 2, 'siloscope launch memfs-disk'],
    ['probe', 1, 'siloscope inspect --probe'],
    ['dark', 1, ''],
    ['xyzzy', 0, undefined],
  ])('answers %j with %d commands, first %j', (typed, count, first) => {
    const found = matchCommands(commands, typed);
    expect([found.length, found[0]?.line]).toEqual([count, first]);
  });
});

/** What only a terminal can do: walk through a tour, serve others until Ctrl-C, and ask the MUP for what no page documents. */
const TERMINAL_ONLY = ['tour', 'serve', 'sim', 'help', 'siloscope', 'mup'];

describe('all commands', () => {
  it('name every verb, profile, container, volume, host and screen, and no two are the same', () => {
    const { stores } = layStores('', STORIES.default());
    const { fileSystem } = fakeSilo(1, 'share', 'Y:', '\\memfs\\share');
    const choice = { kind: 'simulated', id: 'simulated', title: 'other', description: '', available: true } as const;
    const all = paletteCommands(
      stores,
      BUILT_IN_PROFILES,
      [fileSystem],
      [
        { ...choice, scenario: 'other', current: false },
        { ...choice, scenario: 'here', current: true },
      ],
      {
        recent: [
          { profile: 'memfs-network', mountPoint: 'Y:', uncPrefix: '\\a\\b', at: '2026-11-22T00:00:00.000Z' },
          { profile: 'gone', at: '2026-11-22T00:00:00.000Z' },
        ],
        workspaces: [{ workspace: { name: 'everyday', items: [] }, kept: false, items: [] }],
      },
    );
    // What was done lately comes first; a profile that is gone is left out.
    expect(all.slice(0, 3).map(({ line }) => line)).toEqual([
      'siloscope launch memfs-network --mount-point Y: --unc-prefix \\a\\b',
      'siloscope workspaces --start everyday',
      'siloscope workspaces --capture',
    ]);
    const lines = new Set(all.map(({ line }) => line));
    const wanted = [
      'doctor',
      'fsd start',
      'fsd unload',
      'images',
      'images --prune',
      'profiles',
      'hosts',
      'settings',
      'policy',
      'launch',
      'launch memfs-disk',
      'list',
      'logs share',
      'stop share',
      'terminal share',
      'explain',
      'report',
      'doctor --bundle siloscope.zip',
      'fsd',
      'inspect',
      'namespace',
      'journal',
      'watch',
      'look \\\\memfs\\share',
      'look \\\\memfs\\share --canary',
      'hosts --open other',
    ].map(line => `siloscope ${line}`);
    expect(wanted.filter(line => !lines.has(line))).toEqual([]);
    const verbs = [...help.matchAll(/^ {2}([a-z]+)/gm)].map(([, verb = '']) => verb);
    expect(verbs.length).toBeGreaterThan(20);
    expect(
      verbs.filter(verb => !TERMINAL_ONLY.includes(verb) && !all.some(({ line }) => line.split(' ')[1] === verb)),
    ).toEqual([]);
    expect(lines.has('siloscope hosts --open here')).toBe(false);
    expect(all.filter(({ title }) => title.startsWith('Go to ')).length).toBe(SCREENS.length);
    expect(new Set(all.map(({ title, line }) => `${title} ${line}`)).size).toBe(all.length);
  });
});
