#!/usr/bin/env node
// The bin. It is committed, so that `npm ci` can link it before anything is built.
import { existsSync } from 'node:fs';

const built = new URL('../../out/cli/main.js', import.meta.url);

if (existsSync(built)) {
  await import(built.href);
} else {
  process.stderr.write('siloscope is not built yet: run "npm run build" in its folder, then try again.\n');
  // As everywhere: not ready.
  process.exitCode = 3;
}
