import { readFile } from 'node:fs/promises';
import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';
import { faultsOnShow } from '../pages/hygiene.ts';

test.use({ scenario: { source: TWO_VOLUMES } });

test('a diagnostics bundle is read with its redactions marked, then saved, by keyboard alone', async ({
  siloscope,
}) => {
  const { page, dialog } = siloscope;
  await siloscope.show('Logs');
  const opener = page.getByRole('button', { name: 'Diagnostics bundle' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const files = dialog.getByRole('table', { name: 'Files of the bundle' });
  await expect(files.getByRole('button')).toContainText([
    'about.json',
    'report.json',
    'recording.json',
    'settings.json',
  ]);

  await files.getByRole('button', { name: 'report.json' }).focus();
  await page.keyboard.press('Enter');
  const shown = dialog.getByRole('region', { name: 'What is in report.json' });
  // Over SSH the host's address comes before its name.
  await expect(shown.locator('mark').first()).toHaveText(/^<(?:machine|host)>$/);
  expect(await faultsOnShow(page)).toEqual([]);

  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save zip' }).focus();
  await page.keyboard.press('Enter');
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/^siloscope-bundle-\d{4}-\d\d-\d\d\.zip$/);
  const archive = await readFile(await saved.path());
  expect(archive.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  expect(archive.toString('latin1')).toContain('recording.json');

  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
});
