import { defineConfig } from '@playwright/test';
import { findChromium } from '../../electron/build/find-chromium.mjs';
import type { JourneyOptions } from '../fixtures/test.ts';
import simulated from '../playwright.config.ts';
import { NOT_UNDER_WINE } from './not-under-wine.mjs';

const whole = NOT_UNDER_WINE.filter(({ tests }) => tests === undefined);

/**
 * Journeys of e2e/journeys with `--host local` as a Windows process under Wine, all but those that not-under-wine.mjs names;
 * and Wine's own. The lane (npm run test:wine) has set the prefix up.
 */
export default defineConfig<JourneyOptions>({
  ...simulated,
  projects: [{ name: 'wine' }],
  testDir: '..',
  outputDir: '../../out/e2e-wine',
  testMatch:
    findChromium() === undefined ? [] : ['journeys/*.spec.ts', 'wine/*.spec.ts'].map(files => `**/e2e/${files}`),
  testIgnore: whole.map(({ journey }) => `**/journeys/${journey}.spec.ts`),
  grepInvert: NOT_UNDER_WINE.flatMap(({ journey, tests }) =>
    tests === undefined ? [] : [new RegExp(`${journey}\\.spec\\.ts ${tests.source.replace(/^\^/, '')}`)],
  ),
  // There is one pipe of Docker's name, and programs start slowly under Wine.
  fullyParallel: false,
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 45_000 },
  reporter: [['list'], ['../../electron/build/closing-line-e2e.ts']],
  use: { ...simulated.use, actionTimeout: 45_000, hostUnderJourney: 'wine' },
});
