// Builds what runs: the command line (Node, ESM). Dependencies stay outside the bundle: they are installed beside it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { dependencies, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const external = [/^node:/, ...Object.keys(dependencies).map(name => new RegExp(`^${name}(/|$)`))];

const started = performance.now();
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  define: { __SILOSCOPE_VERSION__: JSON.stringify(version) },
  build: {
    ssr: 'electron/shells/cli/main.ts',
    target: 'node20.19',
    outDir: 'out/cli',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rollupOptions: { external, output: { format: 'es', entryFileNames: 'main.js' } },
  },
});
process.stderr.write(`built out/ in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
