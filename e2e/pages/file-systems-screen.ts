import type { Locator, Page } from '@playwright/test';

/** What runs, its logs and a console in it, and its stop. */
export class FileSystemsScreen {
  readonly main: Locator;
  readonly table: Locator;
  /** The rows that the console shows, as assistive technology reads them. */
  readonly console: Locator;

  constructor(page: Page) {
    this.main = page.getByRole('main', { name: 'File systems' });
    this.table = this.main.getByRole('table', { name: 'File systems in containers' });
    this.console = this.main.getByRole('region', { name: 'Console' });
  }

  button(name: string | RegExp): Locator {
    return this.main.getByRole('button', { name }).first();
  }
}
