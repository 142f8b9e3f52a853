import { defineConfig } from 'vitest/config';

/** Beside-the-code tests. One worker pool without isolation: each file cleans up after itself (shared/base/leaks.ts). */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['{shared,electron,e2e}/**/*.test.ts'],
    environment: 'node',
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    setupFiles: ['electron/build/vitest-setup.ts'],
    typecheck: { enabled: false },
  },
});
