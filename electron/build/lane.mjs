// What the lanes (npm run test:engine, test:ssh) have in common: packages of Debian, runs of tests, one line at the end.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether a program is there at all; what it answers does not matter. */
export const has = (name, ...arguments_) => spawnSync(name, arguments_, { stdio: 'ignore' }).error === undefined;

/** True where SILOSCOPE_REQUIRE makes the absence of a part a failure, as it is in CI. */
export const isRequired = part => (process.env.SILOSCOPE_REQUIRE ?? '').split(',').includes(part);

/** Whether packages can be installed here: a Debian, and we are root. */
export const canInstall = () => process.platform === 'linux' && process.getuid?.() === 0 && has('apt-get', '--version');

/** Installs packages of Debian, the lists brought up to date only where they are too old; false when that failed. */
export function install(packages) {
  const quiet = { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const get = () => spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...packages], quiet);
  process.stderr.write(`tests: installing ${packages.join(', ')}\n`);
  if (get().status === 0) return true;
  spawnSync('apt-get', ['update', '-qq'], quiet);
  const { status, stderr } = get();
  if (status !== 0) process.stderr.write(stderr);
  return status === 0;
}

/** Builds out/, as a journey needs it. */
export function build() {
  return spawnSync(process.execPath, [join(root, 'electron/build/build.mjs')], { stdio: 'inherit' }).status === 0;
}

/** Runs tests by a package's own program and counts them by their closing line; what failed is shown as it was printed. */
function runTests(packageName, program, arguments_) {
  const path = join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), program);
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1_048_576 };
  const { status, stdout } = spawnSync(process.execPath, [path, ...arguments_], options);
  if (status !== 0) process.stdout.write(stdout);
  const [, passed, failed, skipped] = [...stdout.matchAll(/(\d+) passed, (\d+) failed, (\d+) skipped/g)].at(-1) ?? [];
  if (passed === undefined) return { passed: 0, failed: 1, skipped: 0 };
  return { passed: Number(passed), failed: status === 0 ? 0 : Math.max(1, Number(failed)), skipped: Number(skipped) };
}

/** Counts of tests beside the code, run with the lane's own configuration. */
export const runVitest = (...arguments_) => runTests('vitest', 'vitest.mjs', ['run', ...arguments_]);

/** Counts of journeys in a browser. */
export const runJourneys = (...arguments_) => runTests('@playwright/test', 'cli.js', ['test', ...arguments_]);

/** The lane's last line, and its exit code. `ran` names each kind of test with its counts. */
export function conclude(lane, ran, against, startedAt) {
  const counts = Object.entries(ran).map(([what, { passed, failed, skipped }]) => {
    const bad = [failed > 0 ? `${failed} FAILED` : '', skipped > 0 ? `${skipped} skipped` : ''].filter(Boolean);
    return `${passed} ${what} passed${bad.length > 0 ? ` (${bad.join(', ')})` : ''}`;
  });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  process.stdout.write(`${lane} lane: ${counts.join(', ')}; against ${against}, in ${seconds} s\n`);
  process.exitCode = Object.values(ran).some(({ failed }) => failed > 0) ? 1 : 0;
}

/** The last line of a lane that cannot be run here. */
export function giveUp(lane, why, required) {
  process.stdout.write(`${lane} lane: ${required ? 'FAILED' : 'skipped'}: ${why}\n`);
  process.exitCode = required ? 1 : 0;
}
