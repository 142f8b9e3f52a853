// Installs what the tests drive besides Node: the stock docker CLI and dockerd (Debian's docker.io), where apt and root
// allow it. Elsewhere it says what will be skipped; SILOSCOPE_REQUIRE=docker,dockerd turns a skip into a failure.
import { spawnSync } from 'node:child_process';

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
