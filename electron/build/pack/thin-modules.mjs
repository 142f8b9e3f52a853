// What of the installed packages goes into ours. npm installs sources, types, tests, pages and copies for browsers too.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';

/**
 * Packages that no code path of ours on Windows reaches: types, parts for another runtime, a native speed-up that would
 * have to be compiled, what only the command line of a package needs, and what the builds leave out (`leavesOut`).
 */
export const UNREACHED = [
  '.bin',
  '@grpc',
  '@protobufjs',
  '@types',
  'bare-events',
  'bare-fs',
  'bare-path',
  'bare-stream',
  'bare-url',
  'bare-os',
  'bare-buffer',
  'buildcheck',
  'cliui',
  'cpu-features',
  'escalade',
  'get-caller-file',
  'lodash.camelcase',
  'long',
  'nan',
  'protobufjs',
  'require-directory',
  'undici-types',
  'y18n',
  'yargs',
  'yargs-parser',
];

/** Folders of a package that are of no use to who runs it, each by the package's name. */
const LEFT_OUT = {
  'electron-updater': ['test'],
  'js-yaml': ['bin', 'dist/js-yaml.js', 'dist/js-yaml.min.js'],
  koffi: ['cnoke.cjs', 'doc', 'lib', 'vendor'],
  ssh2: ['examples', 'test'],
  ws: ['browser.js'],
};

const READ_BY_NODE = new Set(['.js', '.cjs', '.mjs', '.json', '.node']);
/** Talks to PuTTY's agent; started by ssh2, never by us. */
const PROGRAM = 'pagent.exe';

/** Is a file of a package read when it runs, or does it say under which terms? */
export function isCarried(name) {
  if (/^(licen[cs]e|copying|notice)/i.test(name)) return true;
  return name === PROGRAM || (READ_BY_NODE.has(extname(name)) && !/(^\.|\.jsdoc|tsconfig)/.test(name));
}

/** Where ssh2 looks for that program: beside itself. */
const BESIDE_ITSELF = "resolve(__dirname, '..', 'util/pagent.exe')";

/**
 * ssh2's way to PuTTY's agent, led out of the archive: there `spawn` starts nothing (Electron's page "ASAR Archives").
 * `text` is its lib/agent.js.
 * @throws where ssh2 looks elsewhere by now.
 */
export function ledOutOfArchive(text) {
  if (!text.includes(BESIDE_ITSELF)) throw new Error(`ssh2 no longer looks for ${PROGRAM} as ${BESIDE_ITSELF}`);
  return text.replace(BESIDE_ITSELF, () => `${BESIDE_ITSELF}.replace(/(app\\.asar)(?=[\\\\/])/, '$1.unpacked')`);
}

/** Takes from an installed `node_modules` what is not carried. Folders that are empty then go too. */
export function thinModules(folder) {
  for (const name of UNREACHED) rmSync(join(folder, name), { recursive: true, force: true });
  for (const [name, parts] of Object.entries(LEFT_OUT)) {
    for (const part of parts) rmSync(join(folder, name, part), { recursive: true, force: true });
  }
  rmSync(join(folder, '.package-lock.json'), { force: true });
  const agent = join(folder, 'ssh2', 'lib', 'agent.js');
  writeFileSync(agent, ledOutOfArchive(readFileSync(agent, 'utf8')));
  thin(folder);
}

function thin(folder) {
  let left = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const stays = entry.isDirectory() ? thin(path) > 0 : isCarried(basename(path));
    if (stays) left += 1;
    else rmSync(path, { recursive: true });
  }
  return left;
}
