import { defineConfig } from '@playwright/test';
import { findChromium } from '../../electron/build/find-chromium.mjs';
import type { JourneyOptions } from '../fixtures/test.ts';
import simulated from '../playwright.config.ts';
import { LEFT_OUT, WALKED } from './not-under-wine.mjs';

/**
 * Some journeys of e2e/journeys with `--host local` as a Windows process under Wine, as not-under-wine.mjs chooses them; and
 * Wine's own. The lane (npm run test:wine) has set the prefix up.
 */
export default defineConfig<JourneyOptions>({
  ...simulated,
  projects: [{ name: 'wine' }],
  testDir: '..',
  outputDir: '../../out/e2e-wine',
  testMatch:
    findChromium() === undefined
      ? []
      : [...WALKED.map(journey => `journeys/${journey}.spec.ts`), 'wine/*.spec.ts'].map(files => `**/e2e/${files}`),
  grepInvert: [...LEFT_OUT],
  // There is one pipe of Docker's name, and programs start slowly under Wine.
  fullyParallel: false,
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 45_000 },
  reporter: [['list'], ['../../electron/build/closing-line-e2e.ts']],
  use: { ...simulated.use, actionTimeout: 45_000, hostUnderJourney: 'wine' },
});
