import { z } from 'zod';
import { Policy } from '../domain/policy.ts';
import { Profile } from '../domain/profile.ts';
import { SecretName } from '../domain/profile-secret.ts';
import { RecentLaunch } from '../domain/recent-launch.ts';
import { SecretMasking } from '../domain/secret-masking.ts';
import { SecretList, SecretRow } from '../domain/secret-store.ts';
import { ListedProfile, Settings, SettingsNotice, SettingsPatch } from '../domain/settings.ts';
import { nothing } from './nothing.ts';
import { command, query } from './operation.ts';

/** What the user keeps: profiles, secrets, the policy, settings. */
export const keptOperations = {
  /** Built-in profiles first, then the user's own. */
  'profile.list': query(nothing, z.object({ profiles: z.array(ListedProfile) })),
  /** Keeps a profile of the user's own, or replaces the one of that name. */
  'profile.save': command(
    z.object({
      profile: Profile,
      /** The user's own one that this is from now on, where it has another name. */
      replaces: z.string().min(1).optional(),
    }),
    ListedProfile,
    nothing,
  ),
  /** Keeps many at once, or none; those of these names are replaced. What is taken is decided before. */
  'profile.import': command(
    z.object({ profiles: z.array(Profile).min(1).max(200) }),
    z.object({ profiles: z.array(ListedProfile) }),
    nothing,
  ),
  'profile.remove': command(z.object({ name: z.string().min(1) }), z.object({ name: z.string() }), nothing),
  /** What was launched lately by a profile, newest first. */
  'recent.list': query(nothing, z.object({ launches: z.array(RecentLaunch) })),
  /** Names of secrets, where they are kept and who takes them. No operation answers a value. */
  'secret.list': query(nothing, SecretList),
  /** Keeps a value, or replaces it. `onlySealed`: rejects with `secret-store-unavailable` where there is only memory. */
  'secret.set': command(
    z.object({ name: SecretName, value: z.string().min(1).max(65_536), onlySealed: z.boolean().default(false) }),
    SecretRow,
    nothing,
  ),
  'secret.forget': command(z.object({ name: SecretName }), z.object({ name: SecretName }), nothing),
  /** Which secrets would be shown if a program printed them: of all, or those that one container was given. */
  'secret.masking': query(z.object({ container: z.string().min(1).optional() }), SecretMasking),
  /** The user's policy, or the built-in one that allows no leak. */
  'policy.read': query(nothing, z.object({ policy: Policy, origin: z.enum(['built-in', 'user']) })),
  'policy.save': command(z.object({ policy: Policy }), z.object({ policy: Policy }), nothing),
  /** `folder`: where they are kept; absent: nowhere, they end with the process. */
  'settings.read': query(
    nothing,
    z.object({ settings: Settings, notices: z.array(SettingsNotice), folder: z.string().optional() }),
  ),
  'settings.write': command(SettingsPatch, Settings, nothing),
} as const;
