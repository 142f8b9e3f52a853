// A build for Node: the command line, the measurements, the chaos lane. Packages of "dependencies" stay outside: they are
// installed beside what is built.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { dependencies, version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const external = [/^node:/, ...Object.keys(dependencies).map(name => new RegExp(`^${name}(/|$)`))];

/** `beside` are programs of their own that the entry starts, by the names they have beside it. */
export function buildNode(entry, outDir, beside = {}) {
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
        // All in one folder: a part finds the programs that it starts beside itself.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}
