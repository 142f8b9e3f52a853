import type { Contract } from '../../../shared/contract/contract.ts';
import type { Handlers } from '../../../shared/contract/operation.ts';
import { secretHandlers } from '../secrets/secret-handlers.ts';
import type { Preferences } from './preferences.ts';

type SettingsCall =
  | 'settings.read'
  | 'settings.write'
  | 'profile.list'
  | 'profile.save'
  | 'profile.import'
  | 'profile.remove'
  | 'policy.read'
  | 'policy.save'
  | 'recent.list'
  | 'secret.list'
  | 'secret.set'
  | 'secret.forget';

/** What the user keeps, behind the contract. */
export function settingsHandlers(preferences: Preferences): Pick<Handlers<Contract>, SettingsCall> {
  return {
    ...secretHandlers(preferences),
    async 'recent.list'() {
      return { launches: [...(await preferences.recent.read())] };
    },
    async 'settings.read'() {
      const settings = await preferences.settings();
      const { folder } = preferences;
      const notices = [...(await preferences.notices())];
      return { settings, notices, ...(folder === undefined ? {} : { folder }) };
    },
    'settings.write': patch => preferences.write(patch),
    async 'profile.list'() {
      return { profiles: [...(await preferences.profiles())] };
    },
    'profile.save': ({ profile, replaces }) => preferences.saveProfile(profile, replaces),
    async 'profile.import'({ profiles }) {
      return { profiles: [...(await preferences.importProfiles(profiles))] };
    },
    async 'profile.remove'({ name }) {
      await preferences.removeProfile(name);
      return { name };
    },
    'policy.read': () => preferences.policy(),
    async 'policy.save'({ policy }) {
      await preferences.savePolicy(policy);
      return { policy };
    },
  };
}
