import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { systemClock } from '../../../shared/base/clock.ts';
import { packageRoot } from '../../shells/serving/package-root.ts';
import { readStaticPage } from '../../shells/serving/static-page.ts';
import { startWebServer } from '../../shells/serving/web-server.ts';
import { CHROMIUM_ARGUMENTS, findChromium } from '../find-chromium.mjs';
import { rendererConfig } from '../renderer-build.mjs';
import { atMost, median, milliseconds, type Row } from './table.ts';

const ROOT = packageRoot();
const SILOS = 1_000;
const ROWS = 10_000;
const LOADS = 9;
const EVENTS = 30;
/** One in the middle of the crowd. */
const WATCHED = `worker-${String(SILOS / 2).padStart(4, '0')}`;
const IMAGE = 'mcr.microsoft.com/windows/servercore:ltsc2025';

/** What the page costs in a browser, beside an empty React page in the same one; nothing where there is no Chromium. */
export async function measureBrowser(): Promise<Row[]> {
  const executablePath = findChromium();
  if (executablePath === undefined) return [];
  const { chromium } = await import('@playwright/test');
  const folder = await mkdtemp(join(tmpdir(), 'siloscope-bench-'));
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  try {
    return [
      ...(await measureLoading(browser, join(folder, 'empty'))),
      await measureEvents(browser, join(folder, 'scenario.json')),
      await measureScrolling(browser, join(folder, 'fixture')),
    ];
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Served {
  readonly page: string;
  readonly docker: string;
  end(): void;
}

function serve(scenario: string): Promise<Served> {
  const bin = join(ROOT, 'electron', 'build', 'siloscope.mjs');
  const argv = [bin, 'sim', '--listen', 'tcp://127.0.0.1:0', '--json', '--scenario', scenario];
  const env = { ...process.env, SILOSCOPE_CONNECT: '', SILOSCOPE_HOME: mkdtempSync(join(tmpdir(), 'siloscope-home-')) };
  const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('exit', code => reject(new Error(`siloscope sim ended with ${code}: run "npm run build" first`)));
    child.stdout.once('data', (line: Buffer) => {
      const { page, docker } = JSON.parse(line.toString()) as Served;
      resolve({ page, docker, end: () => void child.kill() });
    });
  });
}

/** From the navigation to the first control that React drew, after the frame that shows it. */
function noteFirstControl(): void {
  const seen = new MutationObserver(() => {
    if (document.querySelector('#app button, #app a') === null) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => Object.assign(window, { interactiveAt: performance.now() })));
  });
  seen.observe(document, { childList: true, subtree: true });
}

interface Load {
  readonly ms: number;
  readonly gzip: number;
}

async function load(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const scripts: Promise<number>[] = [];
  page.on('response', response => {
    if (response.request().resourceType() !== 'script') return;
    scripts.push(response.body().then(body => gzipSync(body).length));
  });
  await page.addInitScript(noteFirstControl);
  await page.goto(url);
  const ms = await page.waitForFunction(() => (window as { interactiveAt?: number }).interactiveAt);
  page.removeAllListeners('response');
  const gzip = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
  const told = Number(await ms.jsonValue());
  await context.close();
  return { ms: told, gzip };
}

async function measureLoading(browser: Browser, folder: string): Promise<Row[]> {
  const { build } = await import('vite');
  await build({
    root: join(ROOT, 'electron', 'build', 'bench', 'empty-page'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome120',
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  });
  const page = await readStaticPage(folder);
  if (page === undefined) throw new Error('bench: the empty page was not built');
  const empty = await startWebServer({ serve: () => ({ dispose: () => undefined }), clock: systemClock, page });
  const served = await serve('default');
  const ours: Load[] = [];
  const beside: Load[] = [];
  try {
    for (let turn = 0; turn < LOADS; turn++) {
      beside.push(await load(browser, empty.pageUrl ?? ''));
      ours.push(await load(browser, served.page));
    }
  } finally {
    await empty.close();
    served.end();
  }
  const mine = median(ours.map(({ ms }) => ms));
  const least = median(beside.map(({ ms }) => ms));
  const gzip = Math.max(...ours.map(load => load.gzip));
  return [
    atMost(1.5, {
      what: 'page to its first control, beside an empty React page',
      ours: milliseconds(mine),
      beside: milliseconds(least),
      ratio: mine / least,
    }),
    {
      what: 'JavaScript until then, gzip',
      ours: `${(gzip / 1_000).toFixed(0)} kB`,
      beside: `${(Math.max(...beside.map(load => load.gzip)) / 1_000).toFixed(0)} kB`,
      goal: '<= 200 kB',
      met: gzip <= 200_000,
    },
  ];
}

function crowd(): unknown {
  const fileSystems = [{ commandLine: '"{winfsp}\\bin\\memfs-x64.exe" -i -F NTFS -m X:' }];
  const name = (index: number): string => `worker-${String(index).padStart(4, '0')}`;
  return {
    name: `${SILOS} silos`,
    winfsp: { fsd: 'running' },
    images: [{ reference: IMAGE, base: 'servercore', osVersion: '10.0.26100.4652' }],
    containers: Array.from({ length: SILOS }, (_, index) => ({ name: name(index), image: IMAGE, fileSystems })),
  };
}

function post(endpoint: string, path: string): Promise<void> {
  const { hostname, port } = new URL(endpoint.replace('tcp:', 'http:'));
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method: 'POST' }, response => {
      response.resume();
      response.once('end', resolve);
    });
    asked.once('error', reject);
    asked.end();
  });
}

