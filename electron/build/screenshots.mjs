// Takes the pictures of README: the default scenario after both memfs were launched through the page, in light and dark.
// Build first. Needs a Chromium (SILOSCOPE_CHROMIUM, the system's, or the one of `npx playwright install chromium`).
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium } from './find-chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = fileURLToPath(new URL('../../assets/screenshots', import.meta.url));
const VIEWPORT = { width: 1280, height: 800 };
const LARGEST = 250_000;
const say = text => process.stderr.write(`${text}\n`);

/** Starts the built bin and answers the page's address and its end. */
async function serve() {
  const bin = fileURLToPath(new URL('siloscope.mjs', import.meta.url));
  const child = spawn(process.execPath, [bin, 'serve', '--json', '--scenario', 'default'], {
    cwd: root,
    env: { ...process.env, SILOSCOPE_CONNECT: '', SILOSCOPE_HOME: mkdtempSync(join(tmpdir(), 'siloscope-home-')) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise((resolve, reject) => {
    child.stdout.once('data', chunk => resolve(chunk.toString()));
    child.once('exit', code => reject(new Error(`siloscope serve ended with ${code}`)));
  });
  const { page } = JSON.parse(line);
  if (page === undefined) throw new Error('out/renderer is missing: run "npm run build" first');
  return { page, end: () => child.kill() };
}

async function launch(page, profile) {
  await page.getByRole('radio', { name: profile }).check();
  await page.getByRole('complementary').getByRole('button', { name: 'Launch', exact: true }).click();
  await page.getByRole('region', { name: 'First listing, from inside' }).waitFor();
}

async function photograph(browser, scheme) {
  const server = await serve();
  const context = await browser.newContext({
    viewport: VIEWPORT,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  const show = async name => {
    await page.getByRole('navigation').getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
  };
  const take = async name => {
    await page.mouse.move(0, 0);
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(300);
    const path = `${folder}/${name}-${scheme}.png`;
    await page.screenshot({ path });
    const { size } = await stat(path);
    say(`${name}-${scheme}.png: ${Math.round(size / 1024)} KiB`);
    if (size > LARGEST) throw new Error(`${path} is larger than ${LARGEST} bytes`);
  };
  try {
    await page.goto(server.page);
    await page.getByRole('heading', { name: 'This host is ready.' }).waitFor();
    await show('Launch');
    await launch(page, 'memfs, as a disk');
    await page.getByRole('button', { name: 'Launch another' }).click();
    await page.getByRole('radio', { name: 'memfs, as a network file system' }).check();
    await page.getByText('Predicted by rule').waitFor();
    await take('launch');
    await launch(page, 'memfs, as a network file system');
    await page.getByRole('button', { name: 'See who sees it' }).click();
    await page.getByText('2 volumes, 1 leaked').waitFor();
    await page.getByRole('button', { name: 'Plant a canary' }).click();
    await page.getByRole('grid').getByText('canary').first().waitFor();
    await take('visibility');
    await page.getByRole('tab', { name: 'Map' }).click();
    await page.getByRole('region', { name: 'Map of silos and the MUP' }).waitFor();
    await take('map');
    await show('Namespaces');
    await take('namespaces');
  } finally {
    await context.close();
    server.end();
  }
}

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('no Chromium was found; set SILOSCOPE_CHROMIUM to one');
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath,
  args: [...CHROMIUM_ARGUMENTS, '--force-device-scale-factor=1'],
});
try {
  await photograph(browser, 'light');
  await photograph(browser, 'dark');
} finally {
  await browser.close();
}
