import type { Locator, Page } from '@playwright/test';
import { FileSystemsScreen } from './file-systems-screen.ts';
import { LaunchScreen } from './launch-screen.ts';
import { VisibilityScreen } from './visibility-screen.ts';

/** The screens as the navigation names them. */
export const SCREEN_NAMES = [
  'Readiness',
  'Launch',
  'File systems',
  'Visibility',
  'Namespaces',
  'Images',
  'Timeline',
  'Logs',
  'Settings',
] as const;
export type ScreenName = (typeof SCREEN_NAMES)[number];

/** The sections of the settings as their tabs name them. */
export const SETTINGS_SECTION_NAMES = ['General', 'Hosts', 'Profiles', 'Secrets', 'Policy and guard', 'About'] as const;
export type SettingsSectionName = (typeof SETTINGS_SECTION_NAMES)[number];

/** The page as a person meets it: by roles and names, never by classes. */
export class SiloscopePage {
  readonly page: Page;
  readonly fileSystems: FileSystemsScreen;
  readonly launch: LaunchScreen;
  readonly visibility: VisibilityScreen;
  /** What the bar above the screens says about the connection. */
  readonly bar: Locator;
  readonly host: Locator;
  readonly navigation: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.fileSystems = new FileSystemsScreen(page);
    this.launch = new LaunchScreen(page);
    this.visibility = new VisibilityScreen(page);
    this.bar = page
      .getByRole('status')
      .filter({ hasText: /to Siloscope is lost|Siloscope has not answered|siloscope serve/ });
    this.host = page.getByRole('region', { name: 'Host' });
    this.navigation = page.getByRole('navigation', { name: 'Screens' });
    this.dialog = page.getByRole('dialog');
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.ready();
  }

  /** The host has been asked, and said who it is. */
  async ready(): Promise<void> {
    await this.host.getByText('Engine').waitFor();
  }

  navItem(name: ScreenName): Locator {
    return this.navigation.getByRole('link', { name });
  }

  /** A server that is busy with a thousand silos may take its time. */
  async show(name: ScreenName, timeout = 8_000): Promise<void> {
    await this.navItem(name).click();
    await this.heading(name).waitFor({ timeout });
  }

  /** The settings, at one of their sections. */
  async showSettings(section: SettingsSectionName): Promise<void> {
    await this.show('Settings');
    await this.page.getByRole('tab', { name: section }).click();
  }

  heading(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  main(name: ScreenName): Locator {
    return this.page.getByRole('main', { name });
  }
}
