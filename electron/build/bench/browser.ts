import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM_ARGUMENTS, findChromium } from '../find-chromium.mjs';
import { serveEmptyPage } from './empty-page-server.ts';
import { measureEvents } from './page-events.ts';
import { measureLoading } from './page-loading.ts';
import { measureScrolling } from './page-scrolling.ts';
import { crowd, serve } from './serving.ts';
import type { Row } from './table.ts';

const SILOS = 1_000;

/** What of the page can be measured by itself. */
export const PAGE_PARTS = ['loading', 'events', 'scrolling'] as const;
export type PagePart = (typeof PAGE_PARTS)[number];

/** What the page costs in a browser, beside an empty React page in the same one; nothing where there is no Chromium. */
export async function measureBrowser(parts: readonly PagePart[] = PAGE_PARTS): Promise<Row[]> {
  const executablePath = findChromium();
  if (executablePath === undefined || parts.length === 0) return [];
  const { chromium } = await import('@playwright/test');
  const folder = await mkdtemp(join(tmpdir(), 'siloscope-bench-'));
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGUMENTS });
  const empty = await serveEmptyPage(join(folder, 'empty'));
  try {
    const rows: Row[] = [];
    if (parts.includes('loading')) rows.push(...(await measureLoading(browser, empty)));
    if (parts.includes('events')) {
      const scenario = join(folder, 'scenario.json');
      await writeFile(scenario, JSON.stringify(crowd(SILOS)));
      const served = await serve(scenario);
      rows.push(...(await measureEvents(browser, served, SILOS, empty).finally(() => served.end())));
    }
    if (parts.includes('scrolling')) rows.push(...(await measureScrolling(browser, join(folder, 'fixture'))));
    return rows;
  } finally {
    await browser.close();
    await empty.close();
    await rm(folder, { recursive: true, force: true });
  }
}
