// `npm run pack`: an installer and a portable zip for Windows, in out/pack/<arch>/dist, and in
// out/pack/winget the winget manifests of every architecture that was packed.
//   --arm64         for Windows on Arm; x64 unless told
//   --dir           the unpacked program alone: no installer is made
//   --stand-in      over a folder that only looks like Electron: what `npm run pack:check` judges
// Electron is downloaded by electron-builder, or taken from ELECTRON_DIST (its unpacked folder or zip, of this version).
// By the environment: SILOSCOPE_UPDATE_URL and SILOSCOPE_CHANNEL (stable or preview) say where the package looks for
// newer ones, CSC_LINK and CSC_KEY_PASSWORD sign it, SILOSCOPE_SIGN=required fails when nothing does.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, Platform } from 'electron-builder';
import { licencesText } from '../licences.mjs';
import { builderConfig } from './builder-config.mjs';
import { nodeLicence } from './node-licence.mjs';
import { fetchNode, packFolder, root, stage } from './stage.mjs';
import { standinProgram, writeStandinElectron } from './standin-electron.mjs';
import { writeManifests } from './winget.mjs';

/** Makes one package and answers the folder with what was made. */
export async function pack({ arch = 'x64', dirOnly = false, standIn = false, environment = process.env } = {}) {
  const staged = stage(arch, standIn ? writeStandinNode() : fetchNode(arch));
  const licences = JSON.parse(readFileSync(join(staged.app, 'out', 'renderer', 'licences.json'), 'utf8'));
  writeFileSync(join(packFolder(arch), 'licences.txt'), licencesText([nodeLicence(arch), ...licences]));
  const output = join(packFolder(arch), 'dist');
  const targets = dirOnly || standIn ? ['dir'] : ['nsis', 'zip'];
  const electronDist = standIn ? writeStandin() : environment.ELECTRON_DIST;
  const { version } = JSON.parse(readFileSync(join(staged.app, 'package.json'), 'utf8'));
  const config = builderConfig({ arch, version, staged, output, electronDist, environment, targets, sign: !standIn });
  await packBy(config, targets);
  if (targets.includes('nsis')) writeManifests({ environment, folder: join(root, 'out', 'pack') });
  return output;
}

/** electron-builder's own work; what it fetches itself may not be had, and its words for that are long. */
async function packBy(config, targets) {
  try {
    return await build({ targets: Platform.WINDOWS.createTarget(targets), projectDir: root, config, publish: 'never' });
  } catch (cause) {
    if (!/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|getaddrinfo|download/i.test(String(cause))) throw cause;
    const next = 'Set ELECTRON_DIST to an Electron of that version, or see CONTRIBUTING.md for what else can be given.';
    throw new Error(`electron-builder could not fetch what it needs (Electron, NSIS, 7-Zip). ${next}`, { cause });
  }
}

function writeStandin() {
  const folder = join(root, 'out', 'pack', 'standin-electron');
  const { version } = createRequire(import.meta.url)('electron/package.json');
  writeStandinElectron(folder, version);
  return folder;
}

function writeStandinNode() {
  const file = join(root, 'out', 'pack', 'standin-node.exe');
  mkdirSync(join(root, 'out', 'pack'), { recursive: true });
  writeFileSync(file, standinProgram({ name: 'node', version: '22.0.0', fuses: false }));
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: { arm64: { type: 'boolean' }, dir: { type: 'boolean' }, 'stand-in': { type: 'boolean' } },
  });
  try {
    const output = await pack({
      arch: values.arm64 === true ? 'arm64' : 'x64',
      dirOnly: values.dir === true,
      standIn: values['stand-in'] === true,
    });
    process.stdout.write(`${output}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
