import { expect, test } from '../fixtures/test.ts';

test('an image that cannot run is called so before the launch, and the cure is one click away', async ({
  siloscope,
}) => {
  const { launch } = siloscope;
  await siloscope.show('Launch');
  await launch.profile('memfs, as a disk').check();
  await expect(launch.launchButton).toBeEnabled();

  await launch.image('servercore:ltsc2019').check();
  const fault = launch.plan.getByRole('alert');
  await expect(fault).toContainText('ltsc2019');
  await expect(launch.launchButton).toBeDisabled();

  await launch.plan.getByRole('button', { name: /^Use .*servercore:ltsc2025$/ }).click();
  await expect(launch.image('servercore:ltsc2025')).toBeChecked();
  await expect(fault).toBeHidden();
  await launch.launchButton.click();
  await expect(launch.proof).toBeVisible();
});
