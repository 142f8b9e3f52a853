import { expect, test } from '../fixtures/test.ts';

test('what runs becomes a workspace that is kept: stopped by hand it is left alone, started again it is back', async ({
  siloscope,
  server,
}) => {
  await server.run('launch', 'memfs-disk', '--name', 'scratch');
  await siloscope.show('File systems');
  const panel = siloscope.page.getByRole('region', { name: 'Workspaces' });
  await panel.getByRole('button', { name: 'Save what runs now' }).click();
  const name = panel.getByRole('textbox', { name: 'Name of the new workspace' });
  await name.fill('Every day');
  await name.press('Enter');
  await expect(panel.getByText('Lower case letters, digits and "-"')).toBeVisible();
  await name.fill('everyday');
  await name.press('Enter');

  const items = panel.getByRole('list', { name: 'File systems of everyday' });
  const scratch = items.getByRole('listitem').filter({ hasText: 'scratch' });
  await expect(scratch).toContainText('running');
  await panel.getByRole('button', { name: 'Start: everyday' }).click();
  await expect(panel).toContainText('kept running');

  await server.run('stop', 'scratch');
  await expect(scratch).toContainText('stopped by hand');
  await panel.getByRole('button', { name: 'Start again: everyday' }).click();
  await expect(scratch.getByText('running', { exact: true })).toBeVisible();

  await panel.getByRole('button', { name: 'Stop: everyday' }).click();
  await expect(scratch).toContainText('not running');
});
