// `npm run test:ssh`: tries hosts over SSH against a real sshd on the loopback, whose every command is answered by the
// simulated host: the contract, cut and changed connections, journeys by command line and browser, and the far agent's C#
// under Mono. Installs what it needs where apt and root allow it; without sshd the lane is skipped and says so, or fails
// when SILOSCOPE_REQUIRE names sshd.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tellNotOverSsh } from '../../e2e/ssh/not-over-ssh.mjs';
import { findChromium } from './find-chromium.mjs';
import { build, canInstall, conclude, giveUp, has, install, isRequired, runJourneys, runVitest } from './lane.mjs';

const startedAt = performance.now();
const find = () => ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find(existsSync);

const missing = [
  ...(find() === undefined ? ['openssh-server'] : []),
  ...(has('mcs', '--version') && has('mono', '--version') ? [] : ['mono-mcs']),
];
if (missing.length > 0 && canInstall()) install(missing);

const sshd = find();
if (process.platform === 'win32' || sshd === undefined) {
  const why = process.platform === 'win32' ? 'it needs a Unix' : 'sshd is not installed (Debian: openssh-server)';
  giveUp('ssh', why, isRequired('sshd'));
} else if (!build()) giveUp('ssh', 'out/ could not be built', true);
else {
  const tests = runVitest('-c', 'electron/build/ssh-vitest.config.ts', ...process.argv.slice(2));
  const browser = findChromium() !== undefined && process.argv.length === 2;
  const ran = { tests, ...(browser ? { journeys: runJourneys('-c', 'e2e/ssh/playwright.config.ts') } : {}) };
  const version = /OpenSSH_[\w.]+/.exec(spawnSync(sshd, ['-V'], { encoding: 'utf8' }).stderr)?.[0] ?? '';
  if (browser) process.stdout.write(tellNotOverSsh());
  conclude('ssh', ran, `${sshd} ${version}`.trim(), startedAt);
}
