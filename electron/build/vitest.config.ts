import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

/** Beside-the-code tests, without isolation between files: each cleans up after itself (vitest-setup.ts checks). */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  define: { __SILOSCOPE_VERSION__: JSON.stringify('0.0.0-test') },
  test: {
    include: ['{shared,electron,e2e}/**/*.test.ts', 'renderer/**/*.test.{ts,tsx}'],
    // Lanes of their own: npm run test:ssh, npm run test:engine.
    exclude: [...configDefaults.exclude, 'e2e/ssh/**', 'e2e/engine/engine.dockerd.test.ts'],
    environment: 'node',
    // Style sheets are empty to tests, but for those that read one as text.
    css: { include: /\.css\?raw$/ },
    isolate: false,
    // One for each processor, where Vitest would keep one free: on two that were half the speed.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    setupFiles: ['electron/build/vitest-setup.ts'],
    reporters: ['default', './electron/build/closing-line.ts'],
  },
});
