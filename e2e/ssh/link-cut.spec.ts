import { assetScenario } from '../../electron/hosts/simulated/testing/scenarios.ts';
import { startServer } from '../fixtures/server.ts';
import { errorsOf, expect, test } from '../fixtures/test.ts';
import { SiloscopePage } from '../pages/siloscope-page.ts';
import { openLane } from './lane.ts';

test('the link is cut, and the host goes away for a while: the page says so and is right again by itself', async ({
  page,
}) => {
  const lane = await openLane(assetScenario('winfsp-container-support'));
  const server = await startServer('default', 0, 'simulated', { HOME: await lane.userHome(), SSH_AUTH_SOCK: '' });
  try {
    await server.run('settings', `hosts=${lane.sshd.url}`);
    await server.run('hosts', '--open', lane.sshd.url);
    const errors = errorsOf(page);
    const siloscope = new SiloscopePage(page);
    await siloscope.open(server.pageUrl);
    const { host, visibility } = siloscope;
    await expect(host).toContainText(/Engine\s*28.5.2, answers/);
    await siloscope.show('Visibility');
    await expect(visibility.summary).toHaveText('2 volumes, 1 expected to leak');

    lane.sshd.cutConnections();
    await siloscope.show('File systems');
    await siloscope.fileSystems.button(/^Stop memfs-network/).click();
    await siloscope.dialog.getByRole('button', { name: 'Stop it' }).click();
    await siloscope.show('Visibility');
    await expect(visibility.summary).toHaveText('1 volume, none known to leak');

    await lane.sshd.stop();
    await expect(host).toContainText(/Engine\s*no answer/);
    await lane.sshd.start();
    await expect(host).toContainText(/Engine\s*28.5.2, answers/);
    await expect(visibility.summary).toHaveText('1 volume, none known to leak');
    await server.run('launch', 'memfs-network', '--name', 'again');
    await expect(visibility.summary).toHaveText('2 volumes, 1 expected to leak');
    expect(errors).toEqual([]);
  } finally {
    await server.kill();
    await lane.dispose();
  }
});
