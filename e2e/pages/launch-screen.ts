import type { Locator, Page } from '@playwright/test';

/** Choose, see what it will do, launch, see the proof. */
export class LaunchScreen {
  readonly main: Locator;
  /** "What will happen", beside the form. */
  readonly plan: Locator;
  readonly launchButton: Locator;
  readonly dockerRun: Locator;
  /** The first listing, from inside. */
  readonly proof: Locator;
  readonly seeWhoSees: Locator;

  constructor(page: Page) {
    this.main = page.getByRole('main', { name: 'Launch' });
    this.plan = this.main.getByRole('complementary', { name: 'What will happen' });
    this.launchButton = this.plan.getByRole('button', { name: 'Launch', exact: true });
    this.dockerRun = this.plan.getByRole('textbox', { name: 'docker run line' });
    this.proof = this.main.getByRole('region', { name: 'First listing, from inside' });
    this.seeWhoSees = this.main.getByRole('button', { name: 'See who sees it' });
  }

  profile(title: string): Locator {
    return this.main.getByRole('radio', { name: title });
  }

  field(label: string | RegExp): Locator {
    return this.main.getByRole('textbox', { name: label });
  }

  image(reference: string): Locator {
    return this.main.getByRole('radiogroup', { name: 'Base image' }).getByRole('radio', { name: reference });
  }

  button(name: string | RegExp): Locator {
    return this.main.getByRole('button', { name });
  }

  /** From the cards to the proof. */
  async run(title: string): Promise<void> {
    await this.profile(title).check();
    await this.launchButton.click();
    await this.proof.waitFor();
  }
}
