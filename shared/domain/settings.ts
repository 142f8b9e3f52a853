import { z } from 'zod';
import { GuardMode } from './guard.ts';
import { Profile } from './profile.ts';
import { WrittenBy } from './release-version.ts';
import { SSH_ADDRESS } from './ssh-connection.ts';

/** `system`: as the desktop has it. */
export const Theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof Theme>;

/** Where newer versions come from; `off`: only when the user asks. */
export const UpdateChoice = z.enum(['off', 'stable', 'preview']);
export type UpdateChoice = z.infer<typeof UpdateChoice>;

/** A host of the user's own list: this machine, or one reached by SSH. Never a password. */
export const KnownHost = z.strictObject({
  id: z.string().regex(new RegExp(`^local$|${SSH_ADDRESS.source}`), 'expected local or ssh://user@host'),
  title: z.string().max(80).optional(),
});
export type KnownHost = z.infer<typeof KnownHost>;

/** What the user chose for the app itself. Everything has a default: `{}` is a whole file. */
export const Settings = z.strictObject({
  $schema: z.string().optional(),
  writtenBy: WrittenBy,
  appearance: z.strictObject({ theme: Theme.default('system') }).prefault({}),
  /** Start in the tray, without a window. */
  startHidden: z.boolean().default(false),
  /** Closing the window keeps the app in the tray. */
  closeToTray: z.boolean().default(true),
  /** Start when the user signs in. */
  autostart: z.boolean().default(false),
  updates: UpdateChoice.default('stable'),
  hosts: z.array(KnownHost).default([]),
  /** Who watches the policy while Siloscope runs. `includeRunning`: in the mode `stop`, also what ran before it. */
  guard: z
    .strictObject({
      mode: z.enum(['off', ...GuardMode.options]).default('off'),
      includeRunning: z.boolean().default(false),
    })
    .prefault({}),
  /** Hints that are told once, by name, and have been. */
  hintsSeen: z.array(z.string()).default([]),
});
export type Settings = z.infer<typeof Settings>;

/** What changes; the rest stays as it is. */
export const SettingsPatch = z.strictObject({
  appearance: z.strictObject({ theme: Theme }).optional(),
  startHidden: z.boolean().optional(),
  closeToTray: z.boolean().optional(),
  autostart: z.boolean().optional(),
  updates: UpdateChoice.optional(),
  hosts: z.array(KnownHost).optional(),
  guard: z.strictObject({ mode: z.enum(['off', ...GuardMode.options]), includeRunning: z.boolean() }).optional(),
  hintsSeen: z.array(z.string()).optional(),
});
export type SettingsPatch = z.infer<typeof SettingsPatch>;

/** A part of a kept file that this version does not take up. It stays in the file. */
export const NotTakenPart = z.object({
  /** `key`: unknown here, and read over. `entry`: a whole profile, workspace or setting that is not used. */
  what: z.enum(['key', 'entry']),
  /** E.g. `profiles[0].privatTwin`. */
  path: z.string(),
  line: z.int(),
  column: z.int(),
  /** An entry's own name. Untrusted. */
  name: z.string().optional(),
  message: z.string(),
});
export type NotTakenPart = z.infer<typeof NotTakenPart>;

/** What is the matter with a kept file. Nothing of it is ever deleted. */
export const SettingsNotice = z.discriminatedUnion('kind', [
  /** It could not be read as what it should be, and was put aside. */
  z.object({
    kind: z.literal('set-aside'),
    /** E.g. `settings.json`, in the settings' folder. */
    file: z.string(),
    /** Where it is now; absent when it could not be moved. */
    setAside: z.string().optional(),
    /** What is used instead: the last good copy, or the defaults. */
    recovered: z.enum(['last-good', 'defaults']),
    reason: z.string(),
  }),
  /** It is used, but for some parts. */
  z.object({
    kind: z.literal('not-taken'),
    file: z.string(),
    /** The version of Siloscope that wrote it, where that is a newer one. */
    writtenBy: z.string().optional(),
    /** The first of them. */
    parts: z.array(NotTakenPart),
    count: z.int(),
  }),
]);
export type SettingsNotice = z.infer<typeof SettingsNotice>;

/** A profile with where it comes from: those of the user can be changed and removed. */
export const ListedProfile = Profile.extend({ origin: z.enum(['built-in', 'user']) });
export type ListedProfile = z.infer<typeof ListedProfile>;
