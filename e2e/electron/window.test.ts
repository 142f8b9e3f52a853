import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseStart } from '../../electron/build/start.mjs';
import { isRequired } from '../fixtures/needing.ts';
import { SiloscopePage } from '../pages/siloscope-page.ts';

/** The built app in Electron itself, wherever its program and a display are. Build first. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const chosen = chooseStart({ env: process.env, platform: process.platform, uid: process.getuid?.() });
const required = isRequired('electron');
const skipped = chosen.kind === 'window' ? '' : ` (SKIPPED: ${chosen.why})`;
if (chosen.kind === 'page') process.stderr.write(`e2e/electron: not run, because ${chosen.why}.\n`);

it('has the Electron that was required', () => {
  expect(chosen.kind === 'window' || !required, skipped).toBe(true);
});

describe.skipIf(chosen.kind === 'page')(`the app in Electron${skipped}`, () => {
  let home = '';
  let app: ElectronApplication;
  let page: Page;
  let siloscope: SiloscopePage;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'siloscope-electron-'));
    const executablePath = chosen.kind === 'window' ? chosen.binary : '';
    app = await _electron.launch({
      executablePath,
      args: [join(root, 'out', 'window', 'main.js'), '--scenario', 'default'],
      // A home of its own: another Siloscope that runs would take the second start as its own.
      env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, APPDATA: home, SILOSCOPE_HOME: home },
    });
    page = await app.firstWindow();
    siloscope = new SiloscopePage(page);
  }, 60_000);
  afterAll(async () => {
    // Closing its windows would leave it in the notification area.
    await app.evaluate(({ app }) => app.exit());
    rmSync(home, { recursive: true, force: true });
  });

  it('shows a sandboxed page of its own origin that has two functions of the app', async () => {
    expect(page.url()).toMatch(/^app:\/\/siloscope\/index\.html/);
    expect(
      await page.evaluate(() => ({
        bridge: Object.entries(Reflect.get(window, 'siloscope') as object).map(([name, member]) => [
          name,
          typeof member,
        ]),
        node: ['require', 'process', 'module', 'Buffer'].filter(name => name in globalThis),
      })),
    ).toEqual({
      bridge: [
        ['send', 'function'],
        ['onFrame', 'function'],
      ],
      node: [],
    });
  });

  it('stays where it is, and opens no window', async () => {
    await page.evaluate(() => {
      window.open('http://127.0.0.1:9/');
      window.location.href = 'http://127.0.0.1:9/';
    });
    expect(page.url()).toMatch(/^app:\/\/siloscope\/index\.html/);
    expect(app.windows()).toHaveLength(1);
  });

  it('serves no file but those of the page', async () => {
    const statuses = await page.evaluate(
      addresses =>
        Promise.all(
          addresses.map(address =>
            fetch(address).then(
              ({ status }) => status,
              () => 'refused',
            ),
          ),
        ),
      [
        'app://siloscope/index.html',
        'app://siloscope/../../package.json',
        'app://siloscope/%2e%2e/%2e%2e/package.json',
        'app://other/index.html',
      ],
    );
    expect(statuses).toEqual([200, 404, 404, 'refused']);
  });

  it('leads a newcomer to the leak', async () => {
    const { launch, visibility } = siloscope;
    await page.getByRole('button', { name: 'Launch a file system' }).click();
    await launch.profile('memfs, as a network file system').click();
    await launch.launchButton.click();
    await launch.proof.waitFor();
    await launch.seeWhoSees.click();
    await visibility.summary.getByText('1 volume, 1 leaked').waitFor();
  });

  it('goes on in the notification area when its window is closed', async () => {
    const visible = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.close();
      return window?.isVisible();
    });
    expect(visible).toBe(false);
  });
});
