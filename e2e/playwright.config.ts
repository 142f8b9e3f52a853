import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGUMENTS, findChromium } from '../electron/build/find-chromium.mjs';
import { chooseStart } from '../electron/build/start.mjs';
import type { JourneyOptions } from './fixtures/test.ts';

const executablePath = findChromium();
if (executablePath === undefined && (process.env['SILOSCOPE_REQUIRE'] ?? '').split(',').includes('chromium')) {
  throw new Error('SILOSCOPE_REQUIRE wants chromium, and there is none: install it, or set SILOSCOPE_CHROMIUM');
}

const chosen = chooseStart({ env: process.env, platform: process.platform, uid: process.getuid?.() });

/** Journeys that take a server away, know its token or need two browsers on it: a window has no server. */
const WEB_ONLY = ['accessibility', 'connection', 'fsd-unloaded', 'policy', 'two-browsers'];

/** Journeys through the built bin in a real browser, and the same ones through the app in Electron where its program is. Build first. */
export default defineConfig<JourneyOptions>({
  testDir: 'journeys',
  outputDir: '../out/e2e',
  // Without a browser nothing is run, and the reporter says so.
  testMatch: executablePath === undefined ? [] : '**/*.spec.ts',
  projects: [
    { name: 'web', use: { shellUnderJourney: 'web' } },
    ...(chosen.kind === 'window'
      ? [
          {
            name: 'window',
            testIgnore: WEB_ONLY.map(name => `**/${name}.spec.ts`),
            use: { shellUnderJourney: 'window' as const },
          },
        ]
      : []),
  ],
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  // Some journeys hold the page to two seconds by the wall: a busy machine gets a second try, and is told as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  // A limit for what hangs, not a measure: two cores may be shared by many.
  timeout: 60_000,
  expect: { timeout: 8_000 },
  reporter: [['list'], ['../electron/build/closing-line-e2e.ts']],
  use: {
    launchOptions: { args: CHROMIUM_ARGUMENTS, ...(executablePath === undefined ? {} : { executablePath }) },
    actionTimeout: 8_000,
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
