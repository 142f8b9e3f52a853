import { expect, test } from '../fixtures/test.ts';

test('settings are walked by keyboard, found by a word, and linked to by section', async ({ siloscope }) => {
  const { page } = siloscope;
  const settings = siloscope.main('Settings');
  const tab = (name: string) => settings.getByRole('tab', { name });
  await siloscope.show('Settings');
  await expect(tab('General')).toHaveAttribute('aria-selected', 'true');
  await expect(settings.getByRole('region', { name: 'Profiles' })).toBeHidden();

  await tab('General').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(settings.getByRole('tabpanel', { name: 'Profiles' })).toBeVisible();
  await expect(page).toHaveURL(/#\/settings\?section=profiles$/);

  // All sections are searched, and what is listed in them.
  await page.keyboard.press('Control+f');
  await page.keyboard.type('observe');
  await expect(settings.getByRole('region', { name: 'What was found' })).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('juicefs');
  await expect(settings.getByRole('region', { name: 'Profiles' })).toContainText('JuiceFS, as a disk');
  await expect(settings.getByRole('region', { name: 'Appearance' })).toBeHidden();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('no such thing');
  await expect(settings).toContainText('Nothing in the settings says "no such thing".');
  await page.keyboard.press('Escape');
  await expect(settings.getByRole('tabpanel', { name: 'Profiles' })).toBeVisible();

  // Back leads where one was; a command leads to its section.
  await page.goBack();
  await expect(tab('General')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('siloscope policy');
  await page.keyboard.press('Enter');
  await expect(settings.getByRole('button', { name: 'Save the policy' })).toBeVisible();
  await page.reload();
  await siloscope.ready();
  await expect(tab('Policy and guard')).toHaveAttribute('aria-selected', 'true');
});
