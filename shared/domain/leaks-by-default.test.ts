import { describe, expect, it } from 'vitest';
import { findFindings } from './findings.ts';
import type { Visibility } from './inspection.ts';
import { type Namespace, PROFILE_LABEL } from './namespace.ts';
import { cell, namespaces, none, volume } from './testing/finding-parts.ts';

describe('a leak that nobody asked for', () => {
  const byProfile = (profile: string | undefined): Namespace[] =>
    namespaces.slice(0, 3).map(one => {
      if (one.id !== 'silo:4' || one.container === undefined || profile === undefined) return one;
      return { ...one, container: { ...one.container, labels: { [PROFILE_LABEL]: profile } } };
    });
  const launcherServices = new Map([
    ['hubfs', { name: 'hubfs', executable: 'C:\\hubfs.exe', program: 'hubfs' as const }],
  ]);
  const JUICEFS = 'juicefs.exe mount redis://x Y:';
  const MEMFS = 'memfs-x64.exe -m Y: -u \\hubfs\\a';

  it.each<
    [
      why: string,
      home: string,
      uncPrefix: string | undefined,
      commandLine: string | undefined,
      seen: Visibility['visible'],
      profile: string | undefined,
      found: object | undefined,
    ]
  >([
    [
      'is the default of its program',
      'silo:4',
      '\\juicefs-x\\x',
      JUICEFS,
      'yes',
      undefined,
      { program: 'juicefs', because: 'network-by-default' },
    ],
    [
      'is of a profile for commands of one’s own',
      'silo:4',
      '\\juicefs-x\\x',
      JUICEFS,
      'yes',
      'custom',
      { program: 'juicefs', because: 'network-by-default' },
    ],
    ['was chosen with a profile', 'silo:4', '\\juicefs-x\\x', JUICEFS, 'yes', 'juicefs-network', undefined],
    ['is seen by nobody', 'silo:4', '\\juicefs-x\\x', JUICEFS, 'no', undefined, undefined],
    ['may be seen', 'silo:4', '\\juicefs-x\\x', JUICEFS, 'unknown', undefined, undefined],
    ['has no prefix', 'silo:4', undefined, JUICEFS, 'yes', undefined, undefined],
    ['was asked for on the command line', 'host', '\\hubfs\\a', MEMFS, 'yes', undefined, undefined],
    ['is of a program that nobody knows', 'silo:4', '\\own\\a', 'own.exe -u \\own\\a', 'yes', undefined, undefined],
    [
      'is of a class that the Launcher starts on the host',
      'host',
      '\\HubFS\\a',
      undefined,
      'yes',
      undefined,
      { program: 'hubfs', because: 'launcher-form', registered: { name: 'hubfs', executable: 'C:\\hubfs.exe' } },
    ],
    [
      'was seen to be started as the Launcher does',
      'host',
      '\\HubFS\\a',
      'hubfs.exe -o VolumePrefix=\\HubFS\\a Y:',
      'yes',
      undefined,
      { program: 'hubfs', because: 'launcher-form' },
    ],
    ['is of a class that the Launcher does not start', 'host', '\\memfs\\a', undefined, 'yes', undefined, undefined],
    ['is in a silo, where no Launcher starts it', 'silo:4', '\\HubFS\\a', undefined, 'yes', undefined, undefined],
  ])('%s', (_, home, uncPrefix, commandLine, seen, profile, expected) => {
    const viewer = home === 'host' ? 'silo:8' : 'host';
    const one = volume('v', home, uncPrefix, [cell(home, 'yes'), cell(viewer, seen), cell('silo:12', 'no')]);
    const volumes = [
      {
        ...one,
        ...(commandLine === undefined ? {} : { fileSystem: { program: commandLine.split(' ')[0] ?? '', commandLine } }),
      },
    ];
    const found = findFindings({ ...none, namespaces: byProfile(profile), volumes, launcherServices });
    const [told] = found.filter(({ code }) => code === 'leaks-by-default');
    const common = {
      code: 'leaks-by-default',
      severity: 'warning',
      volumes: ['v'],
      namespaces: [home],
      home,
      uncPrefix,
    };
    expect(told).toEqual(expected === undefined ? undefined : { ...common, ...expected });
  });
});