/** Another client of the engine kills and starts one container; the row of the page that tells so is waited for. */
async function measureEvents(browser: Browser, scenario: string): Promise<Row> {
  await writeFile(scenario, JSON.stringify(crowd()));
  const served = await serve(scenario);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.goto(served.page);
    await page.getByRole('link', { name: 'File systems' }).click({ timeout: 60_000 });
    await page.getByRole('searchbox').fill(WATCHED, { timeout: 60_000 });
    await page.getByRole('row').filter({ hasText: WATCHED }).waitFor({ timeout: 60_000 });
    await page.waitForTimeout(3_000);
    const took: number[] = [];
    for (let turn = 0; turn < EVENTS; turn++) {
      took.push(await oneEvent(page, served.docker, turn % 2 === 0 ? 'kill' : 'start'));
    }
    const p95 = took.sort((one, other) => one - other)[Math.ceil(EVENTS * 0.95) - 1] ?? Number.NaN;
    return {
      what: `engine event on screen, p95 of ${EVENTS}, ${SILOS} containers`,
      ours: `${milliseconds(p95)} (median ${milliseconds(median(took))})`,
      goal: '<= 100 ms',
      met: p95 <= 100,
    };
  } finally {
    await context.close();
    served.end();
  }
}

async function oneEvent(page: Page, docker: string, what: 'kill' | 'start'): Promise<number> {
  await page.evaluate(() => {
    const main = document.querySelector('main');
    const before = main?.textContent;
    const seen = new MutationObserver(() => {
      if (main?.textContent === before) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => Object.assign(window, { shownAt: Date.now() })));
    });
    Object.assign(window, { shownAt: undefined });
    if (main !== null) seen.observe(main, { childList: true, subtree: true, characterData: true });
  });
  const started = Date.now();
  await post(docker, `/containers/${WATCHED}/${what}`);
  const shown = await page.waitForFunction(() => (window as { shownAt?: number }).shownAt, undefined, {
    timeout: 30_000,
    polling: 20,
  });
  const ms = Number(await shown.jsonValue()) - started;
  await page.waitForTimeout(700);
  return ms;
}

/** The fixture page holds its own host, so that nothing but drawing is measured. */
async function measureScrolling(browser: Browser, folder: string): Promise<Row> {
  const { build } = await import('vite');
  const config = rendererConfig({ version: '0.0.0', testing: true });
  await build({
    ...config,
    root: join(ROOT, 'renderer', 'testing'),
    build: { ...config.build, outDir: folder, sourcemap: false },
  });
  const page = await readStaticPage(folder);
  if (page === undefined) throw new Error('bench: the fixture page was not built');
  const server = await startWebServer({ serve: () => ({ dispose: () => undefined }), clock: systemClock, page });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${server.port}/?story=crowd&count=${ROWS}#/filesystems`);
    await tab.getByRole('row').nth(5).waitFor({ timeout: 60_000 });
    const worst = await tab.evaluate(scrollThrough);
    return {
      what: `scrolling ${ROWS} rows, worst frame`,
      ours: milliseconds(worst),
      goal: '<= 50 ms',
      met: worst <= 50,
    };
  } finally {
    await context.close();
    await server.close();
  }
}

/** Scrolls a page down in each frame, for three seconds. Answers the longest frame. */
async function scrollThrough(): Promise<number> {
  const scrollable = [...document.querySelectorAll('main, main *')].find(
    element => element.scrollHeight > 100_000 && getComputedStyle(element).overflowY !== 'visible',
  );
  if (scrollable === undefined) throw new Error('nothing here can be scrolled');
  const frame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve));
  for (let settle = 0; settle < 30; settle++) await frame();
  let before = await frame();
  let worst = 0;
  const end = before + 3_000;
  while (before < end) {
    scrollable.scrollTop += 600;
    const now = await frame();
    worst = Math.max(worst, now - before);
    before = now;
  }
  return worst;
}
