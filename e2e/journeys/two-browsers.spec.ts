import { errorsOf, expect, test } from '../fixtures/test.ts';
import { SiloscopePage } from '../pages/siloscope-page.ts';

test('two browsers on one server see the same, whoever did it', async ({ siloscope, server, browser }) => {
  const context = await browser.newContext({ reducedMotion: 'reduce' });
  const page = await context.newPage();
  const errors = errorsOf(page);
  const other = new SiloscopePage(page);
  await other.open(server.pageUrl);
  await other.show('Visibility');
  await expect(other.main('Visibility')).toContainText('No WinFsp volume anywhere');

  await siloscope.show('Launch');
  await siloscope.launch.run('memfs, as a network file system');
  await expect(other.visibility.summary).toHaveText('1 volume, 1 expected to leak');

  await other.show('File systems');
  await other.page.getByRole('button', { name: /^Stop / }).click();
  await other.dialog.getByRole('button', { name: 'Stop it' }).click();
  await siloscope.show('Visibility');
  await expect(siloscope.main('Visibility')).toContainText('No WinFsp volume anywhere');

  await server.run('launch', 'memfs-disk');
  await expect(siloscope.visibility.summary).toHaveText('1 volume, none known to leak');
  await expect(other.main('File systems').getByRole('row')).toHaveCount(2);
  expect(errors).toEqual([]);
  await context.close();
});
