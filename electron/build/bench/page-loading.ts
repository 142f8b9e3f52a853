import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import type { EmptyPage } from './empty-page-server.ts';
import { serve } from './serving.ts';
import { atMost, median, milliseconds, type Row } from './table.ts';

const LOADS = 9;

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
  const scripts = new Map<string, Promise<number>>();
  page.on('response', response => {
    if (response.request().resourceType() !== 'script') return;
    scripts.set(
      response.url(),
      // What was still on its way when the page was closed came after its first control.
      response.body().then(
        body => gzipSync(body).length,
        () => 0,
      ),
    );
  });
  await page.addInitScript(noteFirstControl);
  await page.goto(url);
  const shown = await page.waitForFunction(() => (window as { interactiveAt?: number }).interactiveAt);
  const ms = Number(await shown.jsonValue());
  const before = await page.evaluate(
    at =>
      performance
        .getEntriesByType('resource')
        .flatMap(entry => (entry.startTime + entry.duration <= at ? entry.name : [])),
    ms,
  );
  page.removeAllListeners('response');
  const sizes = await Promise.all(before.map(async name => (await scripts.get(name)) ?? 0));
  await context.close();
  return { ms, gzip: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Our page and an empty React page, loaded in turns. */
export async function measureLoading(browser: Browser, empty: EmptyPage): Promise<Row[]> {
  const served = await serve('default');
  const ours: Load[] = [];
  const beside: Load[] = [];
  try {
    for (let turn = 0; turn < LOADS; turn++) {
      beside.push(await load(browser, empty.url));
      ours.push(await load(browser, served.page));
    }
  } finally {
    served.end();
  }
  const mine = median(ours.map(({ ms }) => ms));
  const least = median(beside.map(({ ms }) => ms));
  const gzip = median(ours.map(load => load.gzip));
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
      beside: `${(median(beside.map(load => load.gzip)) / 1_000).toFixed(0)} kB`,
      goal: '<= 200 kB',
      met: gzip <= 200_000,
    },
  ];
}
