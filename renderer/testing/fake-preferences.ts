import type { Contract } from '../../shared/contract/contract.ts';
import type { Handlers } from '../../shared/contract/operation.ts';
import { NO_LEAKS } from '../../shared/domain/judge-policy.ts';
import { listSecrets } from '../../shared/domain/list-secrets.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import type { Profile } from '../../shared/domain/profile.ts';
import { BUILT_IN_PROFILES } from '../../shared/domain/profiles.ts';
import { Settings } from '../../shared/domain/settings.ts';
import type { FakeWorld } from './fake-world.ts';

type PreferenceCall = Extract<
  keyof Handlers<Contract>,
  `profile.${string}` | `recent.${string}` | `secret.${string}` | `settings.${string}` | 'policy.read' | 'policy.save'
>;

/** What a user keeps: profiles, secrets, the policy and settings, until the page ends. */
export function fakePreferences(world: FakeWorld): Pick<Handlers<Contract>, PreferenceCall> {
  let ownProfiles: readonly Profile[] = [];
  const secretsSet = new Set<string>();
  let policy: Policy = NO_LEAKS;
  let settings = Settings.parse({});

  return {
    'profile.list': () => ({
      profiles: [
        ...BUILT_IN_PROFILES.map(profile => ({ ...profile, origin: 'built-in' as const })),
        ...ownProfiles.map(profile => ({ ...profile, origin: 'user' as const })),
      ],
    }),
    'profile.save': ({ profile, replaces }) => {
      const gone = new Set([profile.name, replaces]);
      ownProfiles = [...ownProfiles.filter(({ name }) => !gone.has(name)), profile];
      world.hub.announce('settings.changed', { what: 'profiles' });
      return { ...profile, origin: 'user' };
    },
    'profile.import': ({ profiles }) => {
      const names = new Set(profiles.map(({ name }) => name));
      ownProfiles = [...ownProfiles.filter(({ name }) => !names.has(name)), ...profiles];
      world.hub.announce('settings.changed', { what: 'profiles' });
      return { profiles: profiles.map(profile => ({ ...profile, origin: 'user' as const })) };
    },
    'profile.remove': ({ name }) => {
      ownProfiles = ownProfiles.filter(profile => profile.name !== name);
      world.hub.announce('settings.changed', { what: 'profiles' });
      return { name };
    },
    'recent.list': () => ({
      launches: [{ profile: 'memfs-network', mountPoint: 'Y:', uncPrefix: '\\memfs\\share', at: world.iso() }],
    }),
    'secret.list': () => ({
      unmasked: [],
      place: { kind: 'session', because: 'no-store' },
      secrets: listSecrets(
        [...secretsSet].map(name => ({ name, state: 'session', changedAt: world.iso() })),
        [...BUILT_IN_PROFILES, ...ownProfiles],
      ),
    }),
    'secret.set': ({ name }) => {
      secretsSet.add(name);
      world.hub.announce('settings.changed', { what: 'secrets' });
      return { name, state: 'session', usedBy: [] };
    },
    'secret.masking': () => ({ unmasked: [] }),
    'secret.forget': ({ name }) => {
      secretsSet.delete(name);
      world.hub.announce('settings.changed', { what: 'secrets' });
      return { name };
    },
    'policy.read': () => ({ policy, origin: policy === NO_LEAKS ? 'built-in' : 'user' }),
    'policy.save': ({ policy: saved }) => {
      policy = saved;
      world.hub.announce('settings.changed', { what: 'policy' });
      return { policy };
    },
    'settings.read': () => ({ settings, notices: [] }),
    'settings.write': patch => {
      settings = Settings.parse({ ...settings, ...patch });
      world.hub.announce('settings.changed', { what: 'settings' });
      return settings;
    },
  };
}
