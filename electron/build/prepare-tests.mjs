// Installs what the tests drive besides Node: the stock docker CLI and dockerd (Debian's docker.io), and a Chromium,
// where apt and root allow it; elsewhere Playwright's own Chromium. What cannot be had is skipped, and it says so;
// SILOSCOPE_REQUIRE=docker,dockerd,chromium turns a skip into a failure.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findChromium } from './find-chromium.mjs';

const has = name => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;
const canInstall = process.platform === 'linux' && process.getuid?.() === 0 && has('apt-get');
const say = text => process.stderr.write(`${text}\n`);

const wanted = [
  { part: 'the stock docker CLI', missing: !has('docker'), packages: ['docker.io'] },
  {
    part: 'a real dockerd',
    missing: process.platform === 'linux' && !has('dockerd'),
    packages: ['docker.io', 'iptables'],
  },
  {
    part: 'busybox-static',
    missing: process.platform === 'linux' && !has('/bin/busybox'),
    packages: ['busybox-static'],
  },
  { part: 'a Chromium', missing: findChromium() === undefined, packages: ['chromium', 'fonts-dejavu-core'] },
];
// busybox has no --version of its own: it answers 127 or 1, and that is no absence.
const busybox = wanted[2];
if (busybox !== undefined) {
  busybox.missing = process.platform === 'linux' && spawnSync('/bin/busybox', ['true']).error !== undefined;
}

const missing = wanted.filter(part => part.missing);
if (missing.length > 0 && canInstall) {
  const packages = [...new Set(missing.flatMap(part => part.packages))];
  say(`tests: installing ${packages.join(', ')}`);
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  const installed = spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages], quiet);
  if (installed.status !== 0)
    say(`tests: apt-get ended with ${installed.status}; the tests that need them will say so`);
} else {
  for (const { part } of missing)
    say(`tests: ${part} is not here and cannot be installed; the tests that need it are skipped`);
}

if (findChromium() === undefined && !canInstall) {
  say('tests: asking Playwright for its Chromium');
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const cli = fileURLToPath(new URL('../../node_modules/@playwright/test/cli.js', import.meta.url));
  const limit = { cwd: root, stdio: 'inherit', timeout: 300_000 };
  if (spawnSync(process.execPath, [cli, 'install', 'chromium'], limit).status !== 0) {
    say('tests: it could not be fetched; the journeys are skipped');
  }
}
