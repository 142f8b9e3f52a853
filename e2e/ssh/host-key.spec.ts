import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Server, startServer } from '../fixtures/server.ts';
import { errorsOf, expect, test as journey } from '../fixtures/test.ts';
import { SiloscopePage } from '../pages/siloscope-page.ts';
import { wholeScenario } from './aim-over-ssh.ts';
import { type Lane, openLane } from './lane.ts';

/** A server on its own simulated host, whose user has a key for a host over SSH and has never been there. */
const test = journey.extend<{ lane: Lane; newcomer: { readonly server: Server; readonly knownHosts: string } }>({
  lane: async ({ scenario }, use) => {
    const lane = await openLane(wholeScenario(scenario.source));
    await use(lane);
    await lane.dispose();
  },
  newcomer: async ({ lane }, use) => {
    const home = await lane.userHome();
    const knownHosts = join(home, '.ssh', 'known_hosts');
    await rm(knownHosts);
    const { user, port } = lane.sshd;
    const config = ['Host farm', '  HostName 127.0.0.1', `  Port ${port}`, `  User ${user}`, '  HashKnownHosts no'];
    await writeFile(join(home, '.ssh', 'config'), `${config.join('\n')}\n`, { mode: 0o600 });
    const server = await startServer('default', 0, 'simulated', { HOME: home, SSH_AUTH_SOCK: '' });
    await use({ server, knownHosts });
    await server.kill();
  },
});

test.use({ scenario: { source: 'winfsp-container-support' } });

test('a host that was never seen shows its key, is opened once that is trusted, and never with another', async ({
  page,
  lane,
  newcomer: { server, knownHosts },
}) => {
  const errors = errorsOf(page);
  const siloscope = new SiloscopePage(page);
  await siloscope.open(server.pageUrl);
  await siloscope.showSettings('Hosts');
  const settings = siloscope.main('Settings');
  await settings.getByRole('textbox', { name: 'Another host' }).fill('ssh://farm');
  await settings.getByRole('button', { name: 'Add', exact: true }).click();
  // It says beforehand where that would lead, and which lines say so.
  const way = settings.getByRole('listitem').filter({ hasText: `${lane.sshd.user} at 127.0.0.1, port` });
  await way.getByText(`${lane.sshd.user} at 127.0.0.1, port ${lane.sshd.port}`, { exact: true }).click();
  await expect(way).toContainText(/config line 2: HostName 127\.0\.0\.1/);

  const open = settings.getByRole('button', { name: 'Open ssh://farm' });
  const { dialog } = siloscope;
  await open.click();
  await expect(dialog).toContainText('Is this the key of ssh://farm?');
  await expect(dialog).toContainText(lane.sshd.fingerprint());
  await expect(dialog).toContainText('ssh-keygen -lf C:\\ProgramData\\ssh\\ssh_host_ed25519_key.pub');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await expect(readFile(knownHosts, 'utf8')).rejects.toThrow('ENOENT');

  await open.click();
  await dialog.getByRole('button', { name: 'Trust and connect' }).click();
  await expect(dialog).toBeHidden();
  await expect(settings.getByRole('listitem').filter({ hasText: 'Open now' })).toContainText('ssh://farm');
  expect(await readFile(knownHosts, 'utf8')).toBe(`[127.0.0.1]:${lane.sshd.port} ${lane.sshd.hostKey}\n`);
  await siloscope.show('Visibility');
  await expect(siloscope.visibility.summary).toHaveText('2 volumes, 1 expected to leak');

  // The same host with another key: there is nothing to accept.
  await siloscope.showSettings('Hosts');
  await settings.getByText('simulated hosts').click();
  await settings.getByRole('button', { name: 'Open default', exact: true }).click();
  await expect(open).toBeVisible();
  await lane.sshd.stop();
  lane.sshd.changeHostKey();
  await lane.sshd.start();
  await open.click();
  await expect(settings.getByRole('alert')).toContainText('THE HOST KEY OF ssh://farm HAS CHANGED.');
  await expect(settings.getByRole('alert')).toContainText(`line 1 of ${knownHosts}`);
  await expect(dialog).toBeHidden();
  expect(errors).toEqual([]);
});

test('a key that is another when it has been trusted is refused', async ({
  page,
  lane,
  newcomer: { server, knownHosts },
}) => {
  const siloscope = new SiloscopePage(page);
  await siloscope.open(server.pageUrl);
  await siloscope.showSettings('Hosts');
  const settings = siloscope.main('Settings');
  await settings.getByRole('textbox', { name: 'Another host' }).fill('ssh://farm');
  await settings.getByRole('button', { name: 'Add', exact: true }).click();
  await settings.getByRole('button', { name: 'Open ssh://farm' }).click();
  const { dialog } = siloscope;
  await expect(dialog).toContainText(lane.sshd.fingerprint());
  await lane.sshd.stop();
  lane.sshd.changeHostKey();
  await lane.sshd.start();
  await dialog.getByRole('button', { name: 'Trust and connect' }).click();
  await expect(dialog).toContainText('is not the one that was accepted');
  await expect(dialog.getByRole('button', { name: 'Trust and connect' })).toHaveCount(0);
  await expect(readFile(knownHosts, 'utf8')).rejects.toThrow('ENOENT');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
});

test('the command line carries the fingerprint in its fault, and takes it back', async ({
  lane,
  newcomer: { server, knownHosts },
}) => {
  await server.run('settings', 'hosts=ssh://farm');
  const refused = (await server.run('hosts', '--open', 'ssh://farm')) as { readonly fault: Record<string, string> };
  expect(refused.fault).toEqual({
    code: 'host-key-unknown',
    host: 'ssh://farm',
    keyType: 'ssh-ed25519',
    fingerprint: lane.sshd.fingerprint(),
    file: knownHosts,
  });
  const opened = await server.run('hosts', '--open', 'ssh://farm', '--host-key', refused.fault['fingerprint'] ?? '');
  expect(opened).toMatchObject({ host: { id: 'ssh://farm', simulated: false } });
});
