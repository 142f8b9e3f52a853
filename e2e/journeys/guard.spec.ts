import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';

test.use({ scenario: { source: TWO_VOLUMES } });

test('a guard is switched on, says on every screen what violates the policy, and accepts what is accepted', async ({
  siloscope,
}) => {
  const { page } = siloscope;
  const bar = page.getByRole('status', { name: 'Guard' });
  await siloscope.showSettings('Policy and guard');
  await expect(bar).toHaveText('');
  await page.getByRole('radio', { name: 'Say so', exact: true }).click();
  await expect(bar).toContainText('Policy "no-leaks": ');
  await siloscope.show('Launch');
  await bar.getByRole('button', { name: 'Show who sees it' }).click();
  await expect(siloscope.main('Visibility')).toBeVisible();

  await siloscope.showSettings('Policy and guard');
  await page.getByRole('button', { name: 'Accept something' }).click();
  const acceptance = page.getByRole('listitem', { name: 'Acceptance 1' });
  await expect(page.getByRole('button', { name: 'Save the policy' })).toBeDisabled();
  await acceptance.getByLabel('Container').fill('*');
  await acceptance.getByLabel('Why it is put up with').fill('Until the move to disks.');
  await page.getByRole('button', { name: 'Save the policy' }).click();
  await expect(bar).toHaveText('');
  await expect(page.getByRole('region', { name: 'Guard' })).toContainText('accepted for a time');

  await acceptance.getByLabel('To the end of').fill('2020-01-01');
  await expect(acceptance).toContainText('Over: it counts again');
  await page.getByRole('button', { name: 'Save the policy' }).click();
  await expect(bar).toContainText('It was accepted until 2020-01-01');
});

test('a guard that refuses says which launch, by which rule, and what would do', async ({ siloscope, server }) => {
  const { page } = siloscope;
  await siloscope.showSettings('Policy and guard');
  await page.getByRole('radio', { name: /^Say so, and refuse launches/ }).click();
  await expect(page.getByRole('status', { name: 'Guard' })).toContainText('no-leaks');
  const refused = (await server.run('launch', 'memfs-network', '--name', 'leaky')) as {
    readonly fault: { readonly code: string };
  };
  expect(refused.fault.code).toBe('launch-against-policy');
  await expect(page.getByRole('region', { name: 'Guard' })).toContainText('Refused to launch leaky.');
  await siloscope.show('Timeline');
  await expect(siloscope.main('Timeline')).toContainText('The guard refused to launch leaky');
});
