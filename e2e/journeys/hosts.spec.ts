import { expect, test } from '../fixtures/test.ts';

test('a host of the user is added in Settings, listed with why it cannot be opened or how, and taken out again', async ({
  siloscope,
}) => {
  await siloscope.showSettings('Hosts');
  const settings = siloscope.main('Settings');
  const address = settings.getByRole('textbox', { name: 'Another host' });
  await address.fill('http://build-7');
  await address.press('Enter');
  await expect(settings.getByText('Expected ssh://user@host, or local')).toBeVisible();

  await address.fill('ssh://me@build-7');
  await settings.getByRole('textbox', { name: 'What to call it (optional)' }).fill('Build 7');
  await settings.getByRole('button', { name: 'Add', exact: true }).click();
  const own = settings.getByRole('list', { name: 'Your own hosts' });
  await expect(own.getByRole('listitem')).toContainText(['ssh://me@build-7']);
  await expect(settings.getByRole('list', { name: 'Hosts', exact: true }).getByText('Build 7')).toBeVisible();
  await expect(settings.getByRole('button', { name: 'Open Build 7' })).toBeVisible();

  await address.fill('ssh://me@build-7');
  await address.press('Enter');
  await expect(settings.getByText('It is in the list already')).toBeVisible();

  await own.getByRole('button', { name: 'Remove the host Build 7' }).click();
  await expect(settings.getByRole('button', { name: 'Open Build 7' })).toBeHidden();
});
