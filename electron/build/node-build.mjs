// A build for Node: the command line, the measurements, the chaos lane.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { leavesOut, OUTSIDE } from './node-packages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** `beside` are programs of their own that the entry starts, by the names they have beside it. */
export function buildNode(entry, outDir, beside = {}) {
  return build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { __SILOSCOPE_VERSION__: JSON.stringify(version) },
    plugins: [leavesOut()],
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20.19',
      outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rollupOptions: {
        input: { main: entry, ...beside },
        external: OUTSIDE,
        // All in one folder: a part finds the programs that it starts beside itself.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}
