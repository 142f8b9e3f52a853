// `npm run test:chaos`: ten minutes in which everything goes wrong with a simulated host, days of its own time. The seed it
// prints plays the same again: `npm run test:chaos -- --seed N --rounds N`; `--minutes N` is how long, `--verbose` tells each harm.
// The short version is a test beside the others, e2e/chaos/chaos.test.ts.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildNode } from './node-build.mjs';

const outDir = fileURLToPath(new URL('../../out/chaos', import.meta.url));
await buildNode('e2e/chaos/main.ts', outDir);
const played = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(outDir, 'main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = played.status ?? 1;
