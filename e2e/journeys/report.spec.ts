import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, expect, type TestInfo, test } from '@playwright/test';

const BIN = fileURLToPath(new URL('../../electron/build/siloscope.mjs', import.meta.url));
const SECTIONS = [
  'Host',
  'Readiness',
  'Who can see what',
  'Findings',
  'Policy',
  'Volumes and their evidence',
  'What was not tested',
  'What happened last',
  'Method and sources',
  'Do it again',
  'Data',
];

const POLICY_VIOLATED = 6;

async function written(info: TestInfo, scenario = 'winfsp-container-support'): Promise<string> {
  const file = info.outputPath('report.html');
  const deep = ['--probe', '--canary', '--policy', 'no-leaks'];
  const argv = [BIN, 'report', ...deep, '--out', file, '--scenario', scenario, '-q'];
  const exitCode = await promisify(execFile)(process.execPath, argv).then(
    () => 0,
    ({ code }: { code?: unknown }) => code,
  );
  // It is written all the same when it tells of violations.
  expect(exitCode).toBe(POLICY_VIOLATED);
  return pathToFileURL(file).href;
}

/** A page that has no network and runs no script. */
async function quietPage(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}) {
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true, ...options });
  return { context, page: await context.newPage() };
}

test.describe('the report', () => {
  test('opens without network and without scripts, with all its sections', async ({ browser }, info) => {
    const { context, page } = await quietPage(browser);
    const asked: string[] = [];
    page.on('request', request => asked.push(request.url()));
    const url = await written(info);
    await page.goto(url);
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(SECTIONS);
    await expect(page.getByRole('table', { name: 'Volumes by namespaces' })).toContainText('\\\\memfs\\share');
    expect(asked).toEqual([url]);
    await context.close();
  });

  test('prints on paper with all its sections', async ({ browser }, info) => {
    const { context, page } = await quietPage(browser);
    await page.goto(await written(info));
    for (const format of ['A4', 'Letter'] as const) {
      const path = info.outputPath(`report-${format}.pdf`);
      await page.pdf({ path, format, outline: true, tagged: true });
      const pdf = await readFile(path, 'latin1');
      const titles = [...pdf.matchAll(/\/Title \(([^)]*)\)/g)].map(([, title]) => title);
      expect(titles).toEqual(expect.arrayContaining(SECTIONS));
    }
    await context.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`has nothing to complain of for axe, in ${colorScheme}`, async ({ browser }, info) => {
      const context = await browser.newContext({ colorScheme, viewport: { width: 400, height: 800 } });
      const page = await context.newPage();
      await page.goto(await written(info));
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
      await context.close();
    });
  }
});
