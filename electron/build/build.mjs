// Builds what runs into out/: the command line (Node, ESM), the window's main and preload, and the page. `--bench` builds the measurements
// instead, `--cli` the command line alone.
// Dependencies of the command line stay outside its bundle: they are installed beside it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { buildRenderer } from './renderer-build.mjs';
import { buildWindow, HELPERS } from './window-build.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { dependencies, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const external = [/^node:/, ...Object.keys(dependencies).map(name => new RegExp(`^${name}(/|$)`))];

/** `beside` are programs of their own that the entry starts, by the names they have beside it. */
function buildNode(entry, outDir, beside = {}) {
  return build({
    root,
    configFile: false,
    logLevel: 'warn',
    define: { __SILOSCOPE_VERSION__: JSON.stringify(version) },
    build: {
      ssr: true,
      target: 'node20.19',
      outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rollupOptions: {
        input: { main: entry, ...beside },
        external,
        // Parts that are loaded when they are wanted lie beside the entry too: programs of ours are found from there.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}

/** Helpers; what runs as an administrator, where Node runs us; puts the command line on the search path when it is installed. */
const BESIDE = {
  ...HELPERS,
  'broker-process': 'electron/hosts/this-machine/broker/broker-process.ts',
  'path-entry': 'electron/shells/cli/path-entry/path-entry-process.ts',
};

const started = performance.now();
const buildCommandLine = () => buildNode('electron/shells/cli/main.ts', 'out/cli', BESIDE);
if (process.argv.includes('--bench')) await buildNode('electron/build/bench/main.ts', 'out/bench');
else if (process.argv.includes('--cli')) await buildCommandLine();
else {
  await Promise.all([buildCommandLine(), buildWindow({ root, version }), buildRenderer({ version })]);
}
process.stderr.write(`built out/ in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
