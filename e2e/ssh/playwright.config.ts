import { defineConfig } from '@playwright/test';
import { findChromium } from '../../electron/build/find-chromium.mjs';
import type { JourneyOptions } from '../fixtures/test.ts';
import simulated from '../playwright.config.ts';

/**
 * Journeys of e2e/journeys on a host behind a real sshd. The others are not run here for the time that they would
 * take: these four cover a launch and its inspection, a fix of the driver, a failure that is explained, and two clients.
 */
const ON_ANY_HOST = ['newcomer', 'fsd-unloaded', 'image-cannot-run', 'two-browsers'];

export default defineConfig<JourneyOptions>({
  ...simulated,
  projects: [{ name: 'ssh' }],
  testDir: '../journeys',
  outputDir: '../../out/e2e-ssh',
  testMatch: findChromium() === undefined ? [] : ON_ANY_HOST.map(name => `**/${name}.spec.ts`),
  // Each far command starts a program behind sshd, and the machine at the far end shares our processors.
  timeout: 90_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['../../electron/build/closing-line-e2e.ts']],
  use: { ...simulated.use, actionTimeout: 30_000, hostUnderJourney: 'ssh' },
});
