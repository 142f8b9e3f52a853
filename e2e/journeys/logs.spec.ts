import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';
import { faultsOnShow } from '../pages/hygiene.ts';

test.use({ scenario: { source: TWO_VOLUMES } });

test('all logs stand on one clock, are searched and followed, and lead to what they are about', async ({
  siloscope,
  server,
}) => {
  const { page } = siloscope;
  await siloscope.show('Visibility');
  await page.keyboard.press('Control+8');
  await siloscope.heading('Logs').waitFor();
  const table = page.getByRole('grid', { name: 'Lines of all logs' });
  await expect(table.getByRole('row', { name: /loud.*memfs -t/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /Driver .* runs/ })).toBeVisible();

  await page.getByRole('button', { name: 'File systems', exact: true }).click();
  await expect(table.getByRole('row', { name: /Driver .* runs/ })).toBeHidden();
  await page.getByRole('button', { name: 'File systems', exact: true }).click();

  // What happens now is heard, by whoever it is done.
  await server.run('launch', 'memfs-disk', '--name', 'later', '--mount-point', 'W:');
  await expect(table.getByRole('row', { name: /later.*The service memfs has been started/ })).toBeVisible();
  expect(await faultsOnShow(page)).toEqual([]);

  await page.keyboard.press('Control+f');
  await page.keyboard.type('launch.done');
  const line = table.getByRole('row', { name: /later is launched/ });
  await line.focus();
  await page.keyboard.press('Enter');
  const pane = page.getByRole('region', { name: 'The line' });
  await expect(pane).toContainText('later is launched, 1 volume');
  await expect(pane).toContainText('launch.done');
  // The raw data are folded away; Escape leads back to the line.
  await pane.getByText('Raw name and data').click();
  await expect(pane.getByText('"what": "launch.done"')).toBeVisible();
  await pane.getByRole('button', { name: 'Close: The line' }).press('Escape');
  await expect(pane).toBeHidden();
  await expect(line).toBeFocused();
  await page.keyboard.press('Enter');
  await pane.getByRole('button', { name: 'Show the moment in the timeline' }).click();
  await siloscope.heading('Timeline').waitFor();
  await expect(page.getByRole('button', { name: 'Back to now' })).toBeVisible();

  await page.goBack();
  await siloscope.heading('Logs').waitFor();
  await table.getByRole('row', { name: /later is launched/ }).focus();
  await page.keyboard.press('f');
  await siloscope.heading('File systems').waitFor();
  await expect(siloscope.fileSystems.main).toContainText('later');
});
