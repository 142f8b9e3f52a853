import { request } from 'node:http';
import type { Browser, Page } from '@playwright/test';
import { systemClock } from '../../../shared/base/clock.ts';
import { type Disposable, disposable } from '../../../shared/base/disposables.ts';
import { contract } from '../../../shared/contract/contract.ts';
import { connect } from '../../../shared/wire/connect.ts';
import { JsonLineSplitter } from '../../services/engine/json-lines.ts';
import { openConnection, parseConnectUrl } from '../../shells/cli/connect-url.ts';
import type { EmptyPage } from './empty-page-server.ts';
import { type Served, workerName } from './serving.ts';
import { median, milliseconds, p95, type Row } from './table.ts';

const TURNS = 40;
const PAUSE_MS = 700;

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

/** The engine's events as any other client hears them. */
function hearEngine(endpoint: string, heard: (action: string, name: string) => void): Disposable {
  const { hostname, port } = new URL(endpoint.replace('tcp:', 'http:'));
  const lines = new JsonLineSplitter();
  const asked = request({ hostname, port, path: '/events' }, response => {
    response.on('data', (bytes: Buffer) => {
      for (const line of lines.push(bytes)) {
        const { Action, Actor } = ('value' in line ? line.value : {}) as {
          Action?: string;
          Actor?: { Attributes?: { name?: string } };
        };
        heard(Action ?? '', Actor?.Attributes?.name ?? '');
      }
    });
    response.on('error', () => undefined);
  });
  asked.on('error', () => undefined);
  asked.end();
  return disposable(() => void asked.destroy());
}

interface Measured {
  readonly toWire: readonly number[];
  readonly toPixels: readonly number[];
  readonly bytes: readonly number[];
}

/**
 * Another client of the engine kills and starts one container in the middle of the crowd. Two clients watch: one on the
 * wire, beside the engine's own events, and a page that shows the container's row.
 */
export async function measureEvents(browser: Browser, served: Served, silos: number, empty: EmptyPage): Promise<Row[]> {
  const watched = workerName(silos / 2);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const { signal } = new AbortController();
  const client = connect(contract, await openConnection(parseConnectUrl(served.connect), signal));
  const times = { event: 0, news: 0, bytes: 0 };
  const hearing = hearEngine(served.docker, (action, name) => {
    if (name === watched && (action === 'die' || action === 'start')) times.event = performance.now();
  });
  client.on('snapshot.changed', news => {
    const isOurs = news.fileSystems?.changed.some(({ container }) => container.name === watched) === true;
    if (!isOurs || times.news !== 0) return;
    times.news = performance.now();
    times.bytes = JSON.stringify({ kind: 'news', name: 'snapshot.changed', payload: news }).length;
  });
  try {
    const page = await context.newPage();
    await page.goto(served.page);
    await page.getByRole('link', { name: 'File systems' }).click({ timeout: 60_000 });
    await page.getByRole('searchbox').fill(watched, { timeout: 60_000 });
    await page.getByRole('row').filter({ hasText: watched }).waitFor({ timeout: 60_000 });
    await page.waitForTimeout(5_000);
    const measured = { toWire: [] as number[], toPixels: [] as number[], bytes: [] as number[] };
    for (let turn = 0; turn < TURNS; turn++) {
      Object.assign(times, { event: 0, news: 0, bytes: 0 });
      const act = turn % 2 === 0 ? 'kill' : 'start';
      measured.toPixels.push(await toPixels(page, 'main', () => post(served.docker, `/containers/${watched}/${act}`)));
      await page.waitForTimeout(PAUSE_MS);
      measured.toWire.push(wireTime(times, `turn ${turn}, ${act} of ${watched}`));
      measured.bytes.push(times.bytes);
    }
    return rowsOf(measured, await measureEmptyPage(browser, empty), silos);
  } finally {
    hearing.dispose();
    client.dispose();
    await context.close();
  }
}

/** From the event to its news. One that never came is not measured as the fastest of all. */
function wireTime({ event, news }: { readonly event: number; readonly news: number }, when: string): number {
  if (event === 0) throw new Error(`${when}: the engine told of no event`);
  if (news === 0) throw new Error(`${when}: no news came on the wire`);
  // The news may be on this wire before the event is on the other one: two sockets of one process.
  return Math.max(0, news - event);
}

function rowsOf({ toWire, toPixels: shown, bytes }: Measured, beside: readonly number[], silos: number): Row[] {
  const words = (values: readonly number[]): string =>
    `${milliseconds(p95(values))} (median ${milliseconds(median(values))})`;
  return [
    {
      what: `engine event to news on the wire, p95 of ${TURNS}, ${silos} containers, ${median(bytes)} bytes each`,
      ours: words(toWire),
      goal: '<= 20 ms',
      met: p95(toWire) <= 20,
    },
    {
      what: `engine event on screen, p95 of ${TURNS}, ${silos} containers; beside: one word to an empty React page`,
      ours: words(shown),
      beside: words(beside),
      ratio: median(shown) / median(beside),
      goal: '<= 100 ms',
      met: p95(shown) <= 100,
    },
  ];
}

/** From a word sent to the empty page to the frame that shows it. */
async function measureEmptyPage(browser: Browser, empty: EmptyPage): Promise<readonly number[]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(empty.url);
    await page.waitForTimeout(1_000);
    const took: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      took.push(await toPixels(page, 'body', async () => empty.send(`word ${turn}`)));
      await page.waitForTimeout(50);
    }
    return took;
  } finally {
    await context.close();
  }
}

/** From the beginning of `act` to the end of the frame in which a part of the page says something else. */
async function toPixels(page: Page, part: string, act: () => Promise<void>): Promise<number> {
  await page.evaluate(selector => {
    const watched = document.querySelector(selector);
    const before = watched?.textContent;
    const seen = new MutationObserver(() => {
      if (watched?.textContent === before) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => Object.assign(window, { shownAt: Date.now() })));
    });
    Object.assign(window, { shownAt: undefined });
    if (watched !== null) seen.observe(watched, { childList: true, subtree: true, characterData: true });
  }, part);
  const started = systemClock.now();
  await act();
  const shown = await page.waitForFunction(() => (window as { shownAt?: number }).shownAt, undefined, {
    timeout: 30_000,
    polling: 20,
  });
  return Number(await shown.jsonValue()) - started;
}
