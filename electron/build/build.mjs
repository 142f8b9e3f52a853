// Builds what runs into out/: the command line (Node, ESM), the window's main and preload, and the page. `--bench` builds the measurements instead.
// Dependencies of the command line stay outside its bundle: they are installed beside it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { buildRenderer } from './renderer-build.mjs';
import { buildWindow } from './window-build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { dependencies, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const external = [/^node:/, ...Object.keys(dependencies).map(name => new RegExp(`^${name}(/|$)`))];

function buildNode(entry, outDir) {
  return build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { __SILOSCOPE_VERSION__: JSON.stringify(version) },
    build: {
      ssr: entry,
      target: 'node20.19',
      outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rollupOptions: { external, output: { format: 'es', entryFileNames: 'main.js' } },
    },
  });
}

const started = performance.now();
if (process.argv.includes('--bench')) await buildNode('electron/build/bench/main.ts', 'out/bench');
else {
  await Promise.all([
    buildNode('electron/shells/cli/main.ts', 'out/cli'),
    buildWindow({ root, version }),
    buildRenderer({ version }),
  ]);
}
process.stderr.write(`built out/ in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
