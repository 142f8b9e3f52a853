import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
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
  const question = siloscope.page.getByRole('dialog', { name: 'Stop everyday?' });
  await expect(question.getByRole('listitem')).toContainText('scratch');
  await expect(question).toContainText('What the file system holds in memory is lost for good.');
  await question.getByRole('button', { name: 'Stop' }).click();
  await expect(scratch).toContainText('not running');
});

test('what a file system had not written when it ended is saved, and its container is removed after a question', async ({
  siloscope,
  server,
}) => {
  const path = 'PATH=C:\\Program Files (x86)\\WinFsp\\bin;C:\\Windows\\system32;C:\\Windows';
  const image = 'registry.example.com/platform/filesystems:ltsc2025';
  const rclone = ['C:\\rclone\\rclone.exe', 'mount', 'remote:', 'Z:', '--vfs-cache-mode', 'writes'];
  await server.run(
    'launch',
    '--name',
    'cloud',
    '--image',
    image,
    '--env',
    path,
    '--',
    ...rclone,
    '--vfs-write-back',
    '1h',
  );
  await server.run('terminal', 'cloud', '--', 'cmd.exe', '/c', 'echo precious> Z:\\draft.txt');
  await server.run('terminal', 'cloud', '--', 'taskkill', '/f', '/im', 'rclone.exe');
  await siloscope.show('File systems');
  const kept = siloscope.page.getByRole('list', { name: 'Kept for what they may hold' });
  await expect(kept).toContainText('1 file not written: remote\\draft.txt (10 B).');
  const saved = siloscope.page.waitForEvent('download');
  await kept.getByRole('button', { name: 'Save its files: cloud' }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('cloud.zip');
  const archive = await readFile(await download.path());
  await expect(kept).toContainText('1 file (10 B) copied out');
  await expect(kept).toContainText(createHash('sha256').update(archive).digest('hex'));
  await kept.getByRole('button', { name: 'Remove: cloud' }).click();
  const question = siloscope.page.getByRole('dialog', { name: 'Remove cloud?' });
  await expect(question).toContainText('is lost with it');
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect(kept).toBeHidden();
});
