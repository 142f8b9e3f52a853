import { expect, test } from '../fixtures/test.ts';

test.use({ scenario: { source: 'winfsp-container-support' } });

test('the isolation self-test is run from Readiness, shows its table, and leaves nothing behind', async ({
  siloscope,
  server,
  hostUnderJourney,
}) => {
  // Over SSH each of its many commands starts a program behind sshd.
  const patiently = { timeout: hostUnderJourney === 'ssh' ? 60_000 : 30_000 };
  await siloscope.show('Readiness');
  const panel = siloscope.page.getByRole('region', { name: 'Isolation self-test' });
  await expect(panel).toContainText('No self-test has been run here yet.');
  await panel.getByRole('button', { name: 'Run the self-test' }).click();
  await expect(panel.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await expect(panel).toContainText('The disk volume was reached by no name that a program would use.', patiently);
  // What answers behind sshd is a host like any other.
  const told = expect(panel);
  await (hostUnderJourney === 'simulated' ? told : told.not).toContainText('This host is simulated');
  const network = panel.getByRole('table').first();
  await expect(network.getByRole('row', { name: /^named provider/ })).toContainText('reached');
  await expect(network.getByRole('row', { name: /^UNC name/ })).toContainText('not tried');
  const { fileSystems } = (await server.run('list')) as {
    readonly fileSystems: readonly { container: { name: string } }[];
  };
  expect(fileSystems.map(({ container }) => container.name).sort()).toEqual(['memfs-disk', 'memfs-network']);

  await panel.getByRole('button', { name: 'Run the self-test' }).click();
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.getByRole('button', { name: 'Run the self-test' })).toBeVisible(patiently);
  const after = (await server.run('list', '--all')) as { readonly fileSystems: readonly unknown[] };
  expect(after.fileSystems).toHaveLength(2);
});
