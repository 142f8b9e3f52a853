// Builds the page: renderer/ into out/renderer, one chunk for each screen. `testing: true` builds the fixture page too.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { licencesPlugin } from './licences.mjs';

const root = fileURLToPath(new URL('../../renderer', import.meta.url));

/** The libraries mark modules for a server framework that is not here; the bundler would warn about each of them. */
const isMeaningless = warning => warning.code === 'MODULE_LEVEL_DIRECTIVE';

/** What the bundler is told, for the page as for the fixture page. */
export function rendererConfig({ version, testing = false }) {
  return {
    root,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), licencesPlugin(fileURLToPath(new URL('../..', import.meta.url)))],
    define: { __SILOSCOPE_VERSION__: JSON.stringify(version) },
    build: {
      outDir: fileURLToPath(new URL(`../../out/${testing ? 'renderer-testing' : 'renderer'}`, import.meta.url)),
      emptyOutDir: true,
      target: 'chrome120',
      // Data: addresses would need a hole in the page's content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      sourcemap: testing,
      chunkSizeWarningLimit: 800,
      rollupOptions: {
        // One file until the page shows itself: a dozen small ones, shared with the screens, would each be a question more.
        output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
        input: fileURLToPath(new URL(`../../renderer/${testing ? 'testing/' : ''}index.html`, import.meta.url)),
        onwarn: (warning, warn) => {
          if (!isMeaningless(warning)) warn(warning);
        },
      },
    },
  };
}

/** Builds once. */
export async function buildRenderer(options) {
  await build(rendererConfig(options));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildRenderer({ version: '0.0.0', testing: process.argv.includes('--testing') });
}
