import { RESTART_DURING_PULL } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';

test.use({ scenario: { source: RESTART_DURING_PULL } });

test('the engine restarts in the middle of a launch: the launch says so, the form is kept, the next one works', async ({
  siloscope,
}) => {
  // The image is pulled twice, the second time whole.
  test.slow();
  const { launch, host } = siloscope;
  await siloscope.show('Launch');
  await launch.profile('memfs, as a disk').check();
  await launch.field('Container name').fill('precious');
  await launch.image('servercore:ltsc2025').check();
  await launch.launchButton.click();
  await expect(launch.main.getByRole('progressbar').first()).toBeVisible();

  await expect(host).toContainText(/Engine\s*no answer/, { timeout: 30_000 });
  const back = launch.button('Back to the form');
  await expect(back).toBeVisible({ timeout: 2_000 });
  await expect(launch.main.getByRole('alert')).toBeVisible();
  await expect(host).toContainText('answers');

  await back.click();
  await expect(launch.field('Container name')).toHaveValue('precious');
  await expect(launch.profile('memfs, as a disk')).toBeChecked();
  await expect(launch.launchButton).toBeEnabled();
  await launch.launchButton.click();
  await expect(launch.proof).toBeVisible({ timeout: 60_000 });
});
