import { expect, test } from '../fixtures/test.ts';
import { NETWORK_VOLUME, SILO, SILO_DEVICES } from './staged.ts';
import { STAGED } from './start-under-wine.ts';

/** A name of one object is part of the target of another. */
const startsWith = (name: string): RegExp => new RegExp(`^${name.replace(/[.+{}]/g, '\\$&')}(?:SymbolicLink|Job)`);

test.describe('beside a staged silo', () => {
  test.use({ scenario: { source: STAGED } });

  test('the namespaces of this machine are those that ntdll tells, a silo among them', async ({ siloscope }) => {
    await siloscope.show('Namespaces');
    const pane = siloscope.main('Namespaces').getByRole('region', { name: 'Left pane' });
    await pane.getByRole('textbox', { name: 'Path' }).fill(`${SILO}\\Device`);
    await pane.getByRole('button', { name: 'Go', exact: true }).click();
    for (const entry of SILO_DEVICES) {
      const row = pane.getByRole('row').filter({ hasText: startsWith(entry.name) });
      await expect(row).toContainText(entry.type);
      if ('target' in entry) await expect(row).toContainText(entry.target);
    }
    await expect(pane).toContainText(NETWORK_VOLUME);
  });

  test('readiness tells of this Windows, and the container of its engine is there with its logs', async ({
    siloscope,
  }) => {
    await siloscope.show('Readiness');
    await expect(siloscope.main('Readiness')).toContainText('WinFsp is in C:\\Program Files (x86)\\WinFsp.');
    await siloscope.show('File systems');
    const { fileSystems } = siloscope;
    await fileSystems.table.getByRole('row').filter({ hasText: 'lane' }).first().click();
    await fileSystems.button('Logs').click();
    await expect(fileSystems.main).toContainText('The service memfs has been started.');
  });
});

test('a file system is launched, and its leak is expected by rule where nothing can be opened', async ({
  siloscope,
}) => {
  const { launch, visibility } = siloscope;
  await siloscope.show('Launch');
  await launch.run('memfs, as a network file system');
  await launch.seeWhoSees.click();
  await expect(visibility.summary).toHaveText('1 volume, 1 expected to leak');
  await visibility.tab('Map').click();
  await expect(visibility.mapInWords).toContainText('is expected to leak: by rule it can be seen from host');
});
