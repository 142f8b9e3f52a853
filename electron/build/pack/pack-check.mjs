// `npm run pack:check`: packages over a stand-in for Electron, reads the package back from its bytes and judges it; then
// follows every import of what is in the archive, and runs the packaged window (over the other stand-in, e2e/standin, if
// there is a Chromium) and the packaged command line, and compiles installer.nsh, if there is makensis. Needs npm's
// registry or its cache. `--built` takes out/ as it is.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runVitest } from '../lane.mjs';
import { compileInstaller } from './compile-installer.mjs';
import { followImports } from './follow-imports.mjs';
import { judgePackage } from './judge-package.mjs';
import { readPackage, unpackArchive } from './read-package.mjs';
import { packFolder, root } from './stage.mjs';

const ARCH = 'x64';
const startedAt = performance.now();

/** Runs a script; what it said is in the error when it failed. */
function run(script, argv, env = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...argv], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${script} ${argv.join(' ')} ended with ${status}: ${stderr.trim() || stdout}`);
  return stdout;
}

/** The archive's imports, from the program Electron starts on. A sandboxed preload has nothing but electron. */
function judgeImports(unpacked) {
  const entries = ['main.js', 'preload.cjs', 'prober-process.js', 'elevator-process.js'].map(name =>
    join('out', 'window', name),
  );
  return followImports(unpacked, entries);
}

/** The packaged window, from its start to each of its screens, as Windows starts it. */
function tryWindow(unpacked) {
  process.env.SILOSCOPE_PACKED = unpacked;
  return runVitest('-c', 'electron/build/packed-vitest.config.ts');
}

/** The packaged command line, by this Node: what it answers on the simulated host, from where it was packed. */
function judgeCommandLine(folder, far) {
  cpSync(join(folder, 'resources', 'cli'), join(far, 'cli'), { recursive: true });
  const main = join(far, 'cli', 'out', 'cli', 'main.js');
  const home = join(far, 'home');
  const scenario = ['--scenario', 'winfsp-container-support', '--json', 'inspect', '--brief'];
  try {
    const said = run(main, ['--version'], { SILOSCOPE_HOME: home }).trim();
    const { volumes } = JSON.parse(run(main, scenario, { SILOSCOPE_HOME: home }));
    return [
      ...(said === version ? [] : [`the packaged command line calls itself ${said}, not ${version}`]),
      ...(volumes.length > 0 ? [] : ['the packaged command line sees no volume of a scenario that has some']),
    ];
  } catch (error) {
    return [`the packaged command line does not run: ${error.message}`];
  }
}

const ranOf = ({ passed, skipped }, compiled) =>
  [
    skipped > 0 ? 'its window was NOT tried (no Chromium)' : `${passed} tests of its window passed`,
    ...(compiled === undefined ? ['installer.nsh was NOT compiled (no makensis)'] : []),
  ].join(', ');

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
if (!process.argv.includes('--built')) run(fileURLToPath(new URL('../build.mjs', import.meta.url)), []);
run(fileURLToPath(new URL('./pack.mjs', import.meta.url)), ['--stand-in']);
const folder = join(packFolder(ARCH), 'dist', 'win-unpacked');
const read = await readPackage(folder);
// Far from the sources: there, what is missing from the package would be found in their node_modules.
const far = mkdtempSync(join(tmpdir(), 'siloscope-package-'));
process.on('exit', () => rmSync(far, { recursive: true, force: true }));
// By the name that it has in a package: some paths are led out of it by that name.
const unpacked = join(far, 'app.asar');
unpackArchive(folder, unpacked);
const imports = await judgeImports(unpacked);
const window = tryWindow(unpacked);
const installer = compileInstaller(far);
const faults = [
  ...judgePackage(read, { arch: ARCH, version }),
  ...imports.faults,
  ...judgeCommandLine(folder, far),
  ...(installer ?? []),
  ...(window.failed > 0 ? ['the packaged window does not do what it must (above)'] : []),
];
for (const fault of faults) process.stderr.write(`package: ${fault}\n`);
const size = read.files.reduce((sum, file) => sum + file.size, 0) / 1024 ** 2;
process.stdout.write(
  `package: ${read.files.length} files and ${read.archived.length} in app.asar, ${size.toFixed(0)} MB beside Electron, ` +
    `${imports.followed} modules resolved, ${ranOf(window, installer)}, ${faults.length} faults, ${((performance.now() - startedAt) / 1000).toFixed(0)} s\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
