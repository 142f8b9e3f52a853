import { PROGRAM_ON_HOST } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';
import { faultsOnShow } from '../pages/hygiene.ts';

test.use({ scenario: { source: PROGRAM_ON_HOST } });

test('a launch whose image lacks the program leads to one that holds it', async ({ siloscope }) => {
  const { page, launch, dialog } = siloscope;
  await siloscope.show('Launch');
  await launch.profile('rclone mount, as a disk').check();
  await expect(launch.plan).toContainText('is a plain base image, without what this profile needs');
  await launch.plan.getByRole('button', { name: 'Build one that has it' }).click();

  await expect(dialog).toContainText('rclone.exe, from');
  const text = dialog.getByLabel('Dockerfile', { exact: true });
  const recipe = await text.inputValue();
  await text.fill(`${recipe}RUN curl https://example.com/x\n`);
  await text.blur();
  await expect(dialog).toContainText('Line 7: It downloads something and checks nothing');
  await text.fill(`${recipe}RUN echo going wrong&& exit 3\n`);
  await text.blur();
  await dialog.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('step 5 of 5, line 7 of the Dockerfile');
  await dialog.getByRole('button', { name: 'Back to the recipe' }).click();

  await text.fill(recipe);
  await text.blur();
  expect(await faultsOnShow(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(dialog).toContainText('siloscope/rclone:ltsc2025 is built.');
  await dialog.getByRole('button', { name: 'Launch with it' }).click();

  await expect(launch.plan).not.toContainText('without what this profile needs');
  await launch.launchButton.click();
  await expect(launch.proof).toBeVisible();
});

test('a build that is cancelled leaves nothing', async ({ siloscope, server }) => {
  const { page, dialog } = siloscope;
  await siloscope.show('Images');
  await page.getByRole('button', { name: 'Build an image' }).click();
  const text = dialog.getByLabel('Dockerfile', { exact: true });
  await text.fill('ARG BASE\nFROM $BASE\nENV A=1\nRUN ping -t localhost\n');
  await text.blur();
  await dialog.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(dialog).toContainText('Reply from');
  await dialog.getByRole('button', { name: 'Cancel the build' }).click();
  await expect(dialog.getByRole('button', { name: 'Build', exact: true })).toBeVisible();
  const plan = (await server.run('images', '--prune')) as {
    remove: { because: string }[];
    keep: { containers: string[] }[];
  };
  expect(plan.remove.filter(({ because }) => because === 'dangling')).toEqual([]);
  expect(plan.keep.flatMap(({ containers }) => containers)).toEqual([]);
});

test('a recipe of one’s own is kept as a profile, which launches what is built by it', async ({ siloscope }) => {
  const { page, launch, dialog } = siloscope;
  await siloscope.show('Images');
  await page.getByRole('button', { name: 'Build an image' }).click();
  await dialog.getByLabel('With the program of').selectOption('rclone-disk');
  const text = dialog.getByLabel('Dockerfile', { exact: true });
  await text.fill(`${await text.inputValue()}ENV RCLONE_BUFFER_SIZE=4M\n`);
  await text.blur();
  await dialog.getByRole('button', { name: 'Save as a profile' }).click();
  await expect(dialog).toContainText('A copy of "rclone mount, as a disk", with this recipe');
  await dialog.getByLabel('Title').fill('Frugal rclone');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();

  // The dialog goes on with the profile that was made of it.
  await expect(dialog.getByLabel('With the program of')).toHaveValue('frugal-rclone');
  await expect(text).toHaveValue(/RCLONE_BUFFER_SIZE=4M/);
  await dialog.getByRole('button', { name: 'Build', exact: true }).click();
  await expect(dialog).toContainText('is built.');
  await dialog.getByRole('button', { name: 'Launch with it' }).click();
  await expect(launch.profile('Frugal rclone')).toBeChecked();
  await expect(launch.plan).not.toContainText('without what this profile needs');
});
