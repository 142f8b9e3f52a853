// Reads an unpacked package back from its bytes: what is in it, and what its program was told for good.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { extractAll, getRawHeader, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

const RT_MANIFEST = 24;

/** Everything that is judged. `files` are paths below the folder with their sizes, `archived` those in app.asar. */
export async function readPackage(folder) {
  const program = join(folder, 'Siloscope.exe');
  const archive = join(folder, 'resources', 'app.asar');
  const { header, headerString } = getRawHeader(archive);
  return {
    files: listFiles(folder),
    archived: listPackage(archive, { isPack: false })
      .map(path => path.slice(1).split(sep).join('/'))
      .filter(path => isFile(header, path)),
    fuses: await readFuses(program),
    archiveHash: createHash('sha256').update(headerString).digest('hex'),
    ...readProgram(program),
  };
}

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path: relative(folder, path).split(sep).join('/'), size: statSync(path).size }))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

function isFile(header, path) {
  const node = path.split('/').reduce((at, name) => at?.files?.[name], header);
  return node !== undefined && node.files === undefined;
}

/** Electron's ninth fuse, which this @electron/fuses and electron-builder do not know yet. */
const NINTH = { 8: 'WasmTrapHandlers' };

/** Fuses by name, or by place where nobody here knows a name; `true` where on. */
async function readFuses(program) {
  const { version: _, ...wire } = await getCurrentFuseWire(program);
  return Object.fromEntries(
    Object.entries(wire).map(([place, state]) => [
      FuseV1Options[place] ?? NINTH[place] ?? `fuse ${Number(place) + 1}`,
      String.fromCharCode(state) === '1',
    ]),
  );
}

/** What Windows reads of a program: version, manifest, and the record by which Electron checks its archive. */
export function readProgram(file) {
  const { entries } = NtExecutableResource.from(NtExecutable.from(readFileSync(file), { ignoreCert: true }));
  const [info] = Resource.VersionInfo.fromEntries(entries);
  const [language] = info?.getAllLanguagesForStringValues() ?? [];
  const textOf = entry => new TextDecoder().decode(entry?.bin);
  return {
    strings: language === undefined ? {} : info.getStringValues(language),
    manifest: textOf(entries.find(({ type }) => type === RT_MANIFEST)),
    integrity: JSON.parse(
      textOf(entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR')) || '[]',
    ),
  };
}

/** Unpacks the archive, for who wants to follow its imports. */
export function unpackArchive(folder, into) {
  extractAll(join(folder, 'resources', 'app.asar'), into);
}
