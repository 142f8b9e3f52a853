import { defineConfig } from '@playwright/test';
import { findChromium } from '../../electron/build/find-chromium.mjs';
import type { JourneyOptions } from '../fixtures/test.ts';
import simulated from '../playwright.config.ts';
import { NOT_OVER_SSH } from './not-over-ssh.mjs';
import { obstacle } from './sshd.ts';

const isPossible = findChromium() !== undefined && obstacle() === undefined;
const whole = NOT_OVER_SSH.filter(({ tests }) => tests === undefined);

/** Journeys of e2e/journeys on a host behind a real sshd, all but those that not-over-ssh.mjs names; and SSH's own. */
export default defineConfig<JourneyOptions>({
  ...simulated,
  projects: [{ name: 'ssh' }],
  testDir: '..',
  outputDir: '../../out/e2e-ssh',
  testMatch: isPossible ? ['journeys/*.spec.ts', 'ssh/*.spec.ts'].map(files => `**/e2e/${files}`) : [],
  testIgnore: whole.map(({ journey }) => `**/journeys/${journey}.spec.ts`),
  grepInvert: NOT_OVER_SSH.flatMap(({ journey, tests }) =>
    tests === undefined ? [] : [new RegExp(`${journey}\\.spec\\.ts ${tests.source.replace(/^\^/, '')}`)],
  ),
  // Each far command starts a program behind sshd, and the machine at the far end shares our processors.
  timeout: 90_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['../../electron/build/closing-line-e2e.ts']],
  use: { ...simulated.use, actionTimeout: 30_000, hostUnderJourney: 'ssh' },
});
