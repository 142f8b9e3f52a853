import type { Locator, Page } from '@playwright/test';

/** The matrix and the map, and why a cell says what it says. */
export class VisibilityScreen {
  readonly main: Locator;
  readonly matrix: Locator;
  /** The pane beside the matrix. */
  readonly evidence: Locator;
  readonly summary: Locator;
  readonly map: Locator;
  readonly mapInWords: Locator;
  readonly probe: Locator;
  readonly canary: Locator;
  readonly relaunch: Locator;

  constructor(page: Page) {
    this.main = page.getByRole('main', { name: 'Visibility' });
    this.matrix = this.main.getByRole('grid', { name: 'Volumes by namespaces' });
    this.evidence = this.main.getByRole('complementary', { name: 'Evidence' });
    this.summary = this.main.getByRole('status').filter({ hasText: /volumes?, / });
    this.map = this.main.getByRole('region', { name: 'Map of silos and the MUP' });
    this.mapInWords = this.main.getByRole('region', { name: 'In words' });
    this.probe = this.main.getByRole('button', { name: 'Probe' });
    this.canary = this.main.getByRole('button', { name: 'Plant a canary' });
    this.relaunch = this.evidence.getByRole('button', { name: 'Relaunch privately' });
  }

  row(volume: string): Locator {
    return this.matrix.getByRole('row').filter({ has: this.main.getByRole('rowheader', { name: volume }) });
  }

  tab(name: 'Matrix' | 'Map'): Locator {
    return this.main.getByRole('tab', { name });
  }
}
