// Tries hosts over SSH against a real sshd on the loopback (e2e/ssh). Ends with one line of what ran. Installs sshd where
// apt and root allow it; without it the lane is skipped and says so, or fails when SILOSCOPE_REQUIRE names sshd.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const required = (process.env.SILOSCOPE_REQUIRE ?? '').split(',').includes('sshd');
const find = () => ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find(existsSync);

function install() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', 'openssh-server'], quiet);
  return find();
}

const sshd = find() ?? install();

if (process.platform === 'win32' || sshd === undefined) {
  const why = process.platform === 'win32' ? 'it needs a Unix' : 'sshd is not installed (Debian: openssh-server)';
  process.stdout.write(`ssh lane: ${required ? 'FAILED' : 'skipped'}: ${why}\n`);
  process.exitCode = required ? 1 : 0;
} else {
  const started = performance.now();
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const { status, stdout } = spawnSync(
    process.execPath,
    [vitest, 'run', '-c', 'electron/build/ssh-vitest.config.ts', ...process.argv.slice(2)],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1_048_576 },
  );
  if (status !== 0) process.stdout.write(stdout);
  const counts =
    /\d+ passed, \d+ failed, \d+ skipped/.exec(stdout.split('\n').reverse().join('\n'))?.[0] ?? 'nothing ran';
  const seconds = ((performance.now() - started) / 1_000).toFixed(0);
  process.stdout.write(`ssh lane: ${counts}, against ${sshd} in ${seconds} s\n`);
  process.exitCode = status ?? 1;
}
