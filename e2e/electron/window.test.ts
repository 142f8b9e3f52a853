import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseStart } from '../../electron/build/start.mjs';
import { type AppWindow, openAppWindow } from '../fixtures/app-window.ts';
import { isRequired } from '../fixtures/needing.ts';

/** What only Electron can show of the built app, wherever its program and a display are; the journeys run in it too. Build first. */
const chosen = chooseStart({ env: process.env, platform: process.platform, uid: process.getuid?.() });
const required = isRequired('electron');
const skipped = chosen.kind === 'window' ? '' : ` (SKIPPED: ${chosen.why})`;
if (chosen.kind === 'page') process.stderr.write(`e2e/electron: not run, because ${chosen.why}.\n`);

it('has the Electron that was required', () => {
  expect(chosen.kind === 'window' || !required, skipped).toBe(true);
});

describe.skipIf(chosen.kind === 'page')(`the app in Electron${skipped}`, () => {
  let opened: AppWindow;
  let app: AppWindow['app'];
  let page: AppWindow['page'];
  beforeAll(async () => {
    opened = await openAppWindow(chosen.kind === 'window' ? chosen.binary : '', 'default');
    ({ app, page } = opened);
  }, 60_000);
  afterAll(() => opened.close());

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
    let asked = 0;
    const elsewhere = createServer((_, response) => {
      asked++;
      response.end('<title>elsewhere</title>');
    });
    await new Promise<void>(resolve => {
      elsewhere.listen(0, '127.0.0.1', resolve);
    });
    try {
      const { port } = elsewhere.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/`;
      // It answers, so that a navigation that is let through would arrive.
      expect((await fetch(url)).status).toBe(200);
      expect(asked).toBe(1);
      await page.evaluate(address => {
        window.open(address);
        window.location.href = address;
      }, url);
      await page.waitForTimeout(500);
      expect(page.url()).toMatch(/^app:\/\/siloscope\/index\.html/);
      expect(app.windows()).toHaveLength(1);
      expect(asked).toBe(1);
    } finally {
      elsewhere.closeAllConnections();
      elsewhere.close();
    }
  });

  it('answers the page though a navigation of it was refused', async () => {
    const answered = page.evaluate(
      () =>
        new Promise(resolve => {
          const bridge = Reflect.get(window, 'siloscope') as {
            send(frame: object): void;
            onFrame(listener: (text: string) => void): void;
          };
          bridge.onFrame(text => {
            const frame = JSON.parse(text) as { id?: number; kind?: string };
            if (frame.id === 900_001 && frame.kind !== 'progress') resolve(frame.kind);
          });
          const input = { reference: 'mcr.microsoft.com/windows/nanoserver:ltsc2025' };
          bridge.send({ kind: 'call', id: 900_001, name: 'image.pull', input });
          window.location.href = 'https://example.invalid/';
        }),
    );
    expect(await answered).toBe('result');
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

  it('goes on in the notification area when its window is closed', async () => {
    const visible = await app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.close();
      return window?.isVisible();
    });
    expect(visible).toBe(false);
  });
});
