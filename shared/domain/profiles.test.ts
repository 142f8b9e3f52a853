import { describe, expect, it } from 'vitest';
import { recogniseFileSystem } from './file-system-command.ts';
import { fillEnvironment, fillProfile } from './fill-profile.ts';
import { Profile } from './profile.ts';
import { BUILT_IN_PROFILES } from './profiles.ts';

const winfsp = 'C:\\Program Files (x86)\\WinFsp\\';

describe('a profile that comes with Siloscope', () => {
  it.each(BUILT_IN_PROFILES.map(profile => [profile.name, profile] as const))(
    '%s mounts what it promises',
    (_, profile) => {
      const command = recogniseFileSystem(fillProfile(profile, { winfsp }));
      expect(Profile.parse(profile)).toEqual(profile);
      expect({ kind: command?.kind, mountPoint: command?.mountPoint, uncPrefix: command?.uncPrefix }).toEqual({
        kind: profile.kind,
        mountPoint: profile.defaults.mountPoint,
        uncPrefix: profile.defaults.uncPrefix,
      });
    },
  );

  it('describes itself in plain words: descriptions are shown as they are', () => {
    expect(BUILT_IN_PROFILES.filter(({ description }) => description.includes('`'))).toEqual([]);
  });

  it('finds the DLL on the path, unless it lies beside it', () => {
    const paths = BUILT_IN_PROFILES.map(profile => fillEnvironment(profile, { winfsp })['PATH']?.split(';')[0]);
    expect(paths.map(path => path ?? 'beside it')).toEqual([
      ...Array(2).fill('beside it'),
      ...Array(8).fill('C:\\Program Files (x86)\\WinFsp\\bin'),
    ]);
  });

  it('has a private twin that is a disk profile, if it is a network one', () => {
    const byName = new Map(BUILT_IN_PROFILES.map(profile => [profile.name, profile.kind]));
    expect(
      BUILT_IN_PROFILES.filter(({ kind }) => kind === 'network').map(({ privateTwin }) =>
        byName.get(privateTwin ?? ''),
      ),
    ).toEqual(Array.from({ length: 5 }, () => 'disk'));
  });

  it('is filled in with overrides, its path hard-wired', () => {
    const [, network] = BUILT_IN_PROFILES;
    expect(network && fillProfile(network, { winfsp, mountPoint: 'X:', uncPrefix: '\\a\\$&' })).toEqual([
      'C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe',
      '-i',
      '-F',
      'NTFS',
      '-m',
      'X:',
      '-u',
      '\\a\\$&',
    ]);
  });
});
