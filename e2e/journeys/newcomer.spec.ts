import { expect, test } from '../fixtures/test.ts';

test('a newcomer comes from an empty host to the found leak in six clicks at most, and seals it', async ({
  siloscope,
}) => {
  const { launch, visibility, page } = siloscope;
  let clicks = 0;
  const click = async (target: { click(): Promise<void> }): Promise<void> => {
    clicks += 1;
    await target.click();
  };

  await click(page.getByRole('button', { name: 'Launch a file system' }));
  await click(launch.profile('memfs, as a network file system'));
  await expect(launch.plan).toContainText('Expected to be visible from host');
  await click(launch.launchButton);
  await expect(launch.proof).toBeVisible();
  await click(launch.seeWhoSees);

  await expect(visibility.summary).toHaveText('1 volume, 1 leaked');
  await expect(visibility.evidence).toContainText('Leaked');
  await click(visibility.tab('Map'));
  await expect(visibility.mapInWords).toContainText(/leaks: it can be seen from/);
  expect(clicks).toBeLessThanOrEqual(6);

  await visibility.relaunch.click();
  await siloscope.dialog.getByRole('button', { name: 'Stop and relaunch' }).click();
  await expect(visibility.summary).toHaveText('1 volume, none known to leak', { timeout: 20_000 });
  await expect(visibility.evidence).toContainText(
    'memfs-network was relaunched; this is its volume now. The finding is gone.',
  );
  await expect(visibility.evidence).toContainText('Y:, seen from host');
});
