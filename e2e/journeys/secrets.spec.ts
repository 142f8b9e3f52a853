import { expect, test } from '../fixtures/test.ts';

const SECRET = 'hunter2-never-shown';

test('a pasted command keeps its secrets: masked where it is shown, given where it runs', async ({
  siloscope,
  server,
}) => {
  const { page, launch } = siloscope;
  await siloscope.show('Launch');
  await launch.profile('A command of your own').check();
  await launch.dockerRun.fill(
    `docker run --name masked -e DB_PASSWORD=${SECRET} mcr.microsoft.com/windows/servercore:ltsc2025 "C:\\Program Files (x86)\\WinFsp\\bin\\memfs-x64.exe" -i -F NTFS -m Y: --api-token ${SECRET}`,
  );
  await launch.dockerRun.blur();
  await expect(launch.dockerRun).toHaveValue(/DB_PASSWORD=\*{8} .*--api-token \*{8}/);
  await expect(launch.plan).toContainText('DB_PASSWORD');

  // Edited where it is masked, it still is what it was.
  await launch.dockerRun.fill((await launch.dockerRun.inputValue()).replace('-m Y:', '-m X:'));
  await launch.dockerRun.blur();
  await expect(launch.dockerRun).toHaveValue(/-m X:.*--api-token \*{8}/);
  expect(await launch.dockerRun.inputValue()).not.toContain(SECRET);
  await expect(launch.field('Command line in the container')).toHaveValue(new RegExp(SECRET));
  await expect(page.getByText('What looks like a secret in the command')).toBeVisible();

  const { fileSystems } = (await server.run('list')) as { readonly fileSystems: readonly unknown[] };
  expect(fileSystems).toEqual([]);
});
