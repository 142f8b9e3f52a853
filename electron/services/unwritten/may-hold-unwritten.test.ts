import { describe, expect, it } from 'vitest';
import { PROFILE_LABEL } from '../../../shared/domain/namespace.ts';
import type { Profile } from '../../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../../shared/domain/profiles.ts';
import { mayBeCut, mayHoldUnwritten, unwrittenPlace } from './may-hold-unwritten.ts';

const RCLONE = ['C:\\rclone\\rclone.exe', 'mount', 'remote:', 'Z:'];
const CACHED = [...RCLONE, '--vfs-cache-mode', 'writes'];
const MEMFS = ['memfs-x64.exe', '-m', 'Z:'];
const place = BUILT_IN_PROFILES.find(({ name }) => name === 'rclone-disk')?.unwritten;
const own: Profile = {
  name: 'own',
  title: 'Own',
  description: '',
  command: MEMFS,
  kind: 'disk',
  defaults: {},
  unwritten: { directory: 'C:\\own' },
};
const moved = (base: string): Profile['unwritten'] =>
  place?.index && { directory: `${base}\\vfs`, index: { ...place.index, directory: `${base}\\vfsMeta` } };
const PROFILES = [...BUILT_IN_PROFILES, own];
const by = (profile: string | undefined, argv: readonly string[]) => ({
  labels: profile === undefined ? {} : { [PROFILE_LABEL]: profile },
  argv,
});

describe('whether an ended container may hold what was not written', () => {
  it.each<[string | undefined, readonly string[], boolean]>([
    ['rclone-disk', RCLONE, true],
    ['memfs-disk', MEMFS, false],
    ['forgotten', MEMFS, true],
    ['own', MEMFS, false],
    ['own', CACHED, true],
    ['custom', CACHED, true],
    ['custom', RCLONE, false],
    [undefined, CACHED, true],
    [undefined, MEMFS, false],
  ])('launched by %s: %j', (profile, argv, may) => {
    expect(mayHoldUnwritten(by(profile, argv), PROFILES)).toBe(may);
  });
});

describe('whether an ended container without a cache of writes is kept', () => {
  it.each<[string, string | undefined, readonly string[], readonly string[] | undefined, boolean, boolean]>([
    ['not where it writes through', 'rclone-disk', RCLONE, ['PATH'], false, true],
    ['not by a profile that is forgotten either', 'forgotten', RCLONE, [], false, true],
    ['where nobody has looked into its environment', 'rclone-disk', RCLONE, undefined, true, false],
    ['where its environment may set a cache', 'rclone-disk', RCLONE, ['RCLONE_VFS_CACHE_MODE'], true, false],
    ['where its environment may, and no profile tells', 'custom', RCLONE, ['RCLONE_VFS_CACHE_MODE'], true, false],
    ['where it has a cache', 'rclone-disk', CACHED, [], true, false],
    ['not where its program is another', 'memfs-disk', MEMFS, [], false, false],
  ])('%s', (_, profile, argv, variables, may, cut) => {
    const described = { ...by(profile, argv), ...(variables === undefined ? {} : { variables }) };
    expect([mayHoldUnwritten(described, PROFILES), mayBeCut(described)]).toEqual([may, cut]);
  });
});

describe('where it has that', () => {
  it.each<[string, string | undefined, readonly string[], Profile['unwritten']]>([
    ['as its profile says', 'own', MEMFS, own.unwritten],
    ['as the profiles of its program say', undefined, CACHED, place],
    [
      'below the directory that it was told',
      'custom',
      [...CACHED, '--cache-dir', 'C:/my cache/'],
      moved('C:\\my cache'),
    ],
    ['whatever its profile says', 'rclone-disk', [...CACHED, '--cache-dir=C:\\x'], moved('C:\\x')],
    ['nobody knows on another disk', 'custom', [...CACHED, '--cache-dir', 'D:\\x'], undefined],
    ['nobody knows in a shell', 'custom', ['cmd', '/c', 'rclone mount r: Z: --cache-dir C:\\x'], undefined],
    ['nobody knows of a program without such a profile', 'custom', MEMFS, undefined],
  ])('%s', (_, profile, argv, known) => {
    expect(unwrittenPlace(by(profile, argv), PROFILES)).toEqual(known);
  });
});
