import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';

interface Inspected {
  readonly volumes: readonly { readonly device: string }[];
}

test.use({ scenario: { source: TWO_VOLUMES } });

test('the FSD unloaded under running volumes: the page says what is gone, and starts the driver again', async ({
  siloscope,
  server,
}) => {
  const { visibility, host } = siloscope;
  await siloscope.show('Visibility');
  await expect(visibility.summary).toHaveText('2 volumes, 1 expected to leak');
  await expect(host).toContainText(/Driver\s*running/);

  const { volumes } = (await server.run('inspect')) as Inspected;
  await server.run('fsd', 'unload', '--accept', ...volumes.map(({ device }) => device));
  await expect(host).toContainText(/Driver\s*stopped/, { timeout: 2_000 });
  await expect(visibility.main.getByRole('heading', { name: 'No WinFsp volume anywhere' })).toBeVisible();

  await siloscope.show('Timeline');
  await expect(siloscope.main('Timeline')).toContainText(/Driver .* does not run/);
  await siloscope.show('Readiness');
  await siloscope.page.getByRole('button', { name: 'Start the driver' }).click();
  await expect(host).toContainText(/Driver\s*running/);
});
