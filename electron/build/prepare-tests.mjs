// Installs what the tests drive besides Node: the stock docker CLI (Debian's docker.io) and a Chromium, where apt and root
// allow it; elsewhere Playwright's own Chromium. What cannot be had is skipped, and it says so;
// SILOSCOPE_REQUIRE=docker,chromium turns a skip into a failure. The lanes (test:engine, test:ssh, test:wine) see to theirs.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findChromium } from './find-chromium.mjs';
import { canInstall, has, install } from './lane.mjs';

const say = text => process.stderr.write(`tests: ${text}\n`);

const missing = [
  { part: 'the stock docker CLI', missing: !has('docker', '--version'), packages: ['docker.io'] },
  { part: 'a Chromium', missing: findChromium() === undefined, packages: ['chromium', 'fonts-dejavu-core'] },
].filter(part => part.missing);

if (missing.length > 0 && canInstall()) {
  if (!install(missing.flatMap(part => part.packages))) say('the tests that need them will say so');
  // Newer Debians have the command line in a package of its own.
  if (!has('docker', '--version')) install(['docker-cli']);
} else {
  for (const { part } of missing)
    say(`${part} is not here and cannot be installed; the tests that need it are skipped`);
}

if (findChromium() === undefined && !canInstall()) {
  say('asking Playwright for its Chromium');
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const cli = fileURLToPath(new URL('../../node_modules/@playwright/test/cli.js', import.meta.url));
  const limit = { cwd: root, stdio: 'inherit', timeout: 300_000 };
  if (spawnSync(process.execPath, [cli, 'install', 'chromium'], limit).status !== 0) {
    say('it could not be fetched; the journeys are skipped');
  }
}
