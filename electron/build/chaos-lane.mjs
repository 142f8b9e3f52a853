// `npm run test:chaos`: ten minutes in which everything goes wrong with a simulated host, days of its own time. The seed it
// prints plays the same again: `npm run test:chaos -- --seed N --rounds N`; `--minutes N` is how long, `--verbose` tells each harm.
// The short version is a test beside the others, e2e/chaos/chaos.test.ts.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const outDir = join(root, 'out/chaos');

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20.19',
    outDir,
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rollupOptions: {
      input: { main: 'e2e/chaos/main.ts' },
      external: [/^node:/, ...Object.keys(dependencies).map(name => new RegExp(`^${name}(/|$)`))],
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
});
const played = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(outDir, 'main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = played.status ?? 1;
