import type { ScenarioInput } from '../../electron/hosts/simulated/scenario/schema.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../shared/domain/profiles.ts';
import type { Workspace } from '../../shared/domain/workspace.ts';

/** An image for what comes with WinFsp, and one that has rclone in it. */
export const IMAGES = {
  plain: 'mcr.microsoft.com/windows/servercore:ltsc2025',
  rclone: 'registry.example.com/platform/rclone:ltsc2025',
} as const;

/** The far end of the item that uploads. */
export const REMOTE = 'remote:';
/** What its launch needs. */
export const SECRET = 'cloud-config';
/** rclone with a cache of writes, which uploads ten minutes late; it needs its configuration, a secret. */
export const CLOUD: Profile = {
  name: 'cached-cloud',
  title: 'rclone with a cache of writes',
  description: 'What is written is uploaded ten minutes later.',
  command: [
    'C:\\rclone\\rclone.exe',
    'mount',
    REMOTE,
    '{mountPoint}',
    '--rc',
    '--vfs-cache-mode',
    'writes',
    '--vfs-write-back',
    '10m',
    '{secrets}',
  ],
  environment: { PATH: '{winfsp}\\bin;C:\\Windows\\system32;C:\\Windows' },
  kind: 'disk',
  defaults: { mountPoint: 'Z:' },
  stop: BUILT_IN_PROFILES.find(({ name }) => name === 'rclone-disk')?.stop ?? [],
  secrets: [
    { name: SECRET, title: 'rclone.conf', deliver: { by: 'file' }, arguments: ['--config', `{secret:${SECRET}}`] },
  ],
};

/** The item whose file system uploads what was written to it later. */
export const DRAFTS = 'drafts';

export const WORKSPACE: Workspace = {
  name: 'everyday',
  items: [
    { name: 'scratch', launch: { profile: 'memfs-disk' } },
    { name: 'shared', launch: { profile: 'memfs-network', uncPrefix: '\\everyday\\share' } },
    { name: 'cloud', launch: { profile: 'memfs-disk', mountPoint: 'R:' } },
    { name: DRAFTS, launch: { profile: CLOUD.name, image: IMAGES.rclone } },
  ],
};
export const ITEMS = WORKSPACE.items.map(({ name }) => name);

const SERVER_CORE = { base: 'servercore', osVersion: '10.0.26100.4652' } as const;

/** What the host has of images at the beginning. */
export const LOCAL_IMAGES: NonNullable<ScenarioInput['images']> = [
  { reference: IMAGES.plain, ...SERVER_CORE },
  { reference: IMAGES.rclone, ...SERVER_CORE, files: { 'C:\\rclone\\rclone.exe': 'program:rclone' } },
];
