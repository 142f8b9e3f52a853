import { startServer } from '../fixtures/server.ts';
import { expect, test } from '../fixtures/test.ts';
import { SCREEN_NAMES } from '../pages/siloscope-page.ts';

const LOST = 'The connection to Siloscope is lost.';
const SOON = { timeout: 2_000 };

test('a WebSocket that is cut comes back by itself, and nothing typed is lost', async ({ page, siloscope, server }) => {
  let cut = (): void => undefined;
  let mayConnect = true;
  await page.routeWebSocket(/127\.0\.0\.1/, async socket => {
    if (!mayConnect) {
      await socket.close();
      return;
    }
    const onward = socket.connectToServer();
    cut = () => {
      void onward.close();
      void socket.close();
    };
  });
  await siloscope.open(server.pageUrl);
  await page.reload();
  const { launch, bar } = siloscope;
  await siloscope.show('Launch');
  await launch.profile('memfs, as a network file system').check();
  await launch.field('Container name').fill('precious');

  mayConnect = false;
  cut();
  await expect(bar).toContainText(LOST, SOON);
  mayConnect = true;
  await expect(bar).toBeHidden();
  await expect(launch.field('Container name')).toHaveValue('precious');
  await expect(launch.launchButton).toBeEnabled();
  await launch.launchButton.click();
  await expect(launch.proof).toBeVisible();
});

test('every screen opens though the server is gone', async ({ siloscope, server, page }) => {
  // They are fetched ahead, each in a moment in which nothing is drawn.
  const fetched = () =>
    page.evaluate(() => {
      const names = performance.getEntriesByType('resource').map(({ name }) => name);
      return new Set(names.filter(name => /\/\w+Screen-[\w-]+\.js$/.test(name))).size;
    });
  await expect.poll(fetched, { timeout: 20_000 }).toBe(SCREEN_NAMES.length);
  await page.waitForLoadState('networkidle');
  await server.kill();
  await expect(siloscope.bar).toContainText(LOST, SOON);
  for (const name of SCREEN_NAMES) {
    await siloscope.show(name);
    await expect(page.getByText('This screen broke')).toBeHidden();
  }
});

test('a server that hangs is named within two seconds, and the page recovers when it wakes', async ({
  siloscope,
  server,
}) => {
  const { launch, bar } = siloscope;
  await siloscope.show('Launch');
  await launch.profile('memfs, as a disk').check();
  await launch.field('Container name').fill('precious');
  server.freeze();
  await expect(bar).toContainText('has not answered for a moment', SOON);
  server.thaw();
  await expect(bar).toBeHidden();
  await expect(launch.field('Container name')).toHaveValue('precious');
});

test('a server that is killed is named within two seconds; its successor wants its own token', async ({
  siloscope,
  server,
  page,
}) => {
  const { launch, bar } = siloscope;
  await siloscope.show('Launch');
  await launch.profile('memfs, as a disk').check();
  await launch.field('Container name').fill('precious');
  await server.kill();
  await expect(bar).toContainText(LOST, SOON);
  await expect(launch.field('Container name')).toHaveValue('precious');

  const successor = await startServer('default', server.port);
  try {
    await expect(bar).toContainText('each start has a new token');
    // In the same tab only the fragment differs: the browser loads nothing by itself.
    await page.goto(successor.pageUrl);
    await expect(bar).toBeHidden();
    await expect(siloscope.host).toContainText('answers');
    await expect(launch.field('Container name')).toHaveValue('precious');
    expect(page.url()).not.toContain(new URL(successor.pageUrl).hash.slice(1));
    await launch.launchButton.click();
    await expect(launch.proof).toBeVisible();
  } finally {
    await successor.kill();
  }
});

test('what is typed while the palette is still on its way is the palette’s, not of the field that had the focus', async ({
  siloscope,
}) => {
  const { page } = siloscope;
  let release = (): void => undefined;
  const released = new Promise<void>(resolve => {
    release = resolve;
  });
  await page.route('**/CommandPalette-*.js', async route => {
    await released;
    await route.continue();
  });
  await page.reload();
  await siloscope.ready();
  await siloscope.show('Images');
  const filter = siloscope.main('Images').getByRole('searchbox');
  await filter.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('siloscope policx');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('y');
  await page.keyboard.press('Enter');
  await expect(filter).toHaveValue('');
  release();
  await expect(siloscope.main('Settings').getByRole('button', { name: 'Save the policy' })).toBeVisible();
});
