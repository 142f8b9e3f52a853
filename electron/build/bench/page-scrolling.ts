import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { systemClock } from '../../../shared/base/clock.ts';
import { readStaticPage } from '../../shells/serving/static-page.ts';
import { startWebServer } from '../../shells/serving/web-server.ts';
import { rendererConfig } from '../renderer-build.mjs';
import { ROOT } from './serving.ts';
import { median, milliseconds, type Row } from './table.ts';

const ROWS = 10_000;

/** The fixture page holds its own host, so that nothing but drawing is measured. */
export async function measureScrolling(browser: Browser, folder: string): Promise<Row[]> {
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
  const scroll = async (what: string, story: string, screen: string): Promise<Row> => {
    const tab = await context.newPage();
    await tab.goto(`http://127.0.0.1:${server.port}/?story=${story}&count=${ROWS}#/${screen}`);
    await tab.getByRole('row').nth(5).waitFor({ timeout: 120_000 });
    const frames = await tab.evaluate(scrollThrough);
    await tab.close();
    const empty = await context.newPage();
    await empty.setContent(
      '<main style="height:100vh;overflow:auto"><div style="height:500000px">Nothing</div></main>',
    );
    const beside = await empty.evaluate(scrollThrough);
    await empty.close();
    const worst = Math.max(...frames);
    return {
      what: `scrolling ${what} of ${ROWS} rows, worst frame; beside: a page of nothing`,
      ours: `${milliseconds(worst)} (median ${milliseconds(median(frames))})`,
      beside: `${milliseconds(Math.max(...beside))} (median ${milliseconds(median(beside))})`,
      goal: '<= 50 ms',
      met: worst <= 50,
    };
  };
  try {
    return [await scroll('a table', 'crowd', 'filesystems'), await scroll('the matrix', 'shelves', 'visibility')];
  } finally {
    await context.close();
    await server.close();
  }
}

/** Scrolls a page down in each frame, for three seconds. Answers how long each took. */
async function scrollThrough(): Promise<readonly number[]> {
  const scrollable = [...document.querySelectorAll('main, main *')].find(
    element => element.scrollHeight > 100_000 && getComputedStyle(element).overflowY !== 'visible',
  );
  if (scrollable === undefined) throw new Error('nothing here can be scrolled');
  const frame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve));
  for (let settle = 0; settle < 30; settle++) await frame();
  const frames: number[] = [];
  let before = await frame();
  const end = before + 3_000;
  while (before < end) {
    scrollable.scrollTop += 600;
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  return frames;
}
