import { type ReactElement, useEffect } from 'react';
import { useStore } from 'zustand';
import type { SettingsSection } from '../../../shared/domain/settings-section.ts';
import { secretsWords } from '../../../shared/wording/screen-secrets.ts';
import { settingsWords } from '../../../shared/wording/screen-settings.ts';
import { guardWords } from '../../../shared/wording/word-guard.ts';
import type { Stores } from '../../stores/stores.ts';
import { fitsFilter } from '../fits-filter.ts';
import { AboutGroup, KeyboardGroup } from './AboutGroup.tsx';
import { AppearanceGroup } from './AppearanceGroup.tsx';
import { ConnectionGroup } from './ConnectionGroup.tsx';
import { GuardGroup } from './GuardGroup.tsx';
import { HostsGroup } from './HostsGroup.tsx';
import { PolicyGroup } from './PolicyGroup.tsx';
import { ProfilesGroup } from './ProfilesGroup.tsx';
import { SecretsGroup } from './SecretsGroup.tsx';
import { WindowGroup } from './WindowGroup.tsx';

/** A card of the settings: where it stands, and the words by which it is found. */
export interface SettingsGroup {
  readonly name: string;
  readonly section: SettingsSection;
  readonly words: unknown;
  readonly Shown: (props: { readonly stores: Stores }) => ReactElement | null;
}

const { appearance, theme, themes, connection, winfsp, engine, keyboard, keys, about, help, licences } = settingsWords;

export const SETTINGS_GROUPS: readonly SettingsGroup[] = [
  { name: 'appearance', section: 'general', words: [appearance, theme, themes], Shown: AppearanceGroup },
  { name: 'window', section: 'general', words: settingsWords.window, Shown: WindowGroup },
  { name: 'keyboard', section: 'general', words: [keyboard, keys], Shown: KeyboardGroup },
  { name: 'connection', section: 'hosts', words: [connection, winfsp, engine], Shown: ConnectionGroup },
  { name: 'hosts', section: 'hosts', words: settingsWords.hosts, Shown: HostsGroup },
  { name: 'profiles', section: 'profiles', words: settingsWords.profiles, Shown: ProfilesGroup },
  { name: 'secrets', section: 'secrets', words: secretsWords, Shown: SecretsGroup },
  { name: 'guard', section: 'policy', words: guardWords, Shown: GuardGroup },
  { name: 'policy', section: 'policy', words: settingsWords.policy, Shown: PolicyGroup },
  { name: 'about', section: 'about', words: [about, help, licences.show], Shown: AboutGroup },
];

/** The groups of a section; with a filter, those of all sections that say what is looked for, or list it. */
export function useFoundGroups(stores: Stores, section: SettingsSection, filter: string): readonly SettingsGroup[] {
  const profiles = useStore(stores.profiles.store, asked => (asked.kind === 'known' ? asked.value : undefined));
  const hosts = useStore(stores.hosts.store, asked => (asked.kind === 'known' ? asked.value : undefined));
  const secrets = useStore(stores.secrets.store, asked => (asked.kind === 'known' ? asked.value : undefined));
  const isSearch = filter.trim() !== '';
  useEffect(() => {
    if (isSearch) for (const store of [stores.profiles, stores.hosts, stores.secrets]) store.want();
  }, [stores, isSearch]);
  // Only the app's own window has that one.
  const there = SETTINGS_GROUPS.filter(({ name }) => name !== 'window' || stores.inWindow);
  if (!isSearch) return there.filter(group => group.section === section);
  const listed: Readonly<Record<string, unknown>> = {
    profiles: profiles?.map(({ name, title }) => [name, title]),
    hosts: hosts?.map(({ id, title }) => [id, title]),
    secrets: secrets?.secrets.map(({ name, title }) => [name, title]),
  };
  const fits = fitsFilter(filter);
  return there.filter(({ name, words }) => fits([...textsIn(words), ...textsIn(listed[name])].join(' ').toLowerCase()));
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
