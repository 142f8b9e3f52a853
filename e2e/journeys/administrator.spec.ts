import { expect, test } from '../fixtures/test.ts';

test.use({ scenario: { source: 'not-elevated' } });

test('a user looks into silos as an administrator: by the buttons with the shield, and by nothing else', async ({
  siloscope,
}) => {
  const { page } = siloscope;
  await siloscope.show('Visibility');
  const gaps = siloscope.main('Visibility').getByRole('alert', { name: /could not be asked/ });
  await expect(gaps).toContainText('could not be asked');
  await gaps.getByRole('button', { name: 'Look again as administrator' }).click();
  await expect(gaps).toHaveCount(0);

  await siloscope.show('Namespaces');
  const left = page.getByRole('region', { name: 'Left pane' });
  await left.getByRole('button', { name: 'Browse \\Silos as administrator' }).click();
  await expect(left.getByRole('button', { name: /^Open the directory \d+$/ })).toHaveCount(2);
});

test('a user unloads the driver as an administrator, and is told what that costs', async ({ siloscope }) => {
  const { page, host } = siloscope;
  await siloscope.show('Readiness');
  await page.getByRole('button', { name: 'Unload the driver' }).click();
  await siloscope.dialog.getByRole('button', { name: 'Unload and lose all 2' }).click();
  await expect(host).toContainText(/Driver\s*stopped/);
});
