// Lays out what goes into a package, as Windows needs it and nothing else: out/pack/<arch>/stage for the window's archive,
// out/pack/<arch>/cli for the command line. A lock file holds every platform's parts; npm is told which to take.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { thinModules } from './thin-modules.mjs';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Everything of one package lies below this. */
export const packFolder = arch => join(root, 'out', 'pack', arch);

/** Runs a program to its end and answers its stdout; throws with what it said when it failed. */
export function runNpm(argv, cwd) {
  // npm tells its children where it is; on Windows its own name is a batch file, which cannot be started without a shell.
  const npm = process.env.npm_execpath;
  const [program, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const shell = npm === undefined && process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync(program, [...before, ...argv], { cwd, encoding: 'utf8', shell });
  if (status !== 0) throw new Error(`npm ${argv.join(' ')} ended with ${status}\n${stdout}\n${stderr}`);
  return stdout;
}

/** The package's own description: what runs it needs of it, and no script that could be run. */
export function packagedDescription({ name, version, description, license, type, dependencies }) {
  return {
    name,
    productName: 'Siloscope',
    version,
    description,
    license,
    author: 'The Siloscope authors',
    type,
    main: 'out/window/main.js',
    dependencies,
  };
}

/**
 * Folders of assets that lie beside the command line as files: its help names their schemas and examples, which nobody
 * could open in the window's archive.
 */
export const BESIDE_COMMAND_LINE = ['scenarios', 'profiles', 'policy', 'settings', 'workspaces'].map(
  name => `assets/${name}`,
);

const isSourceMap = path => path.endsWith('.map');
const copy = (from, to) => cpSync(join(root, from), to, { recursive: true, filter: path => !isSourceMap(path) });

/** Stages one architecture. `program` is a Node for Windows that runs the command line. */
export function stage(arch, program) {
  const folder = packFolder(arch);
  rmSync(folder, { recursive: true, force: true });
  const [app, cli] = ['stage', 'cli'].map(name => join(folder, name));
  for (const made of [app, cli]) mkdirSync(made, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc']) cpSync(join(root, name), join(app, name));
  runNpm(['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline', '--os=win32', `--cpu=${arch}`], app);
  for (const name of ['package-lock.json', '.npmrc']) rmSync(join(app, name));
  thinModules(join(app, 'node_modules'));
  const description = packagedDescription(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  writeFileSync(join(app, 'package.json'), `${JSON.stringify(description, undefined, 2)}\n`);
  for (const name of ['out/window', 'out/renderer', 'assets/scenarios', 'assets/icons']) copy(name, join(app, name));
  thinIcons(join(app, 'assets', 'icons'));

  for (const name of ['out/cli', 'out/renderer', ...BESIDE_COMMAND_LINE]) copy(name, join(cli, name));
  const { main: _, ...terse } = description;
  writeFileSync(join(cli, 'package.json'), `${JSON.stringify(terse, undefined, 2)}\n`);
  cpSync(join(app, 'node_modules'), join(cli, 'node_modules'), { recursive: true });
  cpSync(program, join(cli, 'node.exe'));
  return { app, cli };
}

/** The pictures are made from these; a package needs the pictures only. */
function thinIcons(folder) {
  for (const name of readdirSync(folder)) if (name.endsWith('.svg')) rmSync(join(folder, name));
}

/** The Node that comes along, installed by its own lock file: it is as pinned as everything else. */
export function fetchNode(arch) {
  const folder = join(root, 'out', 'pack', 'node');
  const own = join(root, 'electron', 'build', 'pack', 'node');
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(own, name), join(folder, name));
  runNpm(['ci', '--ignore-scripts', '--prefer-offline', '--os=win32', `--cpu=${arch}`], folder);
  const program = join(folder, 'node_modules', `node-win-${arch}`, 'bin', 'node.exe');
  if (!existsSync(program)) throw new Error(`${program} was not installed`);
  return program;
}
