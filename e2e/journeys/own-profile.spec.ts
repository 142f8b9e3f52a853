import { expect, test } from '../fixtures/test.ts';

const SECRET = 'hunter2-never-shown-again';
const OWN = {
  name: 'team-files',
  title: "The team's files",
  description: 'With a configuration that is a secret.',
  command: ['{winfsp}\\bin\\memfs-x64.exe', '-i', '{secrets}', '-m', '{mountPoint}'],
  kind: 'disk',
  defaults: { mountPoint: 'T:' },
  secrets: [
    {
      name: 'team-config',
      title: 'Configuration of the team',
      deliver: { by: 'file' },
      environment: { TEAM_CONFIG: '{secret:team-config}' },
    },
  ],
};

test('a profile comes in a file, is corrected and launched with its secret, which nobody sees', async ({
  siloscope,
  server,
}) => {
  const { page, launch, dialog } = siloscope;
  const choose = (text: string) =>
    page
      .getByLabel('Import', { exact: true })
      .and(page.locator('input'))
      .setInputFiles({ name: 'team.json', mimeType: 'application/json', buffer: Buffer.from(text) });

  await siloscope.showSettings('Profiles');
  await choose(JSON.stringify({ ...OWN, kind: 'drive' }, undefined, 2));
  await expect(dialog).toContainText(/team\.json:\d+:\d+ kind: expected "disk" or "network"/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await choose(JSON.stringify(OWN));
  await expect(dialog).toContainText('team-files: new');
  await dialog.getByRole('button', { name: 'Import 1 profile' }).click();

  // The editor judges as one types, and shows what would be run.
  await page.getByRole('button', { name: "Edit The team's files" }).click();
  const text = dialog.getByRole('textbox', { name: 'Profile' });
  await text.fill((await text.inputValue()).replace('"-i",', '"-i" "-F",'));
  await expect(dialog).toContainText(/Line \d+, column \d+: expected "," or "\]"/);
  await text.fill((await text.inputValue()).replace('"-i" "-F",', '"-i", "-F", "NTFS",'));
  await expect(dialog).toContainText('memfs-x64.exe" -i -F NTFS -m T:');
  await dialog.getByRole('button', { name: 'Keep' }).click();

  await page.getByRole('button', { name: "Launch with The team's files" }).click();
  await expect(launch.plan).toContainText('The secret team-config is not set.');
  await launch.field(/Configuration of the team/).fill(SECRET);
  await launch.button('Keep team-config for the next launches').click();
  // A Windows of one's own seals it for good.
  await expect(launch.main).toContainText(/Configuration of the team \(set(?:, until Siloscope ends)?\)/);
  await launch.launchButton.click();
  await launch.proof.waitFor();
  await expect(page.locator('body')).not.toContainText(SECRET);
  expect(JSON.stringify(await server.run('list'))).not.toContain(SECRET);

  // The palette begins with what was done lately.
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('option').first()).toContainText("Launch The team's files again (T:)");
});
