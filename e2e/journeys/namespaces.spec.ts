import { TWO_VOLUMES } from '../fixtures/scenarios.ts';
import { expect, test } from '../fixtures/test.ts';

test.describe('a host without silos', () => {
  test.use({ scenario: { source: 'default' } });

  test('is compared with nothing until a person wants a second directory of it', async ({ siloscope }) => {
    const { page } = siloscope;
    await siloscope.show('Namespaces');
    const main = siloscope.main('Namespaces');
    const right = page.getByRole('region', { name: 'Right pane' });
    await expect(main).toContainText('nothing to compare the host with');
    await expect(main).not.toContainText('Same');
    await expect(right).toBeHidden();
    await main.getByRole('button', { name: 'Compare two directories of the host' }).click();
    await expect(main).toContainText('Both panes show the same directory');
    await right.getByRole('button', { name: 'One directory up' }).click();
    await expect(main).toContainText(/objects? differs?\./);
  });
});

test.describe('a host with silos', () => {
  test.use({ scenario: { source: TWO_VOLUMES } });

  test('leaves no button of a place alone in a row at 400 px', async ({ siloscope }) => {
    const { page } = siloscope;
    await page.setViewportSize({ width: 400, height: 900 });
    await siloscope.show('Namespaces');
    const left = page.getByRole('region', { name: 'Left pane' });
    const tops = await Promise.all(
      ['Go', 'One directory up'].map(
        async name => (await left.getByRole('button', { name, exact: true }).boundingBox())?.y,
      ),
    );
    expect(tops[0]).toBeDefined();
    expect(tops[1]).toBe(tops[0]);
  });

  test('has the actions of its file systems below each other, whichever a row lacks', async ({ server, siloscope }) => {
    const { page } = siloscope;
    await page.setViewportSize({ width: 1280, height: 800 });
    await server.run('terminal', 'quiet', '--', 'taskkill', '/f', '/im', 'memfs-x64.exe');
    await siloscope.show('File systems');
    const { table } = siloscope.fileSystems;
    await expect(table.getByRole('button', { name: /^See who sees it/ })).toHaveCount(1);
    const stops = await table.getByRole('button', { name: /^Stop/ }).all();
    const lefts = await Promise.all(stops.map(async stop => (await stop.boundingBox())?.x));
    expect(lefts).toHaveLength(2);
    expect(new Set(lefts).size).toBe(1);
  });
});
