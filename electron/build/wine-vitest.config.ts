import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests that run as Windows programs, against this machine's own Windows: under Wine, or on Windows itself. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  define: { __SILOSCOPE_VERSION__: JSON.stringify('0.0.0-test') },
  test: {
    include: [
      'e2e/wine/**/*.wine.ts',
      'electron/hosts/this-machine/{probe,run}/*.test.ts',
      'shared/domain/command-line.test.ts',
    ],
    environment: 'node',
    pool: 'forks',
    isolate: false,
    fileParallelism: false,
    // A Windows program takes seconds to start here, and far longer where others use the same processors.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    setupFiles: ['electron/build/vitest-setup.ts'],
    reporters: ['./electron/build/lane-reporter.ts'],
  },
});
