import { expect, test } from '../fixtures/test.ts';

test.use({ scenario: { source: 'winfsp-container-support' } });

test('a leak is checked step by step, accepted until a day, and then sealed by the press of a button', async ({
  siloscope,
}) => {
  await siloscope.show('Visibility');
  const { visibility } = siloscope;
  // Leaks come first.
  await visibility.matrix.getByRole('gridcell').first().click();
  const { evidence } = visibility;

  await evidence.getByRole('button', { name: 'Check E4, and nothing else' }).click();
  await expect(evidence.getByRole('listitem').filter({ hasText: 'E4' })).toContainText('Holds');
  await expect(evidence.getByRole('listitem').filter({ hasText: 'E5' })).toContainText('Not tested');

  await evidence.getByRole('button', { name: 'Accept for a time' }).click();
  const dialog = siloscope.page.getByRole('dialog', { name: 'Accept for a time' });
  await expect(dialog.getByRole('button', { name: 'Accept', exact: true })).toBeDisabled();
  await dialog.getByLabel('Reason', { exact: true }).fill('meant to be shared');
  await dialog.getByLabel('Until', { exact: true }).fill('2099-12-31');
  await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(evidence).toContainText('Accepted until 2099-12-31: meant to be shared');

  await evidence.getByRole('button', { name: 'Relaunch as a disk' }).click();
  const sealing = siloscope.page.getByRole('dialog', { name: 'Relaunch as a disk' });
  await expect(sealing).toContainText('What a file system in memory holds is lost');
  await sealing.getByRole('button', { name: 'Relaunch as a disk' }).click();
  await expect(visibility.summary).toHaveText('2 volumes, none known to leak', { timeout: 20_000 });
});
