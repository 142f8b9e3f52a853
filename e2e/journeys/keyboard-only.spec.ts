import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';
import { SCREEN_NAMES } from '../pages/siloscope-page.ts';
import { walkByTab } from '../pages/tab-stops.ts';

test('by keyboard alone: from the palette to a launch, its leak, the reason, and the stop', async ({ siloscope }) => {
  const { launch, visibility, page, dialog } = siloscope;
  const press = (keys: string): Promise<void> => page.keyboard.press(keys);
  /** As a person does it who cannot point: Tab until it has the focus. */
  const tabTo = async (name: string | RegExp): Promise<void> => {
    const target = page.getByRole('button', { name }).first();
    for (let steps = 0; steps < 80; steps++) {
      if (await target.evaluate(element => element === document.activeElement)) return;
      await press('Tab');
    }
    throw new Error(`${name} was not reached by Tab`);
  };

  await press('Control+k');
  await expect(dialog.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('launch memfs-network');
  await expect(dialog.getByRole('option', { selected: true })).toContainText('siloscope launch memfs-network');
  await press('Enter');
  await expect(siloscope.heading('Launch')).toBeVisible();
  await expect(launch.profile('memfs, as a network file system')).toBeChecked();
  await expect(launch.launchButton).toBeEnabled();
  await tabTo(/^Launch$/);
  await tabTo('Copy the same from the command line');
  await press('Shift+Tab');
  await press('Enter');
  await expect(launch.proof).toBeVisible();

  await press('Control+4');
  await expect(visibility.summary).toHaveText('1 volume, 1 expected to leak');
  await visibility.matrix.getByRole('gridcell').first().focus();
  await press('Home');
  await expect(visibility.evidence).toContainText('seen from host');
  await press('ArrowRight');
  await expect(visibility.evidence).toContainText('seen from memfs-network');

  await press('Control+3');
  await tabTo(/^Stop /);
  await press('Enter');
  await expect(dialog).toBeVisible();
  await tabTo('Stop it');
  await press('Enter');
  await expect(page.getByRole('heading', { name: 'No file system runs in a container' })).toBeVisible();

  await press('Control+k');
  await press('Escape');
  await expect(dialog).toBeHidden();
});

test.describe('with volumes to look at', () => {
  test.use({ scenario: { source: TWO_VOLUMES } });
  test('on every screen Tab comes to every control, shows where it is, and goes round', async ({ siloscope }) => {
    // Tab is pressed once for each control of every screen.
    test.slow();
    const { page, launch, visibility } = siloscope;
    for (const [index, name] of SCREEN_NAMES.entries()) {
      await page.keyboard.press(`Control+${index + 1}`);
      await expect(siloscope.heading(name)).toBeVisible();
      await expect(page.getByRole('main', { name })).not.toHaveAttribute('aria-busy', 'true');
      if (name === 'Launch') await launch.profile('memfs, as a network file system').check();
      if (name === 'Visibility') await expect(visibility.summary).toBeVisible();
      await page.waitForTimeout(500);
      expect.soft(await walkByTab(page), name).toEqual({ missed: [], unmarked: [], round: true });
    }
  });
});
