/** The sections of the settings, as the page's fragment names them: `#/settings?section=policy`. */
export const SETTINGS_SECTIONS = ['general', 'hosts', 'profiles', 'secrets', 'policy', 'about'] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];

/** The section that a fragment or a link names, if it names one. */
export function settingsSection(name: string | null | undefined): SettingsSection | undefined {
  return SETTINGS_SECTIONS.find(section => section === name);
}
