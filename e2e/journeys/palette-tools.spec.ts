import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';

test.use({ scenario: { source: TWO_VOLUMES } });

test('the palette explains an error, writes a redacted report, and names the price of an unload', async ({
  siloscope,
}) => {
  const { page, dialog, host } = siloscope;
  const command = async (line: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(dialog.getByRole('combobox')).toBeFocused();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
  };

  await command('siloscope explain');
  await expect(dialog.getByRole('heading', { name: 'Explain an error' })).toBeVisible();
  await dialog.getByRole('textbox').fill('0xc0370101');
  await expect(dialog.getByRole('status')).toContainText('Cause');
  await dialog.getByRole('textbox').fill('nothing that anybody ever met');
  await expect(dialog.getByRole('status')).toContainText('Nobody here has met this one');
  await page.keyboard.press('Escape');

  await command('siloscope report');
  const text = dialog.getByRole('region', { name: 'Report' });
  await expect(text).toContainText('"inspection"');
  await expect(text).not.toContainText('WORKSTATION');
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save JSON' }).click();
  expect((await saving).suggestedFilename()).toBe('siloscope-report.json');
  await page.keyboard.press('Escape');

  await command('siloscope fsd unload');
  await expect(dialog.getByRole('list', { name: 'Volumes that will be lost' })).toContainText('\\\\memfs\\share');
  await dialog.getByRole('button', { name: 'Unload and lose all 2' }).click();
  await expect(host).toContainText(/Driver\s*stopped/);
});
